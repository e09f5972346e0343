package generator

import (
	"path"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/feed"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/preview"
	"github.com/dossier-report/dossier/generator/site"
)

// previews are the pictures that other sites show beside links to pages. There
// are none without a base URL, as Open Graph has absolute addresses only.
type previews struct {
	Kinds []preview.Kind // that have pictures of their own
	Home  []string       // languages whose home page has one
	Focus string         // id of the entity that the report is about

	painter *preview.Painter
	words   map[string]map[string]string
}

func newPreviews(v *model.View, words map[string]map[string]string) (*previews, error) {
	out := &previews{Focus: v.Settings.Focus.ID, words: words}
	if v.Settings.BaseURL == "" {
		return out, nil
	}
	painter, err := preview.New()
	if err != nil {
		return nil, err
	}
	out.painter = painter
	langs := languages(v.Settings)
	out.Kinds = preview.Choose(countKinds(v, len(langs)))
	for _, lang := range langs {
		title, _ := v.Settings.Title.In(lang, v.Settings.FirstLanguage())
		if painter.Can(preview.Picture{Title: title}) {
			out.Home = append(out.Home, lang)
		}
	}
	return out, nil
}

// countKinds counts the pages that may have pictures, and rather too many.
func countKinds(v *model.View, langs int) map[preview.Kind]int {
	about := map[string]bool{}
	for _, m := range v.Measures {
		about[m.Authority.ID] = true
		for _, t := range m.Targets {
			about[t.ID] = true
		}
	}
	for _, e := range v.Events {
		for _, c := range e.Concerns {
			about[c.ID] = true
		}
	}
	entities, news := 0, 0
	for _, e := range v.Entities {
		if about[e.ID] {
			entities++
		}
	}
	for _, s := range v.Sources {
		if s.News {
			news++
		}
	}
	return map[preview.Kind]int{
		preview.Home: langs, preview.Focus: langs, preview.Event: langs * len(v.Events), preview.Measure: langs * len(v.Measures),
		preview.Entity: langs * entities, preview.News: langs * news,
	}
}

// picture is that of a page alone; false for one that has none of its own.
func (s *previews) picture(p *page.Page) (preview.Picture, bool) {
	if s.painter == nil || p.Report.BaseURL == "" {
		return preview.Picture{}, false
	}
	pic, kind := preview.Of(p, s.Focus, func(key string) string { return s.words[p.Lang][key] })
	return pic, slices.Contains(s.Kinds, kind) && s.painter.Can(pic)
}

// image is the picture for a page: its own, or that of the home page.
func (s *previews) image(p *page.Page) feed.Image {
	out := feed.Image{Type: preview.Type, Width: preview.Width, Height: preview.Height}
	if pic, ok := s.picture(p); ok {
		out.Path, out.Alt = previewPath(p.Path), pic.Alt()
		return out
	}
	if !slices.Contains(s.Home, p.Lang) {
		return feed.Image{}
	}
	home := "index.html"
	if p.Lang != p.Report.First {
		home = p.Lang + "/" + home
	}
	out.Path, out.Alt = previewPath(home), p.Report.Title.Value
	return out
}

// previewPath is where the picture of a page lies.
func previewPath(page string) string {
	return path.Join("previews", strings.TrimSuffix(page, ".html")+".png")
}

// draw writes the picture of a page, if it has one of its own.
func (s *previews) draw(p *page.Page, out site.Sink) ([]string, error) {
	pic, ok := s.picture(p)
	if !ok {
		return nil, nil
	}
	data, err := s.painter.PNG(pic)
	if err != nil {
		return nil, err
	}
	name := previewPath(p.Path)
	return []string{name}, out.Write(name, data)
}
