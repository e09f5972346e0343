package proof

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestWithoutJavaScript reads pages with and without JavaScript: the same words
// in the same order, and the same links. JavaScript may only add controls.
func TestWithoutJavaScript(t *testing.T) {
	each(t, sharedBrowser(t), few(t), func(tab *tab, s sample) []string {
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		words, err1 := ask[[]string](tab, "reading")
		links, err2 := ask[[]string](tab, "addresses")
		if err1 != nil || err2 != nil {
			return []string{fmt.Sprint(err1, err2)}
		}
		defer tab.script(true)
		if err := tab.script(false); err != nil {
			return []string{err.Error()}
		}
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		plainWords, err1 := ask[[]string](tab, "reading")
		plainLinks, err2 := ask[[]string](tab, "addresses")
		if err1 != nil || err2 != nil {
			return []string{fmt.Sprint(err1, err2)}
		}
		out := difference("text", words, plainWords)
		out = append(out, difference("links", links, plainLinks)...)
		if len(plainWords) < 20 {
			out = append(out, fmt.Sprintf("only %d pieces of text", len(plainWords)))
		}
		return out
	})
}

// TestLinksWithoutJavaScript clicks its way through the example from a disk.
func TestLinksWithoutJavaScript(t *testing.T) {
	s := example(t)
	each(t, sharedBrowser(t), []string{"index.html"}, func(tab *tab, file string) []string {
		defer tab.script(true)
		if err := tab.script(false); err != nil {
			return []string{err.Error()}
		}
		if problems := tab.visit(s.disk(), file); len(problems) > 0 {
			return problems
		}
		var out []string
		for range 3 {
			to, err := ask[struct {
				X, Y float64
				Href string
			}](tab, "nextPage")
			if err != nil {
				return append(out, err.Error())
			}
			ctx, cancel := context.WithTimeout(tab.ctx, patience)
			defer cancel()
			if err := chromedp.Do(ctx, chromedp.MouseClickXY(to.X, to.Y)); err != nil {
				return append(out, err.Error())
			}
			if err := tab.arrives(ctx, to.Href); err != nil {
				return append(out, err.Error())
			}
		}
		return out
	})
}

// script switches JavaScript on or off for pages that are opened from now on.
func (t *tab) script(on bool) error {
	_, err := chromedp.Call(t.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	t.plain = !on
	return err
}

// difference says where two lists part.
func difference(what string, with, without []string) []string {
	if slices.Equal(with, without) {
		return nil
	}
	for i := range max(len(with), len(without)) {
		a, b := "nothing", "nothing"
		if i < len(with) {
			a = with[i]
		}
		if i < len(without) {
			b = without[i]
		}
		if a != b {
			return []string{fmt.Sprintf("%s with JavaScript (%d) and without (%d) part: %.60q, %.60q", what, len(with), len(without), a, b)}
		}
	}
	return nil
}
