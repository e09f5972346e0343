package generator_test

import (
	"context"
	"fmt"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator"
)

// TestPreviews builds a report with a base URL: pages that are shared have a
// picture of their own, others that of the home page, and what the fonts
// cannot draw has none. Without a base URL there is nothing of it.
func TestPreviews(t *testing.T) {
	project := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(project, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	settings := "title: {en: Records, ar: سجل}\nlanguages: [en, ar]\ncontact: {email: desk@example.org}\n"
	write("dossier.yaml", settings+"base_url: https://example.org/r/\n")
	write("data/entities/acme.yaml", "schema: Company\nname: Acme Works\n")
	write("data/entities/hanzi.yaml", "schema: Company\nname: 海康威视\n")
	write("data/entities/idle.yaml", "schema: Company\nname: Idle Ltd\n")
	write("data/entities/board.yaml", "schema: PublicBody\nname: Board of Trade\n")
	write("data/measures/listing.yaml", "title: Listing of Acme\nkind: listing\ntargets: [acme, hanzi]\nauthority: board\neffective: 2021-08-02\n")
	write("data/events/plan.yaml", "title: A plan\nkind: report\ncertainty: reported\ndate: 2022-05\nconcerns: [acme]\n")
	write("content/news/wire.md", "---\ntitle: News of Acme\npublisher: Wire\npublished: 2022-05-04\nentities: [acme]\n---\nText.\n")

	build := func() fs.FS {
		t.Helper()
		out := filepath.Join(project, "public")
		if res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Out: out}); err != nil {
			t.Fatal(err, res.Diagnostics)
		}
		return os.DirFS(out)
	}
	site := build()
	want := []string{"entities/acme.png", "entities/board.png", "events/plan.png", "index.png", "measures/listing.png", "news/wire.png"}
	if got := picturesOf(t, site); !slices.Equal(got, want) {
		t.Errorf("there are pictures %q, not %q", got, want)
	}
	for page, want := range map[string]string{
		"entities/acme.html":  "entities/acme.png: Company. Acme Works. In force 1. Reported 1. Records. As of 2022-05-31",
		"entities/idle.html":  "index.png: Records",
		"entities/hanzi.html": "index.png: Records",
		"about.html":          "",
		"404.html":            "",
		"index.html":          "index.png: Records. As of 2022-05-31",
		"ar/index.html":       "",
	} {
		if got := shownOf(site, page); got != want {
			t.Errorf("%s shows %q, not %q", page, got, want)
		}
	}

	write("dossier.yaml", settings)
	site = build()
	if got := picturesOf(t, site); len(got) > 0 {
		t.Errorf("without a base URL there are pictures %q", got)
	}
	if got := shownOf(site, "index.html"); got != "" {
		t.Errorf("without a base URL the home page shows %q", got)
	}
}

// picturesOf are the pictures of a site, each of the size that pages tell.
func picturesOf(t *testing.T, site fs.FS) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(site, "previews", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := site.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		c, err := png.DecodeConfig(f)
		if err == nil && (c.Width != 1200 || c.Height != 630) {
			err = fmt.Errorf("%s is %d by %d", name, c.Width, c.Height)
		}
		out = append(out, strings.TrimPrefix(name, "previews/"))
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return out
}

var imageMeta = regexp.MustCompile(`<meta property="og:(image(?::\w+)?)" content="([^"]*)">`)

// shownOf is the picture that a page tells others to show, with its words.
func shownOf(site fs.FS, page string) string {
	text, err := fs.ReadFile(site, page)
	if err != nil {
		return ""
	}
	meta := map[string]string{}
	for _, m := range imageMeta.FindAllStringSubmatch(string(text), -1) {
		meta[m[1]] = m[2]
	}
	name, ok := strings.CutPrefix(meta["image"], "https://example.org/r/previews/")
	if !ok {
		return meta["image"]
	}
	if meta["image:width"] != "1200" || meta["image:height"] != "630" || meta["image:type"] != "image/png" {
		return "a picture of another size"
	}
	return name + ": " + meta["image:alt"]
}
