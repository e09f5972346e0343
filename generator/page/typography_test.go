package page

import "testing"

func TestSpacing(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"fr", "Qui a dit quoi ? Le « gel » : non ; 5 % !", "Qui a dit quoi\u202f? Le «\u00a0gel\u00a0»\u00a0: non\u202f; 5\u202f%\u202f!"},
		{"fr-CA", "a : b", "a\u00a0: b"},
		{"en", "a : b", "a : b"},
		{"fro", "a : b", "a : b"},
	} {
		if got := spacing(c.in, c.lang); got != c.want {
			t.Errorf("%s: %q, not %q", c.lang, got, c.want)
		}
	}
	in := `<p>Le <a href="x.html" title="a : b">gel</a> ; voir <code>a : b</code> : « <b>rien</b> »</p>`
	want := `<p>Le <a href="x.html" title="a : b">gel</a>` + "\u202f; voir <code>a : b</code>\u00a0: «\u00a0<b>rien</b>\u00a0»</p>"
	if got := spacingHTML(in, "fr"); got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
