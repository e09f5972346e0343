package site

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHostileTheme tries everything that could reach out of the theme. Each
// must fail with a diagnostic, or give nothing.
func TestHostileTheme(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.ToSlash(filepath.Join(dir, "secret.txt"))
	if err := os.WriteFile(secret, []byte("SECRET"), 0o666); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(dir, "secret.js"), []byte("export default 'SECRET'"), 0o666)
	os.WriteFile(filepath.Join(dir, "secret.css"), []byte(".SECRET{}"), 0o666)
	t.Setenv("DOSSIER_SECRET", "SECRET")
	t.Setenv("HUGO_PARAMS_LEAK", "SECRET")
	t.Setenv("HUGO_SECURITY_FUNCS_GETENV", ".*")
	t.Chdir(dir)

	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Error("a request was made")
			c.Close()
		}
	}()

	// The project has what must not be seen. It is given as it is, with its
	// content and data.
	project := files{
		"content/secret.md": "SECRET", "data/secret.yaml": "a: SECRET", "data/entities/secret.yaml": "a: SECRET",
		"dossier.yaml": "SECRET", "secret.txt": "SECRET", "assets/ok.txt": "fine", "assets/ok.yaml": "a: fine",
	}
	for _, c := range []struct{ name, code, want string }{
		{"readFile absolute", `{{ readFile "` + secret + `" }}`, ""},
		{"readFile passwd", `{{ readFile "/etc/passwd" }}{{ os.ReadFile "../../../../etc/passwd" }}`, ""},
		{"readFile project", `{{ readFile "content/secret.md" }}{{ readFile "data/secret.yaml" }}{{ readFile "dossier.yaml" }}{{ readFile "../secret.txt" }}`, ""},
		{"readDir", `{{ range os.ReadDir "` + dir + `" }}{{ .Name }}{{ end }}{{ range readDir "data" }}{{ .Name }}{{ end }}{{ range readDir "../" }}{{ .Name }} {{ end }}`, ""},
		{"exists", `{{ os.FileExists "` + secret + `" }} {{ fileExists "data/secret.yaml" }} {{ fileExists "/etc/passwd" }}`, "false false false"},
		{"stat", `{{ with os.Stat "/etc/passwd" }}{{ .Size }}{{ end }}{{ with os.Stat "content/secret.md" }}{{ .Size }}{{ end }}`, ""},
		{"site data", `{{ jsonify hugo.Data }}{{ with hugo.Data.secret }}{{ . }}{{ end }}`, "{}"},
		{"site pages", `{{ len site.Pages }} {{ len site.RegularPages }} {{ with site.GetPage "/secret" }}{{ .Content }}{{ end }}`, "0 0"},
		{"assets", `{{ (resources.Get "ok.txt").Content }} {{ with resources.Get "../data/secret.yaml" }}{{ .Content }}{{ end }}{{ with resources.Get "/data/secret.yaml" }}{{ .Content }}{{ end }}{{ with resources.Get "` + secret + `" }}{{ .Content }}{{ end }}`, "fine"},
		{"match", `{{ range sort (resources.Match "**") "Name" }}{{ .Name }} {{ end }}{{ range resources.Match "../data/**" }}{{ .Name }} {{ end }}`, "/css/a.css /ok.txt /ok.yaml"},
		{"unmarshal", `{{ with resources.Get "data/secret.yaml" }}{{ transform.Unmarshal . }}{{ end }}{{ (transform.Unmarshal (resources.Get "ok.yaml")).a }}`, "fine"},
		{"openapi", `{{ $r := resources.FromString "a.yaml" "openapi: 3.0.0\ninfo: {title: x, version: '1'}\npaths:\n  /a:\n    $ref: 'file://` + secret + `'\n" }}{{ jsonify (openapi3.Unmarshal $r) }}`, "anything else"},
		{"page resources", `{{ range .Resources }}{{ .Name }}{{ end }}{{ with .File }}{{ .Filename }}{{ end }}`, "/site/content/_content.gotmpl"},
		{"working folder", `{{ hugo.WorkingDir }}`, "/site"},
		{"environment", `{{ site.Params.leak }}`, ""},
		{"getenv", `{{ getenv "DOSSIER_SECRET" }}`, "error"},
		{"os.Getenv", `{{ os.Getenv "HUGO_PARAMS_LEAK" }}`, "error"},
		{"remote", `{{ (resources.GetRemote "http://` + l.Addr().String() + `/x").Content }}`, "error"},
		{"remote, caught", `{{ with try (resources.GetRemote "http://` + l.Addr().String() + `/x") }}{{ with .Err }}caught{{ end }}{{ end }}`, "caught"},
		{"remote file", `{{ (resources.GetRemote "file://` + secret + `").Content }}`, "error"},
		{"fetch of data", `{{ getJSON "http://` + l.Addr().String() + `/x" }}`, "error"},
		{"js.Build", `{{ (resources.FromString "a.js" "import x from '` + dir + `/secret.js'; console.log(x)" | js.Build).Content }}`, "error"},
		{"js in a variable", `{{ $j := js }}{{ $r := resources.FromString "a.js" "1" }}{{ ($j.Build $r).Content }}`, "error"},
		{"js.Batch", `{{ $b := js.Batch "x" }}`, "error"},
		{"css.Build", `{{ (resources.FromString "a.css" "@import '` + dir + `/secret.css';" | css.Build).Content }}`, "error"},
		{"css in a map", `{{ $m := dict "c" css }}{{ ($m.c.Build (resources.FromString "a.css" "a{}")).Content }}`, "error"},
		{"css.Sass", `{{ (resources.FromString "a.scss" "a{b:c}" | css.Sass (dict "transpiler" "dartsass")).Content }}`, "error"},
		{"toCSS", `{{ (resources.FromString "a.scss" "a{b:c}" | toCSS).Content }}`, "error"},
		{"resources.ToCSS", `{{ (resources.FromString "a.scss" "a{b:c}" | resources.ToCSS).Content }}`, "error"},
		{"postCSS", `{{ (resources.FromString "a.css" "a{b:c}" | resources.PostCSS).Content }}`, "error"},
		{"babel", `{{ (resources.FromString "a.js" "1" | babel).Content }}`, "error"},
		{"run later", `{{ (resources.FromString "a.js" (print "{{ (j" "s.Build (resources.FromString \"a.js\" \"import x from '` + dir + `/secret.js'\")).Content }}") | resources.ExecuteAsTemplate "b.js" .).Content }}`, "error"},
		{"run later, css", `{{ (resources.FromString "a.css" (print "{{ $c := c" "ss }}{{ ($c.Build (resources.FromString \"a.css\" \"@import '` + dir + `/secret.css'\")).Content }}") | resources.ExecuteAsTemplate "b.css" .).Content }}`, "error"},
		{"run later, disk", `{{ (resources.FromString "a.txt" "{{ 1 }}{{ readFile \"` + secret + `\" }}" | resources.ExecuteAsTemplate "b.txt" .).Content }}`, "1"},
		{"by name", `{{ apply (slice (resources.FromString "a.js" "1")) (print "js" ".Build") "." }}`, "error"},
		{"by name, css", `{{ apply (slice (resources.FromString "a.css" "@import '` + dir + `/secret.css'")) (print "css" ".Build") "." }}`, "error"},
		{"quoted", `{{ css.Unquoted "x" }}`, "x"},
		{"by name, in a namespace", `{{ collections.Apply (slice "DOSSIER_SECRET") "os.Getenv" "." }}`, "error"},
		{"by name, by a variable", `{{ $c := collections }}{{ $c.Apply (slice "DOSSIER_SECRET") "os.Getenv" "." }}`, "error"},
		{"in a shortcode", `{{ .RenderString "{{< x.inline >}}{{ readFile \"secret.txt\" }}SHORT{{< /x.inline >}}" }}`, ""},
		{"in Markdown", `{{ .RenderString "<script>alert(1)</script>" }}`, "<!-- raw HTML omitted -->"},
		{"formula", `{{ transform.ToMath "c" }}`, "error"},
		{"deferred", `{{ with (templates.Defer (dict "key" "x")) }}x{{ end }}`, "error"},
		{"post process", `{{ (resources.FromString "a.css" "a{}" | resources.PostProcess).Content }}`, "error"},
		{"chance", `{{ math.Rand }}{{ shuffle (slice 1 2 3) }}{{ math.Counter }}`, "error"},
		{"the feed", `{{ jsonify site.Params.dossier }} {{ len site.Params.dossier.Adapter }}`, "{} 1"},
		{"published elsewhere", `{{ (resources.FromString "../../../x.txt" "x").Publish }}{{ (resources.FromString "` + dir + `/y.txt" "y").Publish }}`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			// A second page would see what the first has left behind.
			theme := tiny.with(files{"layouts/entity.html": `{{ define "main" }}[` + c.code + `]{{ end }}`})
			out, ds := run(t, Options{Theme: theme.fs(), ThemeName: "tiny", Project: project.fs()}, entity("a", "A"))
			got := out["entities/a.html"]
			if _, rest, ok := strings.Cut(got, "["); ok {
				got = rest[:strings.LastIndex(rest, "]")]
			}
			failed := 0
			for _, d := range ds {
				if d.Severity == 0 {
					failed++
				}
			}
			if strings.Contains(printed1(ds), "SECRET\n") {
				t.Errorf("the secret is in a message:\n%s", printed1(ds))
			}
			if c.want == "error" {
				if failed == 0 {
					t.Errorf("no error, and %q", got)
				}
				t.Logf("%s", firstLine(printed1(ds)))
			} else if c.want == "anything else" {
				t.Logf("%q\n%s", got, printed1(ds))
			} else if failed > 0 || strings.TrimSpace(strings.ReplaceAll(got, "<p>", "")) != c.want {
				t.Errorf("got %q, want %q\n%s", got, c.want, printed1(ds))
			}
			for name, text := range out {
				if strings.Contains(text, "SECRET") || strings.Contains(name, "..") || strings.HasPrefix(name, "/") {
					t.Errorf("%s: %q", name, text)
				}
			}
			if list, _ := os.ReadDir(dir); len(list) != 3 {
				t.Errorf("files were made: %v", list)
			}
		})
	}
	if _, err := os.Stat("/cache"); err == nil {
		t.Error("Hugo has made its cache on the disk")
	}
}

// A theme's own settings of Hugo, which could mount any folder, are not read;
// errors_test.go has those of a project.
func TestMounts(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret.txt"), []byte("SECRET"), 0o666); err != nil {
		t.Fatal(err)
	}
	mounts := "module: {mounts: [{source: " + dir + ", target: assets/leak}]}\nparams: {leak: SECRET}\n"
	theme := tiny.with(files{
		"hugo.yaml": mounts, "config.yaml": mounts, "theme.toml": "[params]\nleak = \"SECRET\"\n", "config/_default/hugo.yaml": mounts,
		"config/_default/module.yaml": strings.TrimPrefix(mounts, "module: "), "go.mod": "module example.org/x\n",
		"layouts/entity.html": `{{ define "main" }}[{{ with resources.Get "leak/secret.txt" }}{{ .Content }}{{ end }}{{ site.Params.leak }}{{ range resources.Match "leak/**" }}{{ .Name }}{{ end }}]{{ end }}`,
	})
	out, ds := run(t, Options{Theme: theme.fs(), ThemeName: "tiny"}, entity("a", "A"))
	if page := out["entities/a.html"]; !strings.Contains(page, "[]") {
		t.Errorf("%s\n%s", page, printed1(ds))
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
