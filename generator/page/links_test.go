package page

import (
	"fmt"
	"html/template"
	"net/url"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// visit calls a function for every value in a page, with the path to it.
func visit(v reflect.Value, at string, see func(at string, v reflect.Value)) {
	see(at, v)
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			visit(v.Elem(), at, see)
		}
	case reflect.Struct:
		if v.Type().PkgPath() == "time" {
			return
		}
		for i := range v.NumField() {
			visit(v.Field(i), at+"."+v.Type().Field(i).Name, see)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), fmt.Sprintf("%s[%d]", at, i), see)
		}
	}
}

var (
	idAttr   = regexp.MustCompile(` id="([^"]*)"`)
	hrefAttr = regexp.MustCompile(` (?:href|src)="([^"]*)"`)
)

// anchors are the ids that a page has when its template does what the types
// ask for. An id that would stand twice is an error.
func anchors(t *testing.T, p *Page) map[string]bool {
	out := map[string]bool{}
	put := func(at, id string) {
		if out[id] {
			t.Errorf("%s: %s: the anchor %q stands twice", p.Path, at, id)
		}
		out[id] = true
	}
	for _, item := range p.TOC {
		if item.Key != "" {
			put("TOC", item.Key)
		}
	}
	visit(reflect.ValueOf(p), "", func(at string, v reflect.Value) {
		if strings.HasSuffix(at, ".Anchor") && v.String() != "" {
			put(at, v.String())
		}
		if html, ok := v.Interface().(template.HTML); ok {
			for _, m := range idAttr.FindAllStringSubmatch(string(html), -1) {
				put(at, m[1])
			}
		}
	})
	return out
}

// checkLinks follows every address in every page.
func checkLinks(t *testing.T, pages map[string]*Page) {
	t.Helper()
	ids := map[string]map[string]bool{}
	for name, p := range pages {
		ids[name] = anchors(t, p)
	}
	follow := func(p *Page, at, href string) {
		if href == "" || strings.Contains(href, "://") || strings.HasPrefix(href, "mailto:") {
			return
		}
		u, err := url.Parse(href)
		if err != nil {
			t.Errorf("%s: %s: %q: %v", p.Path, at, href, err)
			return
		}
		target := p.Path
		if base, ok := strings.CutPrefix(u.Path, p.Root); p.Template == TemplateNotFound && strings.HasPrefix(u.Path, "/") {
			if !ok {
				t.Errorf("%s: %s: %q does not begin with %q", p.Path, at, href, p.Root)
			}
			target = base
		} else if u.Path != "" {
			target = path.Join(path.Dir(p.Path), u.Path)
		}
		switch {
		case pages[target] == nil:
			t.Errorf("%s: %s: %q leads to %s, which is no page", p.Path, at, href, target)
		case u.Path != "" && !strings.HasSuffix(u.Path, ".html"):
			t.Errorf("%s: %s: %q names no file", p.Path, at, href)
		case u.Fragment != "" && !ids[target][u.Fragment]:
			t.Errorf("%s: %s: %q: %s has no %q", p.Path, at, href, target, u.Fragment)
		}
	}
	for _, p := range pages {
		visit(reflect.ValueOf(p), "", func(at string, v reflect.Value) {
			if v.Kind() == reflect.String && strings.HasSuffix(at, ".Href") {
				follow(p, at, v.String())
			}
			if html, ok := v.Interface().(template.HTML); ok {
				for _, m := range hrefAttr.FindAllStringSubmatch(string(html), -1) {
					follow(p, at, m[1])
				}
			}
		})
	}
}

func TestLinksResolve(t *testing.T) {
	for _, test := range []struct {
		name string
		o    model.ViewOptions
	}{
		{"now", model.ViewOptions{Date: day}},
		{"past", model.ViewOptions{Date: day, AsOf: model.NewDay(2022, 5, 9)}},
		{"before anything", model.ViewOptions{Date: day, AsOf: model.NewDay(2001, 1, 1)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			pages := pagesOf(view(t, small(t, nil), test.o), Options{})
			if len(pages) < 12 {
				t.Fatalf("%d pages", len(pages))
			}
			checkLinks(t, pages)
		})
	}
}

