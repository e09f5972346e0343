package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/page"
)

// TestManyFailures renders many pages with a layout that fails on all of them,
// and with one that fails on all but the first. Hugo gives up on such builds,
// and then now and then waits for itself for ever.
func TestManyFailures(t *testing.T) {
	var pages []*page.Page
	for i := range 60 {
		pages = append(pages, entity(fmt.Sprintf("e%02d", i), "Entity"))
	}
	for name, layout := range map[string]string{
		"all":  `{{ define "main" }}{{ partialCached "bad.html" . }}{{ end }}`,
		"most": `{{ define "main" }}{{ $p := partial "page.html" . }}{{ if ne $p.ID "x" }}{{ if ne $p.Entity.ID "e00" }}{{ partialCached "bad.html" $p $p.Path }}{{ end }}{{ end }}{{ end }}`,
	} {
		t.Run(name, func(t *testing.T) {
			opts := Options{Theme: tiny.with(files{"layouts/entity.html": layout, "layouts/_partials/bad.html": "{{ .Nope.There }}"}).fs()}
			for range 8 {
				_, found := run(t, opts, pages...)
				got := printed1(found)
				if len(found) != 1 || !strings.HasPrefix(got, "theme: layouts/_partials/bad.html:1:") {
					t.Fatalf("found\n%s", got)
				}
			}
		})
	}
}
