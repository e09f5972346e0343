package page

import (
	"slices"

	"github.com/dossier-report/dossier/generator/cite"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

// entity fills the page of a company, organisation, person or public body.
// Its sections are made in the order in which they stand, so that sources are
// numbered in the order of their use.
func (c *composer) entity(e *model.Entity) {
	p, s := c.page, c.site
	c.begin(s.place(e).path, TemplateEntity, e.ID)
	p.Title = c.name(e.Name)
	c.crumbs("entities", c.name(e.Title()))
	p.Description = c.plain(e, e.Summary)

	o := s.on(e.ID)
	body := &Entity{
		ID: e.ID, Schema: string(e.Schema), Name: c.name(e.Name), Short: c.name(e.Title()), Names: c.names(e),
		Countries: countries(e), CountryLinks: c.countryLinks(e), Jurisdiction: string(e.Jurisdiction), Sector: c.text(e.Sector), Topics: e.Topics,
		Website: string(e.Website), Birth: date(e.BirthDate), BirthReason: c.text(e.BirthReason), Parent: c.link(e.Parent),
		Grade: string(e.Confidence), Refs: c.refs(e.Sources),
	}
	p.Entity = body
	for _, id := range e.Identifiers {
		body.Identifiers = append(body.Identifiers, Identifier{id.Scheme, id.Value})
	}
	for _, x := range e.Securities {
		body.Securities = append(body.Securities, Security{x.ISIN, x.Ticker, x.MIC, string(x.Currency), c.text(x.Title)})
	}
	body.Standing = c.standing(e.ID, o)
	body.Strip = c.strip(e.ID, o)
	body.Summary, body.Note = c.html(e, e.Summary, 2), c.html(e, e.Note, 2)
	c.section(SectionSummary, 0, body.Summary.HTML != "" || body.Note.HTML != "")
	body.Regimes = c.regimes(o)
	body.Checks = c.checks(o.checks)
	body.OverTime = c.overTime(slices.Concat(o.named, o.reached), o.plans)
	body.Effects = c.effects(o)
	c.section(SectionRegimes, 0, len(body.Regimes)+len(body.Checks) > 0)
	c.imposed(e, body)
	body.Voices = c.voices(s.saidOn(e.ID))
	c.section(SectionSaid, 0, len(body.Voices) > 0)
	body.Prices, body.Studies = c.prices(s.series.of(e.ID), 0), c.studies(s.studies.of(e.ID))
	c.section(SectionMarket, 0, len(body.Prices)+len(body.Studies) > 0)
	body.Charts, body.Lists = c.html(e, e.Charts, 2), c.lists(s.figures.of(e.ID))
	body.Figures = c.figureGroups(s.figures.of(e.ID), false)
	c.section(SectionFigures, len(s.figures.of(e.ID)), len(body.Figures) > 0 || body.Charts.HTML != "")
	body.Holdings, body.Shares = c.holdings(e), c.shares(e)
	body.Relations = c.relations(e)
	c.section(SectionTies, 0, len(body.Relations) > 0)
	body.Timeline = c.timeline(slices.Concat(o.named, o.reached, o.related), s.events.of(e.ID), s.news.of(e.ID), e.ID)
	c.section(SectionTimeline, len(body.Timeline), len(body.Timeline) > 0)
	p.Date = lastOf(body.Timeline)
	var news, documents []*model.Source
	for _, src := range s.news.of(e.ID) {
		if src.News {
			news = append(news, src)
		} else {
			documents = append(documents, src)
		}
	}
	body.News, body.Documents = c.newsRows(news), c.newsRows(documents)
	c.section(SectionNews, len(news), len(news) > 0)
	c.section(SectionDocuments, len(documents), len(documents) > 0)
	c.entityTables(e.ID, body)
	body.Revisions = c.revisions(e.Revisions)
	c.section(SectionRevisions, len(body.Revisions), len(body.Revisions) > 0)
	c.end()
}

// lastOf is the date of the last entry that has come.
func lastOf(items []TimelineItem) Date {
	for _, item := range slices.Backward(items) {
		if !item.Upcoming && item.Date.ISO != "" {
			return item.Date
		}
	}
	return Date{}
}

// names are all names of an entity but the one at its head.
func (c *composer) names(e *model.Entity) []Name {
	var out []Name
	put := func(kind string, list ...model.Name) {
		for _, n := range list {
			if n.Text != "" && n.Text != e.Name.Text {
				out = append(out, Name{Text: c.name(n), Kind: kind})
			}
		}
	}
	put("native", e.Native...)
	put("short", e.Short)
	put("alias", e.Aliases...)
	put("previous", e.Previous...)
	put("weak_alias", e.WeakAliases...)
	for _, m := range c.site.naming.of(e.ID) {
		for _, t := range m.Targets {
			if t.ID != e.ID || t.As == "" || t.As == e.Name.Text {
				continue
			}
			i := slices.IndexFunc(out, func(n Name) bool { return n.Kind == "listed_as" && n.Value == t.As })
			if i < 0 {
				out = append(out, Name{Text: Text{Value: t.As}, Kind: "listed_as"})
				i = len(out) - 1
			}
			out[i].On = append(out[i].On, c.linkTo(m))
		}
	}
	return out
}

// source fills the page of a news item or another document.
func (c *composer) source(src *model.Source) {
	p, s := c.page, c.site
	template, list := TemplateSource, "sources"
	if src.News {
		template, list = TemplateNewsItem, "news"
	}
	c.begin(s.place(src).path, template, src.ID)
	p.Title = c.text(src.Title)
	c.crumbs(list, p.Title)
	p.Description = c.plain(src, src.Body)
	p.Date = date(src.Published)

	work := c.work(src)
	body := &Source{
		ID: src.ID, News: src.News, Title: p.Title, Type: cite.Type(src), Publisher: src.Publisher, Container: src.Container,
		Published: date(src.Published), Accessed: date(src.Accessed), URL: string(src.URL), Archive: c.archive(src),
		Language: string(src.Language), Number: src.Number, Volume: src.Volume, Pages: src.Page, Official: src.Citation,
		Paywall: src.Paywall, Rights: src.Rights, SHA256: src.SHA256, Grade: string(src.Confidence), Cite: c.citation(work),
		Entities: c.links(src.Entities),
	}
	p.Source = body
	for i, a := range src.Authors {
		author := Link{Text: Text{Value: work.Authors[i]}}
		if a.ID != "" {
			author = c.link(a.Ref)
		}
		body.Authors = append(body.Authors, author)
	}
	body.Refs = c.refs(src.Sources)
	body.Summary, body.Note = c.html(src, src.Body, 2), c.html(src, src.Note, 2)
	c.section(SectionSummary, 0, body.Summary.HTML != "" || body.Note.HTML != "")
	c.section(SectionEntities, len(body.Entities), len(body.Entities) > 0)
	body.Voices = c.voices(src.Statements)
	c.section(SectionSaid, len(src.Statements), len(body.Voices) > 0)
	events := c.eventsOn(src.ID)
	if src.News {
		c.marketAround(events, body)
	}
	c.section(SectionMarket, 0, len(body.Prices)+len(body.Studies) > 0)
	body.Lists = c.lists(src.Figures)
	body.Figures = c.figureGroups(src.Figures, true)
	c.section(SectionFigures, len(src.Figures), len(body.Figures) > 0)
	c.restingOn(src, events, body)
	c.section(SectionArchive, 0, true)
	body.Revisions = c.revisions(src.Revisions)
	c.section(SectionRevisions, len(body.Revisions), len(body.Revisions) > 0)
	c.section(SectionCiteSource, 0, true)
	c.end()
}

// eventsOn are the events that rest on a source.
func (c *composer) eventsOn(source string) []*model.Event {
	var out []*model.Event
	for _, u := range c.uses(source) {
		if e, ok := u.item.(*model.Event); ok && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// restingOn adds where the report rests on a source: events, with what came
// after those that were only planned, and measures in full, and everything as a
// list of places.
func (c *composer) restingOn(src *model.Source, events []*model.Event, body *Source) {
	var measures []*model.Measure
	for _, u := range c.uses(src.ID) {
		if m, ok := u.item.(*model.Measure); ok && !slices.Contains(measures, m) {
			measures = append(measures, m)
		}
		body.Uses = append(body.Uses, c.use(u))
	}
	body.RestOn = c.restOn(src.ID)
	body.Events = c.timeline(nil, events, nil, "")
	slices.SortFunc(measures, byDate)
	body.Measures = c.rows(measures)
	c.section(SectionTimeline, len(events), len(events) > 0)
	if src.News {
		body.After = c.timeline(nil, c.after(events), nil, "")
	}
	c.section(SectionAfter, len(body.After), len(body.After) > 0)
	c.section(SectionRegimes, len(measures), len(measures) > 0)
	c.section(SectionUses, len(body.Uses), len(body.Uses) > 0)
}

// use is a place in the report.
func (c *composer) use(u use) Use {
	out := Use{Link: c.shown(u.item), Of: kindOf(u.item), Role: c.text(u.role), Locator: c.locator(u.locator), Quote: u.quote}
	if u.lang != "" && out.Locator.Text.Value != "" {
		out.Locator.Text = c.tagged(u.locator, u.lang) // a running text names places in its own language
	}
	return out
}

// shown is any record as a link to where it is shown. Figures and links go by
// the entity they are about, statements by their source.
func (c *composer) shown(item model.Item) Link {
	show := item
	switch x := item.(type) {
	case *model.Figure:
		if e, ok := c.site.v.Named(x.Entity.ID).(*model.Entity); ok {
			show = e
		} else if x.Source != nil {
			show = x.Source
		}
	case *model.Link:
		if e, ok := c.site.v.Named(x.From.ID).(*model.Entity); ok {
			show = e
		}
	case *model.Statement:
		if x.Source != nil {
			show = x.Source
		}
	}
	out := c.linkTo(show)
	if p := c.site.place(item); p.path != "" {
		out.Href = c.href(p)
	}
	return out
}

// prose fills a page of text, from its translations.
func (c *composer) prose(pages []*model.Prose) {
	prose := c.translation(pages)
	p := c.page
	c.begin(c.site.place(prose).path, TemplateProse, prose.ID)
	p.Title = c.ofProse(prose, prose.Title)
	c.crumbs("", p.Title)
	p.Description = c.ofProse(prose, prose.Description)
	p.Date = date(prose.Date)
	body := c.proseBody(prose)
	p.Prose = &body
	c.headings(prose)
	c.section(SectionRevisions, len(body.Revisions), len(body.Revisions) > 0)
	c.end()
}

// proseBody is a page of text as plain data. It must be the first text on the
// page, since the table of contents finds its headings there.
func (c *composer) proseBody(prose *model.Prose) Prose {
	body := Prose{Name: prose.Path, Date: date(prose.Date), Body: c.body(prose)}
	body.Refs = c.refs(prose.Sources)
	body.Note = c.html(prose, prose.Note, 2)
	body.Revisions = c.revisions(prose.Revisions)
	return body
}

// ofProse is a text in a content file. What it says without a language is in
// that of the file.
func (c *composer) ofProse(prose *model.Prose, t model.Text) Text {
	lang := c.site.language(prose)
	value, got := t.In(lang, lang)
	return c.tagged(value, got)
}

// body is the text of a page of prose, in the language of its file.
func (c *composer) body(prose *model.Prose) HTML {
	out := c.html(prose, prose.Body, 1)
	if lang := c.site.language(prose); lang != c.lang {
		out.Lang, out.Dir = lang, Direction(lang)
	} else {
		out.Lang, out.Dir = "", ""
	}
	return out.spaced(c.site.language(prose))
}

// headings adds those of the text that has just been written to the table of
// contents.
func (c *composer) headings(prose *model.Prose) {
	t, _ := prose.Body.In(c.lang, c.site.first)
	doc := c.site.doc(t.Value)
	by := shift(doc, 1)
	for _, h := range doc.Headings(func(ref markdown.Ref) string { return c.link(model.Ref{ID: ref.ID}).Value }) {
		c.page.TOC = append(c.page.TOC, TOCItem{
			Text: c.tagged(h.Text, c.site.language(prose)), Href: "#" + c.prefix(1) + h.Anchor, Level: min(max(h.Level+by, 2), 6),
		})
	}
}

// notFound fills the page for addresses that do not exist.
func (c *composer) notFound() {
	c.page.TitleKey = "not_found"
	c.begin(missingPath, TemplateNotFound, "")
	c.page.NotFound = &NotFound{Links: c.page.Nav}
	c.end()
}
