package site

import (
	"fmt"
	"testing"
)

func TestExplore(t *testing.T) {
	for _, c := range []struct {
		name string
		over files
	}{
		{"method", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ $p := partial \"page.html\" . }}\n<p>{{ $p.Titel }}</p>\n{{ end }}"}},
		{"hugo method", files{"layouts/entity.html": "{{ define \"main\" }}\n<p>{{ .Titel }}</p>\n{{ end }}"}},
		{"parse", files{"layouts/entity.html": "{{ define \"main\" }}\n<p>{{ .Title </p>\n{{ end }}"}},
		{"no end", files{"layouts/entity.html": "{{ define \"main\" }}\n<p>{{ .Title }}</p>\n"}},
		{"func", files{"layouts/entity.html": "{{ define \"main\" }}\n<p>{{ nofunc 1 }}</p>\n{{ end }}"}},
		{"func in partial", files{"layouts/_partials/head.html": "x\n<p>{{ nofunc 1 }}</p>\n"}},
		{"func in baseof", files{"layouts/baseof.html": "x\n<p>{{ nofunc 1 }}{{ block \"main\" . }}{{ end }}</p>\n"}},
		{"partial", files{"layouts/_partials/head.html": "\n\n {{ index (slice 1 2) 99 }}"}},
		{"nested", files{"layouts/_partials/head.html": "\n\n {{ partial \"inner.html\" . }}", "layouts/_partials/inner.html": "a\n  {{ with .Params }}{{ .x.y.z }}{{ add \"a\" 1 }}{{ end }}"}},
		{"missing partial", files{"layouts/_partials/head.html": "\n\n {{ partial \"nope.html\" . }}"}},
		{"errorf", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ errorf \"bad %s\" .Title }}{{ warnf \"warn %s\" .Title }}{{ end }}"}},
		{"erroridf", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ erroridf \"my-id\" \"bad %s\" .Title }}{{ end }}"}},
		{"nil", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ $p := partial \"page.html\" . }}\n<p>{{ $p.Measure.Title }}</p>\n{{ end }}"}},
		{"other page", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ $p := site.Params.dossier.Page \"index.html\" }}{{ end }}"}},
		{"escape ctx", files{"layouts/entity.html": "{{ define \"main\" }}\n<a href='{{ if true }}\"{{ end }}>\n{{ end }}"}},
		{"T missing", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ T \"nope\" }}{{ i18n (printf \"a_%s\" \"b\") }}{{ T (printf \"c_%s\" \"b\") | default \"x\" }}{{ end }}"}},
		{"i18n broken", files{"i18n/en.yaml": "hello: [\nx"}},
		{"i18n toml broken", files{"i18n/en.toml": "hello = \n"}},
		{"i18n template", files{"i18n/en.toml": "hello = \"{{ .x \"\n"}},
		{"resource", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ (resources.Get \"nope.css\").RelPermalink }}{{ end }}"}},
		{"remote", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ (resources.GetRemote \"https://example.org/x\").Content }}{{ end }}"}},
		{"getenv", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ getenv \"HOME\" }}{{ end }}"}},
		{"readfile", files{"layouts/entity.html": "{{ define \"main\" }}\n[{{ readFile \"/etc/passwd\" }}{{ readFile \"../../etc/passwd\" }}{{ range os.ReadDir \"/\" }}{{ .Name }},{{ end }}{{ range os.ReadDir \"content\" }}{{ .Name }},{{ end }}]{{ end }}"}},
		{"tomath", files{"layouts/entity.html": "{{ define \"main\" }}\n[{{ transform.ToMath \"c = 1\" }}]{{ end }}"}},
		{"sass", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ $r := resources.FromString \"a.scss\" \"a{b:c}\" | css.Sass (dict \"transpiler\" \"dartsass\") }}{{ $r.RelPermalink }}{{ end }}"}},
		{"panic", files{"layouts/entity.html": "{{ define \"main\" }}\n{{ site.Params.dossier.Nope }}{{ end }}"}},
		{"infinite", files{"layouts/_partials/head.html": "\n\n {{ partial \"head.html\" . }}"}},
	} {
		out, ds := run(t, Options{Theme: tiny.with(c.over).fs(), ThemeName: "tiny"}, entity("a", "A"), entity("b", "B"))
		fmt.Printf("### %s\n%s", c.name, printed1(ds))
		if s := out["entities/a.html"]; s != "" {
			fmt.Printf("   out %.400q\n", s)
		}
	}
}
