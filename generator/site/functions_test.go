package site

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/tpl/tplimplinit"

	"github.com/dossier-report/dossier/generator/page"
)

func TestFunctionNames(t *testing.T) {
	r := renderer{opts: Options{Theme: tiny.fs()}}
	r.load()
	pages := []*page.Page{entity("a", "A")}
	src, err := r.source("en", translations{})
	if err != nil {
		t.Fatal(err)
	}
	h, err := open(src, newPublisher(&r, pages), r.config("en", "ltr", r.feed(pages)), loggers.NewDefault(), newMemo(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	want := slices.Collect(maps.Keys(tplimplinit.CreateFuncMap(h.Sites[0].Deps)))
	want = append(want, "and", "call", "html", "len", "not", "or", "urlquery") // Go's own that Hugo does not replace
	want = slices.DeleteFunc(want, func(s string) bool {
		return s == "testinginternal" || s == "doDefer" || strings.HasPrefix(s, "_")
	})
	slices.Sort(want)
	_, got := functions()
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("functionNames should be\n%s", strings.Join(want, " "))
	}
	for _, name := range got {
		if _, ok := h.Sites[0].TemplateStore.GetFunc(name); !ok {
			t.Errorf("Hugo has no %s", name)
		}
	}
}
