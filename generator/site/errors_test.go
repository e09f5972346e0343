package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/page"
)

// main is an entity's layout with something in its block.
func main(body string) files {
	return files{"layouts/entity.html": "{{ define \"main\" }}\n" + body + "\n{{ end }}"}
}

func TestMessages(t *testing.T) {
	for name, c := range map[string]struct {
		over files
		want string
	}{
		"no such field": {main("{{ $p := partial \"page.html\" . }}\n<p>{{ $p.Titel }}</p>"), `
theme tiny: layouts/entity.html:3:9: error[template-error]: can't evaluate field Titel in type *page.Page
   3 | <p>{{ $p.Titel }}</p>
     |         ^^^^^^
`},
		"no such field of Hugo's page": {main("<p>{{ .Titel }}</p>"), `
theme tiny: layouts/entity.html:2:7: error[template-error]: can't evaluate field Titel in type *hugolib.pageState
   2 | <p>{{ .Titel }}</p>
     |       ^^^^^^
`},
		"brace missing": {main("  <p>{{ .Title </p>"), `
theme tiny: layouts/entity.html:2:3: error[template-syntax]: unexpected "<" in operand
   2 |   <p>{{ .Title </p>
     |   ^
`},
		"end missing": {files{"layouts/entity.html": "{{ define \"main\" }}\n<p>{{ .Title }}</p>\n"}, `
theme tiny: layouts/entity.html:3:1: error[template-syntax]: unexpected EOF
   3 |
     | ^
`},
		"no such function": {main("<p>{{ nofunc 1 }}</p>"), `
theme tiny: layouts/entity.html:2:7: error[template-syntax]: there is no function "nofunc"
   2 | <p>{{ nofunc 1 }}</p>
     |       ^^^^^^
`},
		"a function misspelt": {main("{{ partal \"head.html\" . }}{{ with 1 | tile }}{{ end }}{{ (strngs.ToUpper \"a\") }}"), `
theme tiny: layouts/entity.html:2:4: error[template-syntax]: there is no function "partal"
   2 | {{ partal "head.html" . }}{{ with 1 | tile }}{{ end }}{{ (strngs.ToUpper "a") }}
     |    ^^^^^^ did you mean "partial"?
theme tiny: layouts/entity.html:2:39: error[template-syntax]: there is no function "tile"
   2 | {{ partal "head.html" . }}{{ with 1 | tile }}{{ end }}{{ (strngs.ToUpper "a") }}
     |                                       ^^^^ did you mean "time"?
theme tiny: layouts/entity.html:2:59: error[template-syntax]: there is no function "strngs"
   2 | {{ partal "head.html" . }}{{ with 1 | tile }}{{ end }}{{ (strngs.ToUpper "a") }}
     |                                                           ^^^^^^ did you mean "strings"?
`},
		"no such function in baseof": {files{"layouts/baseof.html": "x\n<p>{{ nofunc 1 }}{{ block \"main\" . }}{{ end }}</p>\n"}, `
theme tiny: layouts/baseof.html:2:7: error[template-syntax]: there is no function "nofunc"
   2 | <p>{{ nofunc 1 }}{{ block "main" . }}{{ end }}</p>
     |       ^^^^^^
`},
		"in a partial of a partial": {files{"layouts/_partials/head.html": "\n\n {{ partial \"inner.html\" . }}", "layouts/_partials/inner.html": "a\n  {{ add \"a\" 1 }}"}, `
theme tiny: layouts/_partials/inner.html:2:6: error[template-error]: error calling add: can't apply the operator to the values
   2 |   {{ add "a" 1 }}
     |      ^^^ called from here (theme tiny: layouts/_partials/head.html:3)
     = called from here (theme tiny: layouts/baseof.html:1)
`},
		"no such partial": {main("{{ partial \"nope.html\" . }}"), `
theme tiny: layouts/entity.html:2:4: error[template-error]: partial "nope.html" not found
   2 | {{ partial "nope.html" . }}
     |    ^^^^^^^
`},
		"for ever": {files{"layouts/_partials/head.html": "{{ partial \"head.html\" . }}"}, `
theme tiny: layouts/_partials/head.html:1:4: error[template-error]: maximum template call stack size exceeded in "layouts/_partials/head.html"
   1 | {{ partial "head.html" . }}
     |    ^^^^^^^ called from here (theme tiny: layouts/baseof.html:1)
`},
		"nothing there": {main("{{ (resources.Get \"nope.css\").RelPermalink }}"), `
theme tiny: layouts/entity.html:2:19: error[template-error]: nil pointer evaluating resource.Resource.RelPermalink
   2 | {{ (resources.Get "nope.css").RelPermalink }}
     |                   ^
`},
		"an open quote": {main("<a href='{{ .Title }}>"), `
theme tiny: layouts/entity.html:1:1: error[template-error]: a tag, an attribute or a quote is not closed where the template ends
   1 | {{ define "main" }}
     | ^
`},
		"another page": {main("{{ $p := site.Params.dossier.Page \"entities/c.html\" }}"), `
theme tiny: layouts/entity.html:2:14: error[template-error]: error calling Page: no page "entities/c.html": a template can only read the page that it renders
   2 | {{ $p := site.Params.dossier.Page "entities/c.html" }}
     |              ^^^^^^^^^^^^^^^^^^^^
`},
		"errorf and warnf": {main("{{ errorf \"bad %s\" .Title }}{{ warnf \"odd\" }}{{ warnidf \"id\" \"odd %q\" .Title }}"), `
theme tiny: layouts/entity.html:2:11: error[template-errorf]: bad A
   2 | {{ errorf "bad %s" .Title }}{{ warnf "odd" }}{{ warnidf "id" "odd %q" .Title }}
     |           ^^^^^^^^
theme tiny: layouts/entity.html:2:38: warning[template-warnf]: odd
   2 | {{ errorf "bad %s" .Title }}{{ warnf "odd" }}{{ warnidf "id" "odd %q" .Title }}
     |                                      ^^^^^
theme tiny: layouts/entity.html:2:62: warning[template-warnf]: odd "A"
   2 | …{ errorf "bad %s" .Title }}{{ warnf "odd" }}{{ warnidf "id" "odd %q" .Title }}
     |                                                              ^^^^^^^^
`},
		"no such word": {main("{{ T \"nope\" }}{{ i18n (printf \"a_%s\" \"b\") }}{{ T (printf \"c_%s\" \"b\") | default \"x\" }}{{ with \"dynamic\" }}{{ T . }}{{ end }}"), `
warning[i18n-missing]: there is no translation "dynamic" in English
     = add it to i18n/en.yaml
theme tiny: layouts/entity.html:2:6: warning[i18n-missing]: there is no translation "nope" in English
   2 | {{ T "nope" }}{{ i18n (printf "a_%s" "b") }}{{ T (printf "c_%s" "b") | default "x" }}{{ with "dynami…
     |      ^^^^^^ add it to i18n/en.yaml
theme tiny: layouts/entity.html:2:31: warning[i18n-missing]: there is no translation "a_b" in English
   2 | {{ T "nope" }}{{ i18n (printf "a_%s" "b") }}{{ T (printf "c_%s" "b") | default "x" }}{{ with "dynami…
     |                               ^^^^^^ add it to i18n/en.yaml
`},
		"broken YAML": {files{"i18n/en.yaml": "hello: [\nx"}, `
theme tiny: i18n/en.yaml:1:8: error[i18n-file]: sequence end token ']' not found
   1 | hello: [
     |        ^
`},
		"broken TOML": {files{"i18n/en.toml": "hello = \n"}, `
theme tiny: i18n/en.toml:1:9: error[i18n-file]: unexpected character U+000A at start of value
   1 | hello =
     |         ^
`},
		"broken translation": {files{"i18n/en.toml": "hello = \"a {{ .x \""}, `
theme tiny: i18n/en.toml:1:10: error[template-syntax]: the translation "hello" is broken: unclosed action
   1 | hello = "a {{ .x "
     |          ^
`},
		"translations in XML": {files{"i18n/en.xml": "<a/>"}, `
theme tiny: i18n/en.xml: error[i18n-file]: is not a file of translations
     = use YAML, TOML or JSON
`},
		"a page's path taken": {main("{{ (resources.FromString \"entities/b.html\" \"x\").Publish }}"), `
error[site-collision]: the theme publishes "entities/b.html", which is the path of a page
     = publish it under another name
`},
		"a static file on a page's path": {files{"static/entities/b.html": "x"}, `
error[site-collision]: the theme publishes "entities/b.html", which is the path of a page
     = publish it under another name
`},
		"out of the site": {main("{{ (resources.FromString \"../../x.txt\" \"x\").Publish }}{{ (resources.FromString \"/a/../../../y.txt\" \"x\").Publish }}"), ""},
		"a resource that changes": {main("{{ (resources.FromString \"x.txt\" .Title).Publish }}"), `
error[template-unstable]: the theme publishes "x.txt" with different bytes from page to page
     = a resource must not depend on the page that publishes it
`},
		"a bad static name": {files{"static/a%2fb.txt": "x"}, `
theme tiny: static/a%2fb.txt: error[site-path]: the path of a static file has a character that has a meaning of its own in addresses or file names
`},
	} {
		t.Run(name, func(t *testing.T) {
			_, ds := run(t, Options{Theme: tiny.with(c.over).fs(), ThemeName: "tiny", BatchSize: 1000}, entity("a", "A"), entity("b", "B"))
			if got := printed1(ds); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestPageMessages(t *testing.T) {
	project := files{"layouts/entity.html": "{{ define \"main\" }}{{ .Nope }}{{ end }}"}
	for _, c := range []struct {
		opts  Options
		pages []*page.Page
		want  string
	}{
		{Options{}, []*page.Page{simple("tombstone", "a.html"), simple("tombstone", "b.html"), simple("_partials/head", "c.html")}, `
theme tiny: layouts/_partials/head.html: error[template-missing]: there is no layout for pages of the kind "_partials/head"
     = add layouts/_partials/head.html to the theme or to the project
theme tiny: layouts/tombstone.html: error[template-missing]: there is no layout for pages of the kind "tombstone"
     = add layouts/tombstone.html to the theme or to the project`},
		{Options{}, []*page.Page{entity("a", "A"), entity("a", "B")}, `
error[site-collision]: two pages have the path "entities/a.html"
     = rename one of the records`},
		{Options{BatchSize: 1}, []*page.Page{entity("a", "A"), entity("a", "B")}, `
error[site-collision]: two pages have the path "entities/a.html"
     = rename one of the records`},
		{Options{}, []*page.Page{entity("../../x", "A"), entity(":slug", "A"), entity("a\x00", "A"), simple("entity", "/etc/x.html")}, `
error[site-path]: a page has the path "/etc/x.html", which is not a relative path with slashes
error[site-path]: a page has the path "entities/../../x.html", which is not a relative path with slashes
error[site-path]: a page has the path "entities/:slug.html", which has a character that has a meaning of its own in addresses or file names
error[site-path]: a page has the path "entities/a\x00.html", which has a control character`},
		{Options{Project: project.fs()}, []*page.Page{entity("a", "A")}, `
layouts/entity.html:1:23: error[template-error]: can't evaluate field Nope in type *hugolib.pageState
   1 | {{ define "main" }}{{ .Nope }}{{ end }}
     |                       ^^^^^`},
	} {
		c.opts.Theme, c.opts.ThemeName = tiny.fs(), "tiny"
		_, ds := run(t, c.opts, c.pages...)
		if got := printed1(ds); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}

func TestSettings(t *testing.T) {
	at := func(key string) diag.Span { return diag.NewFile("dossier.yaml#"+key, nil).Span(0, 0) }
	for _, c := range []struct {
		given map[string]any
		want  string
	}{
		{map[string]any{"params": map[string]any{"Accent": "red", "deep": map[string]any{"A": []any{1, "x"}}}, "titleCaseStyle": "go", "IMAGING": map[string]any{"quality": 80, "anchor": "Smart"}}, ""},
		{map[string]any{"security": map[string]any{"exec": map[string]any{"allow": ".*"}}},
			`dossier.yaml#security: error[hugo-setting]: "security" is not a setting of Hugo that a project can make
     = templates cannot run programs, use the network or read other files`},
		{map[string]any{"SECURITY": true}, `dossier.yaml#SECURITY: error[hugo-setting]: "SECURITY" is not a setting of Hugo that a project can make
     = templates cannot run programs, use the network or read other files`},
		{map[string]any{"module": map[string]any{"mounts": []any{map[string]any{"source": "/etc", "target": "assets"}}}},
			`dossier.yaml#module: error[hugo-setting]: "module" is not a setting of Hugo that a project can make
     = put files into layouts, assets, static or i18n of the project`},
		{map[string]any{"outputs": map[string]any{}}, `dossier.yaml#outputs: error[hugo-setting]: "outputs" is not a setting of Hugo that a project can make
     = the pages of a site are those of its records`},
		{map[string]any{"baseURL": "https://evil.example/"}, `dossier.yaml#baseURL: error[hugo-setting]: "baseURL" is not a setting of Hugo that a project can make
     = set base_url in dossier.yaml`},
		{map[string]any{"markup": map[string]any{"goldmark": map[string]any{"renderer": map[string]any{"unsafe": true}}}},
			`dossier.yaml#markup: error[hugo-setting]: "markup" is not a setting of Hugo that a project can make
     = Markdown is read by dossier, not by Hugo`},
		{map[string]any{"parms": 1}, `dossier.yaml#parms: error[hugo-setting]: "parms" is not a setting of Hugo that a project can make
     = did you mean "params"?`},
		{map[string]any{"zzz": 1}, `dossier.yaml#zzz: error[hugo-setting]: "zzz" is not a setting of Hugo that a project can make
     = dossier help settings lists what can be set`},
		{map[string]any{"security.exec.allow": ".*"}, `dossier.yaml#security.exec.allow: error[hugo-setting]: "security.exec.allow" is not a setting of Hugo that a project can make
     = dossier help settings lists what can be set`},
		{map[string]any{"params": map[string]any{"Dossier": 1, "_merge": "deep"}}, `dossier.yaml#params.Dossier: error[hugo-setting]: the name "Dossier" is taken: templates find their pages under it
     = use another name
dossier.yaml#params._merge: error[hugo-setting]: names that begin with an underscore are Hugo's own
     = use another name`},
		{map[string]any{"params": 1, "titleCaseStyle": "x", "imaging": map[string]any{"quality": 101, "exif": 1, "bgColor": 3}, "enableMissingTranslationPlaceholders": "yes"},
			`dossier.yaml#enableMissingTranslationPlaceholders: error[hugo-setting]: enableMissingTranslationPlaceholders must be true or false
dossier.yaml#imaging.bgColor: error[hugo-setting]: imaging.bgColor must be a short text
dossier.yaml#imaging.exif: error[hugo-setting]: "imaging.exif" is not a setting of Hugo that a project can make
     = dossier help settings lists what can be set
dossier.yaml#imaging.quality: error[hugo-setting]: imaging.quality must be a whole number from 1 to 100
dossier.yaml#params: error[hugo-setting]: params must be a map
dossier.yaml#titleCaseStyle: error[hugo-setting]: titleCaseStyle must be one of ap, chicago, go, firstupper, none`},
		{map[string]any{"imaging": "x"}, `dossier.yaml#imaging: error[hugo-setting]: imaging must be a map`},
	} {
		theme := tiny.with(main("{{ site.Params.accent }} {{ title \"a b\" }} {{ site.Params.deep.a }}"))
		out, ds := run(t, Options{Theme: theme.fs(), Settings: c.given, Place: at}, entity("a", "A"))
		if got := strings.TrimSpace(printed1(ds)); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
		if c.want == "" && !strings.Contains(out["entities/a.html"], "red A B [1 x]") {
			t.Error(out["entities/a.html"])
		}
		if c.want != "" && len(out) > 0 {
			t.Errorf("made a site nevertheless: %v", out)
		}
	}
	for _, s := range Settings() {
		if s.Key == "" || s.Type == "" || s.Summary == "" {
			t.Errorf("%+v", s)
		}
	}
}

// The project's files stand over the theme's; what is no regular file is not read.
func TestProject(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "outside")
	project := filepath.Join(dir, "project")
	for name, text := range map[string]string{
		outside + "/secret.html":                     "SECRET",
		outside + "/layouts/entity.html":             "SECRET",
		project + "/layouts/partials/head.html":      "mine {{ T \"hello\" }} {{ T \"own\" }} {{ (resources.Get \"css/a.css\").Content }}",
		project + "/layouts/_default/news-item.html": "{{ define \"main\" }}mine{{ end }}",
		project + "/assets/css/a.css":                "b{}",
		project + "/static/assets/font.woff2":        "my font",
		project + "/i18n/en.toml":                    "own = 'own'\nhello = 'Hi'\n",
		project + "/content/x.md":                    "SECRET",
		project + "/layouts/.swp":                    "{{ broken",
		project + "/layouts/home.html~":              "{{ broken",
		project + "/hugo.toml":                       "baseURL = 'https://evil.example'",
		project + "/static/" + ".well-known/x":       "x",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{
		project + "/layouts/leak.html": outside + "/secret.html",
		project + "/static/leak":       "../../outside",
		project + "/assets/leak.txt":   "../content/x.md",
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(project)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	out, ds := run(t, Options{Theme: tiny.fs(), Project: root.FS()}, entity("a", "A"), simple("news-item", "news/a.html"))
	want := `assets/leak.txt: warning[theme-link]: is not a regular file and was left out
     = put the file itself there
layouts/leak.html: warning[theme-link]: is not a regular file and was left out
     = put the file itself there
static/leak: warning[theme-link]: is not a regular file and was left out
     = put the file itself there
`
	if got := printed1(ds); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	same(t, out, map[string]string{
		"entities/a.html":   "<html lang=\"en\">mine Hi own b{}<main>\n\n<h1>A</h1>\n</main></html>\n",
		"news/a.html":       "<html lang=\"en\">mine Hi own b{}<main>mine</main></html>\n",
		"assets/font.woff2": "my font",
		".nojekyll":         "",
		".well-known/x":     "x",
	})

	// A folder that is a link is not followed either.
	os.RemoveAll(project + "/layouts")
	os.Symlink("../outside/layouts", project+"/layouts")
	_, ds = run(t, Options{Theme: tiny.fs(), Project: root.FS()}, entity("a", "A"))
	if got := printed1(ds); !strings.Contains(got, "layouts: warning[theme-link]: is not a folder and was left out") || strings.Contains(got, "SECRET") {
		t.Error(got)
	}
}

func TestRulesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.Code] || r.Summary == "" || r.Help == "" || r.Summary != strings.TrimSuffix(r.Summary, ".") {
			t.Errorf("%+v", r)
		}
		seen[r.Code] = true
	}
	// Every constant is in the list.
	src, err := os.ReadFile("rules.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(src), "\n") {
		if name, value, ok := strings.Cut(line, "= \""); ok && strings.HasPrefix(strings.TrimSpace(name), "Code") && !seen[strings.TrimSuffix(value, "\"")] {
			t.Errorf("no rule for %s", line)
		}
	}
}
