package proof

import (
	"errors"
	"fmt"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"
)

var errNoFont = errors.New("there is no font for Chinese: install one, such as Noto Sans CJK, to check that Chinese is drawn")

// TestFonts sees to it that the theme's own fonts load and draw the text, from
// a disk as well.
func TestFonts(t *testing.T) {
	each(t, sharedBrowser(t), few(t), func(tab *tab, s sample) []string {
		if s.onlyServed(s.file) {
			return nil
		}
		if problems := tab.visit(s.disk(), s.file); len(problems) > 0 {
			return problems
		}
		return tab.asked("fonts")
	})
}

// cjkFont matches the names of fonts that have Chinese characters.
var cjkFont = regexp.MustCompile(`(?i)CJK|Han |Hei|Ming|Song|Sung|Kai|Gothic|PingFang|WenQuanYi|Droid Sans Fallback`)

// TestChinese sees to it that Chinese names are drawn, and with a font for
// their variety of Chinese where it is known.
func TestChinese(t *testing.T) {
	b := sharedBrowser(t)
	s := example(t)
	missing := make(chan bool, 1)
	each(t, b, []string{"entities/hikvision.html"}, func(tab *tab, file string) []string {
		if problems := tab.visit(s.url, file); len(problems) > 0 {
			return problems
		}
		tofu, err := ask[bool](tab, "tofu", "海", "sans-serif", "zh-Hans")
		if err != nil {
			return []string{err.Error()}
		}
		if missing <- tofu; tofu {
			return nil
		}
		fonts, err := tab.fontsOf(`[lang^="zh"]`)
		if err != nil {
			return []string{err.Error()}
		}
		var out []string
		glyphs := 0.0
		for _, f := range fonts {
			glyphs += f.GlyphCount
			if !f.IsCustomFont && !cjkFont.MatchString(f.FamilyName) {
				out = append(out, fmt.Sprintf("%.0f characters of Chinese names are drawn with %s", f.GlyphCount, f.FamilyName))
			}
		}
		if glyphs == 0 {
			out = append(out, "no Chinese name is drawn")
		}
		return out
	})
	if <-missing {
		need(t, errNoFont)
	}
}

// fontsOf are the fonts that draw the text of the elements of a selector.
func (t *tab) fontsOf(selector string) ([]*css.PlatformFontUsage, error) {
	_, err1 := chromedp.Call(t.ctx, dom.Enable, dom.EnableParams{})
	_, err2 := chromedp.Call(t.ctx, css.Enable, cdp.Empty{})
	defer chromedp.Call(t.ctx, css.Disable, cdp.Empty{})
	doc, err3 := chromedp.Call(t.ctx, dom.GetDocument, dom.GetDocumentParams{})
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	nodes, err := chromedp.Call(t.ctx, dom.QuerySelectorAll, dom.QuerySelectorAllParams{NodeID: doc.Root.NodeID, Selector: selector})
	if err != nil {
		return nil, err
	}
	var out []*css.PlatformFontUsage
	for _, id := range nodes.NodeIDs {
		res, err := chromedp.Call(t.ctx, css.GetPlatformFontsForNode, css.GetPlatformFontsForNodeParams{NodeID: id})
		if err != nil {
			return nil, err
		}
		out = append(out, res.Fonts...)
	}
	return out, nil
}
