package site

import (
	"context"
	"errors"

	hugocss "github.com/gohugoio/hugo/common/types/css"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/gohugoio/hugo/tpl/css"
	"github.com/gohugoio/hugo/tpl/tplimpl"
	"github.com/gohugoio/hugo/tpl/tplimplinit"
)

// guard takes from the templates of a site the functions that read the disk
// on their own, past the file system in memory: js.Build, js.Batch and
// css.Build run esbuild, which finds files by itself. inspect refuses their
// names in layouts; this holds for templates that are made while the site is
// (resources.ExecuteAsTemplate) and for calls by name (apply), too. And it puts
// the memo before the functions that are called most.
func guard(s *hugolib.Site, m *memo) {
	funcs := tplimplinit.CreateFuncMap(s.Deps)
	funcs["js"] = func(context.Context, ...any) (any, error) {
		return nil, errors.New("templates cannot use js: it reads files from the disk")
	}
	funcs["css"] = func(context.Context, ...any) (any, error) { return &cssNamespace{}, nil }
	if next, ok := funcs["partial"].(func(context.Context, string, ...any) (any, error)); ok {
		funcs["partial"] = m.partial(next)
	}
	for _, name := range []string{"T", "i18n"} {
		if next, ok := funcs[name].(func(context.Context, any, ...any) (string, error)); ok {
			funcs[name] = m.translate(next)
		}
	}
	// In place, for others hold the same pointer.
	*s.TemplateStore = *s.TemplateStore.WithSiteOpts(tplimpl.SiteOptions{Site: s, TemplateFuncs: funcs})
}

// cssNamespace is what is left of css in templates.
type cssNamespace struct{ ns css.Namespace }

// Quoted marks a value that CSS writes with quotes.
func (c *cssNamespace) Quoted(v any) hugocss.QuotedString { return c.ns.Quoted(v) }

// Unquoted marks a value that CSS writes without quotes.
func (c *cssNamespace) Unquoted(v any) hugocss.UnquotedString { return c.ns.Unquoted(v) }