// A page has one body, and nothing in it leads back into the model: a template
// that changes a page, or prints a part of it, meets plain data only.
func TestPagesArePlainData(t *testing.T) {
	for _, p := range pagesOf(view(t, small(t, nil), model.ViewOptions{Date: day}), Options{}) {
		var bodies []string
		for _, f := range reflect.VisibleFields(reflect.TypeFor[Page]()) {
			if v := reflect.ValueOf(p).Elem().FieldByIndex(f.Index); f.Type.Kind() == reflect.Pointer && f.Name != "Report" && !v.IsNil() {
				bodies = append(bodies, f.Name)
			}
		}
		if len(bodies) != 1 {
			t.Errorf("%s: bodies %v", p.Path, bodies)
		}
		visit(reflect.ValueOf(p), "", func(at string, v reflect.Value) {
			pkg := v.Type().PkgPath()
			switch {
			case pkg != "" && !strings.HasSuffix(pkg, "/generator/page") && pkg != "time" && pkg != "html/template":
				t.Errorf("%s: %s is a %s", p.Path, at, v.Type())
			case slices.Contains([]reflect.Kind{reflect.Func, reflect.Chan, reflect.Map, reflect.UnsafePointer}, v.Kind()):
				t.Errorf("%s: %s is a %s", p.Path, at, v.Kind())
			case pkg != "time" && v.Kind() != reflect.Pointer && v.Type().NumMethod() > 0:
				t.Errorf("%s: %s has methods", p.Path, at)
			}
		})
	}
}

// Only Markdown makes HTML. Whatever else a record says stays the text it is.
func TestTextStaysText(t *testing.T) {
	files := small(t, map[string]string{
		"data/entities/sub.yaml": `{schema: Company, name: "<b>Sub</b> & <script>x</script>", country: cn, sources: [gazette], confidence: secondary}`,
	})
	p := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})["entities/sub.html"]
	if want := "<b>Sub</b> & <script>x</script>"; p.Title.Value != want || p.Entity.Name.Value != want {
		t.Errorf("the name is %q", p.Title.Value)
	}
	for _, p := range pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{}) {
		visit(reflect.ValueOf(p), "", func(at string, v reflect.Value) {
			if html, ok := v.Interface().(template.HTML); ok && strings.Contains(string(html), "<b>Sub") {
				t.Errorf("%s: %s: %s", p.Path, at, html)
			}
		})
	}
}

func TestRelative(t *testing.T) {
	for _, test := range []struct{ from, to, want string }{
		{"index.html", "entities/a.html", "entities/a.html"},
		{"entities/a.html", "entities/b.html", "b.html"},
		{"entities/a.html", "index.html", "../index.html"},
		{"fr/entities/a.html", "entities/a.html", "../../entities/a.html"},
		{"fr/entities/a.html", "fr/news/a.html", "../news/a.html"},
		{"entities/a.html", "", "../"},
		{"fr/briefings/a.html", "fr/", "../"},
		{"a.html", "", ""},
	} {
		if got := relative(test.from, test.to); got != test.want {
			t.Errorf("relative(%q, %q) = %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

func TestNotFoundUsesTheBasePath(t *testing.T) {
	p := smallPage(t, "404.html")
	if p.Root != "/r/" || p.Canonical != "" || p.NotFound.Links[1].Href != "/r/entities/index.html" {
		t.Errorf("root %q, canonical %q, links %+v", p.Root, p.Canonical, p.NotFound.Links)
	}
	if p := smallPage(t, "fr/404.html"); p.LangRoot != "/r/fr/" || p.NotFound.Links[1].Href != "/r/fr/entities/index.html" {
		t.Errorf("root %q, links %+v", p.LangRoot, p.NotFound.Links)
	}
}
