package proof

import (
	"errors"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// TestKeyboard walks through pages with Tab. The skip link comes first
// and works; every control is reached in the order of the page, is seen, has an
// outline and can be left again.
func TestKeyboard(t *testing.T) {
	each(t, sharedBrowser(t), few(t), func(tab *tab, s sample) []string {
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		stops := 40
		if *every {
			stops = 160
		}
		out := tab.walk(stops)
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return append(out, problems...)
		}
		if err := tab.press(tabKey); err != nil {
			return append(out, err.Error())
		}
		out = append(out, tab.asked("onSkipLink")...)
		if err := errors.Join(tab.press(enterKey), tab.press(tabKey)); err != nil {
			return append(out, err.Error())
		}
		return append(out, tab.asked("afterSkip")...)
	})
}

// walk presses Tab once for every control, and once more. On a page with more
// controls than most, it leaves out those between the first and the last of
// them, which are more of the same.
func (t *tab) walk(most int) []string {
	stops, err := ask[int](t, "startWalk")
	if err != nil {
		return []string{err.Error()}
	}
	from, to := stops, stops // left out
	if stops > most {
		from, to = most-most/4, stops-most/4
	}
	for i := 0; i <= stops; i++ {
		step := "dossierProof.step()"
		if i == from && from < to {
			i, step = to, fmt.Sprintf("dossierProof.jump(%d)", to)
		} else if err := t.press(tabKey); err != nil {
			return []string{err.Error()}
		}
		if err := chromedp.Do(t.ctx, chromedp.Evaluate[chromedp.Void](step)); err != nil {
			return []string{err.Error()}
		}
	}
	return t.asked("walked", from, to)
}

var (
	tabKey   = input.DispatchKeyEventParams{Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9}
	enterKey = input.DispatchKeyEventParams{Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Text: "\r"}
)

// press presses a key. When it returns, the page has done what the key does.
func (t *tab) press(key input.DispatchKeyEventParams) error {
	up := key
	key.Type, up.Type, up.Text = input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp, ""
	if key.Text != "" {
		key.Type = input.DispatchKeyEventTypeKeyDown
	}
	if _, err := chromedp.Call(t.ctx, input.DispatchKeyEvent, key); err != nil {
		return err
	}
	_, err := chromedp.Call(t.ctx, input.DispatchKeyEvent, up)
	return err
}
