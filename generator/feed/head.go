package feed

import (
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/page"
)

// Head is that of a page; that of 404.html and of a redirect is all but empty.
func (o Options) Head(p *page.Page) page.Head {
	h := page.Head{NoIndex: !p.Report.Public || p.Tombstone != nil || p.NotFound != nil}
	if p.NotFound != nil || p.Redirect != nil {
		return h // the address of another page is all that a redirect has to say
	}
	h.Feeds, h.Graph, h.JSONLD = o.feeds(p), o.graph(p), o.jsonLD(p)
	return h
}

// feeds are those of the report, and of the entity that a page is about.
func (o Options) feeds(p *page.Page) []page.HeadLink {
	if p.Canonical == "" {
		return nil
	}
	title := p.Report.Title.Value
	out := []page.HeadLink{{Type: AtomType, Title: title, Href: p.LangRoot + "feed.atom"}, {Type: JSONType, Title: title, Href: p.LangRoot + "feed.json"}}
	if p.Entity != nil {
		name := escape(p.Path[strings.LastIndexByte(p.Path, '/')+1:])
		f := feed{path: strings.TrimSuffix(name, ".html"), single: true}
		out = append(out, page.HeadLink{Type: AtomType, Title: p.Title.Value, Href: f.atomPath()}, page.HeadLink{Type: JSONType, Title: p.Title.Value, Href: f.jsonPath()})
	}
	return out
}

// pageTitle is the title of a page, without that of the report.
func (o Options) pageTitle(p *page.Page) string {
	switch {
	case p.Home != nil:
		return p.Report.Title.Value
	case p.Title.Value != "":
		return p.Title.Value
	case p.TitleKey != "":
		title := o.word(p.Lang, "title_"+p.TitleKey)
		if p.Pager.Mark != "" {
			title += " (" + p.Pager.Mark + ")"
		}
		return title
	}
	return p.Report.Title.Value
}

// graph is what https://ogp.me asks for, as far as it is known. Addresses are
// absolute there, so without a base URL there are none.
func (o Options) graph(p *page.Page) []page.HeadMeta {
	var out []page.HeadMeta
	put := func(property, content string) {
		if content != "" {
			out = append(out, page.HeadMeta{Property: "og:" + property, Content: content})
		}
	}
	put("title", o.pageTitle(p))
	put("type", graphType(p))
	put("url", p.Canonical)
	put("description", p.Description.Value)
	put("site_name", p.Report.Title.Value)
	put("locale", locale(p.Lang))
	for _, a := range p.Alternates {
		if !a.Current && (a.URL != "" || p.Canonical == "") {
			put("locale:alternate", locale(a.Lang))
		}
	}
	if o.Image != nil && p.Report.BaseURL != "" {
		if i := o.Image(p); i.Path != "" {
			put("image", p.Report.BaseURL+escape(i.Path))
			put("image:type", i.Type)
			put("image:width", pixels(i.Width))
			put("image:height", pixels(i.Height))
			put("image:alt", i.Alt)
			out = append(out, page.HeadMeta{Property: "twitter:card", Content: "summary_large_image"}) // others than Open Graph ask for it
		}
	}
	return out
}

// pixels is a number of them, or nothing.
func pixels(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func graphType(p *page.Page) string {
	switch {
	case p.Entity != nil && p.Entity.Schema == "Person":
		return "profile"
	case p.Entity != nil, p.Measure != nil, p.Program != nil, p.Event != nil, p.Source != nil, p.Prose != nil:
		return "article"
	}
	return "website"
}

// locale is a language with a territory, which is the only form that Open Graph
// knows. For a tag without one it is the territory that the Unicode list of
// likely subtags gives; a language that is not among these has no locale.
func locale(tag string) string {
	parts := strings.Split(tag, "-")
	lang := strings.ToLower(parts[0])
	script := ""
	for _, p := range parts[1:] {
		if len(p) == 2 {
			return lang + "_" + strings.ToUpper(p)
		}
		if len(p) == 4 {
			script = strings.ToLower(p)
		}
	}
	if lang == "zh" && script == "hant" {
		return "zh_TW"
	}
	if territory := territories[lang]; territory != "" {
		return lang + "_" + territory
	}
	return ""
}

// territories are the likely ones of languages; the list is never changed.
var territories = map[string]string{
	"ar": "EG", "bg": "BG", "bn": "BD", "bs": "BA", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US", "es": "ES", "et": "EE",
	"fa": "IR", "fi": "FI", "fr": "FR", "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU", "id": "ID", "it": "IT", "ja": "JP", "ka": "GE", "kk": "KZ",
	"ko": "KR", "lt": "LT", "lv": "LV", "mk": "MK", "nb": "NO", "nl": "NL", "nn": "NO", "pl": "PL", "pt": "BR", "ro": "RO", "ru": "RU", "sk": "SK",
	"sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE", "th": "TH", "tr": "TR", "ug": "CN", "uk": "UA", "ur": "PK", "uz": "UZ", "vi": "VN", "zh": "CN",
}
