package table

import (
	"github.com/dossier-report/dossier/generator/model"
)

func (s *Set) eventSheet() *sheet[*model.Event] {
	t := newSheet[*model.Event](s, "events", "Events", "What was said, decided or seen without being a legal act against somebody. A reported plan is an event with the certainty reported, and never a measure.", model.KindEvent)
	id(t)
	t.text("title", "", func(e *model.Event) model.Text { return e.Title })
	t.code("kind", "", func(e *model.Event) string { return string(e.Type) })
	t.code("certainty", "how far it is known to be so", func(e *model.Event) string { return string(e.Certainty) })
	t.date("date", "", func(e *model.Event) model.Date { return e.Date })
	t.refs("concerns", "", func(e *model.Event) []model.Ref { return e.Concerns }, "entities", "measures", "events", "programs")
	t.refs("by", "", func(e *model.Event) []model.Ref { return e.By }, "entities")
	t.ref("program", "", func(e *model.Event) model.Ref { return e.Program }, "programs")
	t.ref("superseded_by", "", func(e *model.Event) model.Ref { return e.SupersededBy }, "events", "measures")
	t.list("citations", "", func(e *model.Event) []string { return e.Citations })
	t.markdown("summary", "", func(e *model.Event) model.Markdown { return e.Summary })
	common(t)
	return t
}

func (s *Set) sourceSheet() *sheet[*model.Source] {
	t := newSheet[*model.Source](s, "sources", "Sources", "News items and other documents. The documents themselves keep their own rights; the summaries are the report's own words.", model.KindSource)
	id(t)
	t.flag("news", "whether it is a news item", func(x *model.Source) bool { return x.News })
	t.text("title", "in a language of the report; of other documents see title_original", func(x *model.Source) model.Text { return x.Title })
	t.plain("title_original", "as printed, in a language that is none of the report's", func(x *model.Source) string { return s.foreign(x.Title).Value })
	t.typed(Code, "title_original_lang", "language of that title (BCP 47)", func(x *model.Source) string { return s.foreign(x.Title).Lang })
	t.code("type", "type of the document in the Citation Style Language", sourceType)
	t.plain("publisher", "", func(x *model.Source) string { return x.Publisher })
	t.plain("container", "", func(x *model.Source) string { return x.Container })
	t.list("authors", "names of the authors; the id of one that has no name here", s.authors)
	t.refs("author_entities", "those of the authors that are entities of the report", func(x *model.Source) []model.Ref {
		var out []model.Ref
		for _, a := range x.Authors {
			out = append(out, a.Ref)
		}
		return out
	}, "entities")
	t.date("published", "", func(x *model.Source) model.Date { return x.Published })
	t.date("accessed", "", func(x *model.Source) model.Date { return x.Accessed })
	t.url("url", "", func(x *model.Source) model.URL { return x.URL })
	t.url("archive_url", "address of the copy in a public archive", func(x *model.Source) model.URL { return archive(x).URL })
	t.date("archive_captured", "when the copy was made", func(x *model.Source) model.Date { return archive(x).Captured })
	t.typed(Code, "archive_sha256", "of the copy, in lower-case hexadecimal", func(x *model.Source) string { return archive(x).SHA256 })
	t.ref("archive_file", "the copy in the report's own files", func(x *model.Source) model.Ref { return archive(x).File }, "files")
	t.typed(Code, "language", "", func(x *model.Source) string { return string(x.Language) })
	t.plain("number", "", func(x *model.Source) string { return x.Number })
	t.plain("volume", "", func(x *model.Source) string { return x.Volume })
	t.plain("page", "", func(x *model.Source) string { return x.Page })
	t.plain("citation", "", func(x *model.Source) string { return x.Citation })
	t.flag("paywall", "whether readers must pay, as far as is recorded", func(x *model.Source) bool { return x.Paywall })
	t.plain("rights", "", func(x *model.Source) string { return x.Rights })
	t.typed(Code, "sha256", "of the file that was used, when the report does not keep it", func(x *model.Source) string { return x.SHA256 })
	t.refs("entities", "", func(x *model.Source) []model.Ref { return x.Entities }, "entities")
	t.markdown("summary", "what it says, in the report's own words", func(x *model.Source) model.Markdown { return x.Body })
	common(t)
	return t
}

// foreign is the first text in a language that is none of the report's.
func (s *Set) foreign(text model.Text) model.Translation {
	for _, t := range text {
		if !s.speaks(t.Lang) {
			return t
		}
	}
	return model.Translation{}
}

