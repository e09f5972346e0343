package output

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for _, name := range []string{"index.html", "a/b/c.html", "fr/entities/x.html", ".nojekyll", "a..b", "été/日本.html", "console.html", "com10.txt", "a b.html", "x/.dossier"} {
		if err := checkName(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for name, want := range map[string]string{
		"":                              "the path is empty",
		"/etc/passwd":                   "the path is absolute",
		`a\b`:                           "the path has a backslash",
		"..":                            `the path has a part ".."`,
		"a/../b":                        `the path has a part ".."`,
		"./a":                           `the path has a part "."`,
		"a//b":                          "the path has an empty part",
		"a/":                            "the path has an empty part",
		"C:/x":                          "the path has the character ':'",
		"a\x00b":                        `the path has the character '\x00'`,
		"a\nb":                          `the path has the character '\n'`,
		"a\u202eb":                      `the path has the character '\u202e'`,
		"a\u200bb":                      `the path has the character '\u200b'`,
		"what?.html":                    "the path has the character '?'",
		"\xff.html":                     "the path is not UTF-8",
		"con":                           `"con" is a reserved name on Windows`,
		"a/NUL.html":                    `"NUL.html" is a reserved name on Windows`,
		"com1.tar.gz":                   `"com1.tar.gz" is a reserved name on Windows`,
		"LPT³":                          `"LPT³" is a reserved name on Windows`,
		"aux .txt":                      `"aux .txt" is a reserved name on Windows`,
		"a.":                            "a part of the path begins or ends with a space, or ends with a full stop",
		"a /b":                          "a part of the path begins or ends with a space, or ends with a full stop",
		".dossier/manifest":             "the folder .dossier is dossier's own",
		".Dossier/x":                    "the folder .dossier is dossier's own",
		strings.Repeat("a", 256):        "a part of the path is longer than 255 bytes",
		strings.Repeat("a/", 501) + "a": "the path is longer than 1000 bytes",
	} {
		err := checkName(name)
		if err == nil || err.Error() != want {
			t.Errorf("%.40q: %v, want %s", name, err, want)
		}
	}
}

func TestCollisions(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"a.html", "A.html", `cannot hold both "a.html" and "A.html": they differ only by case; rename one of them`},
		{"straße/x", "STRAßE/y", `cannot hold both "straße" and "STRAßE/y": they differ only by case; rename one of them`},
		{"news/a", "News/b", `cannot hold both "news" and "News/b": they differ only by case; rename one of them`},
		{"a", "a/b", `cannot hold both "a" and "a/b": one is a folder; rename one of them`},
		{"a/b/c", "a/b", `cannot hold both "a/b" and "a/b": one is a folder; rename one of them`},
		{"a/b/c", "A", `cannot hold both "a" and "A": they differ only by case; rename one of them`},
		{"K/x", "\u212a/y", "cannot hold both \"K\" and \"\u212a/y\": they differ only by case; rename one of them"},
		{"a", "a", `would get two different files "a"`},
		{"ok", "../x", `cannot hold "../x": the path has a part ".."`},
	} {
		tx, err := begin(t.TempDir()+"/public", quick, disk{})
		if err != nil {
			t.Fatal(err)
		}
		if err := tx.Write(c.a, []byte("1")); err != nil {
			t.Fatal(err)
		}
		message(t, tx.Write(c.b, []byte("2")), "the output folder "+c.want)
		_, err = tx.Commit()
		message(t, err, "the output folder "+c.want) // not half a site
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(manifestHead))
	f.Add([]byte(manifestHead + "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 1 entities/a.html\n"))
	f.Add([]byte(manifestHead + "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb -1 ../../x\n"))
	f.Add([]byte(manifestHead + "00 1 a"))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := parseManifest(text)
		if err != nil {
			return
		}
		for name := range m.All() {
			if checkName(name) != nil {
				t.Errorf("let %q through", name)
			}
		}
		again, err := parseManifest(m.encode())
		if err != nil || string(again.encode()) != string(m.encode()) {
			t.Errorf("not the same again: %v", err)
		}
	})
}