func sourceType(x *model.Source) string {
	switch {
	case x.Type != "":
		return string(x.Type)
	case x.News:
		return "article-newspaper"
	}
	return "document"
}

func (s *Set) authors(x *model.Source) []string {
	var out []string
	for _, a := range x.Authors {
		name := a.Name
		if e := s.v.Entity(a.ID); name == "" && e != nil {
			name = e.Name.Text
		}
		if name == "" {
			name = a.ID
		}
		out = append(out, name)
	}
	return out
}

func archive(x *model.Source) model.Archive {
	if x.Archive == nil {
		return model.Archive{}
	}
	return *x.Archive
}

func (s *Set) statementSheet() *sheet[*model.Statement] {
	t := newSheet[*model.Statement](s, "statements", "Statements", "Who said what, in which source. Allegations and what was answered to them stand side by side; answers names the statements that one answers.", model.KindStatement)
	id(t)
	t.ref("source", "the source that holds it", func(x *model.Statement) model.Ref { return sourceOf(x.Source) }, "sources")
	t.code("kind", "", func(x *model.Statement) string { return string(x.Type) })
	t.ref("by", "who said it, when that is an entity of the report", func(x *model.Statement) model.Ref { return x.By.Ref }, "entities")
	t.plain("by_name", "who said it, as printed; without by and by_name the source itself speaks", func(x *model.Statement) string { return x.By.Name })
	t.text("role", "", func(x *model.Statement) model.Text { return x.Role })
	t.ref("organisation", "for whom the speaker speaks, when that is an entity of the report", func(x *model.Statement) model.Ref { return x.Organisation.Ref }, "entities")
	t.plain("organisation_name", "for whom the speaker speaks, as printed", func(x *model.Statement) string { return x.Organisation.Name })
	t.refs("about", "", func(x *model.Statement) []model.Ref { return x.About }, "events", "measures", "entities", "programs")
	t.refs("against", "", func(x *model.Statement) []model.Ref { return x.Against }, "entities")
	t.refs("answers", "", func(x *model.Statement) []model.Ref { return x.Answers }, "statements")
	t.date("date", "when it was said, when that is stated; else see the date of the source", func(x *model.Statement) model.Date { return x.Date })
	t.markdown("text", "", func(x *model.Statement) model.Markdown { return x.Text })
	t.text("quote", "", func(x *model.Statement) model.Text { return x.Quote })
	t.plain("at", "", func(x *model.Statement) string { return x.Locator })
	t.date("reply_asked", "when the editors asked for an answer", func(x *model.Statement) model.Date { return reply(x).Asked })
	t.date("reply_due", "until when they waited", func(x *model.Statement) model.Date { return reply(x).Due })
	t.code("reply_outcome", "what came of their request", func(x *model.Statement) string { return string(reply(x).Outcome) }, model.ReplyOutcome("").Values()...)
	t.date("reply_date", "when the answer came", func(x *model.Statement) model.Date { return reply(x).Date })
	t.markdown("reply_text", "the answer, in the report's own words", func(x *model.Statement) model.Markdown { return reply(x).Text })
	common(t)
	return t
}

func reply(x *model.Statement) model.Reply {
	if x.Reply == nil {
		return model.Reply{}
	}
	return *x.Reply
}

func sourceOf(x *model.Source) model.Ref {
	if x == nil {
		return model.Ref{}
	}
	return model.Ref{ID: x.ID}
}

func (s *Set) fileSheet() *sheet[*model.File] {
	t := newSheet[*model.File](s, "files", "Files", "Attachments and archived copies. Each has its own rights.", model.KindFile)
	id(t)
	t.plain("file", "name in the folder files of the site", func(f *model.File) string { return f.Path })
	t.text("title", "", func(f *model.File) model.Text { return f.Title })
	t.plain("rights", "", func(f *model.File) string { return f.Rights })
	t.typed(Code, "media", "", func(f *model.File) string { return f.Media })
	t.column(Column{Name: "size", Doc: "size of the file", Type: Integer, Unit: "bytes"}, func(f *model.File) Cell { return intCell(f.Size) })
	t.typed(Code, "sha256", "", func(f *model.File) string { return f.SHA256 })
	t.text("alt", "", func(f *model.File) model.Text { return f.Alt })
	t.ref("source", "", func(f *model.File) model.Ref { return f.Source }, "sources")
	common(t)
	return t
}
