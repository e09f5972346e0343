package generator_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
)

// draft is a project that can be changed in every way that matters to a page:
// files by their paths.
type draft struct {
	random   *rand.Rand
	parties  []string // ids
	news     []string
	acts     []string
	settings map[string]string
	own      map[string]string // layouts, assets, static and translations of the project
	next     int
	edits    map[string]int // id -> how often it was edited
}

func newDraft(random *rand.Rand) *draft {
	d := &draft{random: random, edits: map[string]int{}, own: map[string]string{}, settings: map[string]string{
		"title": "A draft", "languages": "[en]", "base_url": "https://report.example/",
	}}
	for range 6 {
		d.addParty()
	}
	d.addAct()
	d.addAct()
	d.addNews()
	d.addNews()
	return d
}

func (d *draft) id(kind string) string {
	d.next++
	return fmt.Sprintf("%s-%d", kind, d.next)
}

func (d *draft) addParty() { d.parties = append(d.parties, d.id("party")) }
func (d *draft) addAct()   { d.acts = append(d.acts, d.id("act")) }
func (d *draft) addNews()  { d.news = append(d.news, d.id("news")) }

// files are those of the project.
func (d *draft) files() map[string]string {
	files := maps.Clone(d.own)
	settings := ""
	for _, key := range slices.Sorted(maps.Keys(d.settings)) {
		settings += key + ": " + d.settings[key] + "\n"
	}
	files["dossier.yaml"] = settings + "contact: {email: a@example.org}\nrules:\n  no-archive: {severity: off, reason: a test}\n  unreviewed: {severity: off, reason: a test}\n"
	files["data/sources/gazette.yaml"] = "title: Gazette\ntype: report\npublisher: State\npublished: 2020-01-02\nurl: https://example.org/g\nlanguage: en\nconfidence: primary\n"
	for i, id := range d.parties {
		schema := []string{"Company", "Company", "PublicBody", "Person"}[i%4]
		files["data/entities/"+id+".yaml"] = fmt.Sprintf("schema: %s\nname: Name of %s, version %d\ncountry: %s\nsummary: It knows [[%s]] [@gazette].\nconfidence: primary\nsources: [gazette]\n",
			schema, id, d.edits[id], []string{"cn", "us", "gb"}[i%3], d.parties[(i+1)%len(d.parties)])
	}
	for i, id := range d.acts {
		files["data/measures/"+id+".yaml"] = fmt.Sprintf("title: Act %s, version %d\ntargets: [%s]\nauthority: %s\nkind: export_control\npublished: 2021-03-%02d\nconfidence: primary\nsources: [gazette]\n",
			id, d.edits[id], d.parties[i%len(d.parties)], d.parties[(i+2)%len(d.parties)], 1+d.edits[id]%28)
	}
	for i, id := range d.news {
		files["content/news/"+id+".md"] = fmt.Sprintf("---\ntitle: News %s\npublisher: The Times\npublished: 2022-01-02\nurl: https://example.org/%s\nlanguage: en\nconfidence: secondary\nentities: [%s]\n---\n\nVersion %d.\n",
			id, id, d.parties[i%len(d.parties)], d.edits[id])
	}
	return files
}

// some takes one of a list.
func some[T any](d *draft, list []T) T { return list[d.random.IntN(len(list))] }

func without(list []string, id string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(x string) bool { return x == id })
}

// change makes one change, and says which.
func (d *draft) change() string {
	switch d.random.IntN(16) {
	case 0, 1, 2:
		id := some(d, slices.Concat(d.parties, d.acts, d.news))
		d.edits[id]++
		return "edit " + id
	case 3:
		d.addParty()
		return "a new party"
	case 4:
		d.addNews()
		return "a news item more"
	case 5:
		if len(d.parties) > 4 {
			id := some(d, d.parties)
			d.parties = without(d.parties, id)
			return "delete " + id
		}
	case 6:
		if len(d.acts) > 0 {
			id := some(d, d.acts)
			d.acts = without(d.acts, id)
			return "delete " + id
		}
		d.addAct()
		return "a new act"
	case 7:
		i := d.random.IntN(len(d.parties))
		was := d.parties[i]
		d.parties[i] = d.id("renamed")
		return "rename " + was
	case 8:
		d.settings["title"] = "Title " + d.id("t")
		return "the title"
	case 9:
		d.settings["base_url"] = some(d, []string{"https://report.example/", "https://other.example/deep/"})
		return "the base URL"
	case 10:
		d.settings["languages"] = some(d, []string{"[en]", "[en, fr]"})
		return "languages"
	case 11:
		d.own["layouts/_partials/note.html"] = "<p>" + d.id("note") + "</p>"
		return "a partial"
	case 12:
		d.own["i18n/en.yaml"] = "skip: " + d.id("skip") + "\n"
		return "a word"
	case 13:
		d.own["static/"+some(d, []string{"a.txt", "b.txt"})] = d.id("static")
		return "a static file"
	case 14:
		delete(d.own, some(d, []string{"static/a.txt", "static/b.txt", "i18n/en.yaml", "layouts/_partials/note.html", partialOfSome}))
		return "a file of the theme less"
	case 15:
		// An asset that only one page publishes, which may go or change.
		d.own["assets/only.txt"] = "for one page " + some(d, []string{"x", "y"})
		d.own[partialOfSome] = `{{ if eq .ID "` + some(d, d.parties) + `" }}{{ with resources.Get "only.txt" }}<link rel="help" href="{{ (. | fingerprint).RelPermalink }}">{{ end }}{{ end }}`
		return "an asset of one page"
	}
	return "nothing"
}

// partialOfSome is called by every page, and has the entity's page as ".".
const partialOfSome = "layouts/_partials/crumb-extra.html"

func (d *draft) write(t *testing.T, dir string) {
	t.Helper()
	files := d.files()
	if files[partialOfSome] != "" {
		files["layouts/_partials/head.html"] = headWithExtra(t)
	}
	for _, folder := range []string{"data", "content", "layouts", "assets", "static", "i18n"} {
		if err := os.RemoveAll(filepath.Join(dir, folder)); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func headWithExtra(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../themes/dossier/layouts/_partials/head.html")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + `{{ partial "crumb-extra.html" . }}`
}

// TestIncrementalIsClean changes a project at random, and after every change
// compares the site that was brought up to date with one made from nothing.
// DOSSIER_STEPS says how often; "make faults" does it two hundred times.
func TestIncrementalIsClean(t *testing.T) {
	steps := stepsOf(20, 8)
	seed := uint64(os.Getpid())
	d := newDraft(rand.New(rand.NewPCG(seed, 1)))
	t.Logf("seed %d", seed)
	root := t.TempDir()
	project, public := filepath.Join(root, "p"), filepath.Join(root, "p", "public")
	rendered, pages := 0, 0
	for step := range steps {
		what := "the first build"
		if step > 0 {
			what = d.change()
		}
		d.write(t, project)
		res := buildDraft(t, generator.BuildOptions{Project: project})
		clean := filepath.Join(root, "clean")
		full := buildDraft(t, generator.BuildOptions{Project: project, Out: clean, Full: true})
		if full.Rendered != full.Pages || full.Pages != res.Pages {
			t.Fatalf("%d of %d pages rendered, incremental %d", full.Rendered, full.Pages, res.Pages)
		}
		t.Logf("%s: %d of %d pages rendered", what, res.Rendered, res.Pages)
		rendered += res.Rendered
		pages += res.Pages
		sameFiles(t, what, public, clean)
		if t.Failed() {
			t.Fatal("step ", step)
		}
		if err := os.RemoveAll(clean); err != nil {
			t.Fatal(err)
		}
		if step%5 == 4 { // nothing has changed
			if res := buildDraft(t, generator.BuildOptions{Project: project}); res.Rendered != 0 || res.Output.Swapped {
				t.Fatalf("%d pages rendered for nothing, swapped %v", res.Rendered, res.Output.Swapped)
			}
		}
	}
	if !testing.Short() && rendered > pages*3/4 {
		t.Errorf("%d of %d pages were rendered: hardly anything is kept", rendered, pages)
	}
}

// stepsOf is how many changes are made: usually, with -short, or as DOSSIER_STEPS says.
func stepsOf(usual, short int) int {
	if n, err := strconv.Atoi(os.Getenv("DOSSIER_STEPS")); err == nil {
		return n
	}
	if testing.Short() {
		return short
	}
	return usual
}

func buildDraft(t *testing.T, opts generator.BuildOptions) generator.BuildResult {
	t.Helper()
	res, err := generator.Build(context.Background(), opts)
	if err != nil {
		var b bytes.Buffer
		diag.Print(&b, res.Diagnostics, diag.Style{})
		t.Fatalf("%v\n%s", err, b.String())
	}
	return res
}

// sameFiles compares two folders, with what dossier notes in them.
func sameFiles(t *testing.T, what, got, want string) {
	t.Helper()
	a, b := readFiles(t, got), readFiles(t, want)
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if text, ok := a[name]; !ok {
			t.Errorf("%s: %s is missing", what, name)
		} else if text != b[name] {
			t.Errorf("%s: %s differs", what, name)
		}
	}
	for name := range a {
		if _, ok := b[name]; !ok {
			t.Errorf("%s: %s is too much", what, name)
		}
	}
}

func readFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(p)
		out[strings.TrimPrefix(p, dir+string(filepath.Separator))] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEditedOutput sees to it that a page which somebody has edited is written
// anew, even when neither its size nor its description has changed.
func TestEditedOutput(t *testing.T) {
	d := newDraft(rand.New(rand.NewPCG(1, 1)))
	project := t.TempDir()
	d.write(t, project)
	buildDraft(t, generator.BuildOptions{Project: project})
	for _, name := range []string{"entities/party-1.html", "entities/party-1.atom", "404.html", "assets"} {
		file := filepath.Join(project, "public", filepath.FromSlash(name))
		if name == "assets" { // any that templates have published
			list, err := filepath.Glob(filepath.Join(project, "public", "*", "*.css"))
			if err != nil || len(list) == 0 {
				t.Fatal("no stylesheet", err)
			}
			file = list[0]
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, bytes.Replace(want, []byte("e"), []byte("X"), 1), 0o644); err != nil {
			t.Fatal(err)
		}
		buildDraft(t, generator.BuildOptions{Project: project})
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s stays as it was edited (%v)", file, err)
		}
	}
}

// TestDamagedNote builds on notes that are no notes.
func TestDamagedNote(t *testing.T) {
	d := newDraft(rand.New(rand.NewPCG(1, 1)))
	project := t.TempDir()
	d.write(t, project)
	buildDraft(t, generator.BuildOptions{Project: project})
	file := filepath.Join(project, "public", ".dossier", "pages")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(good), "\n")
	for _, text := range []string{
		"", "x", lines[0], lines[0] + lines[1], string(good[:len(good)/2]), strings.Replace(string(good), lines[2][:8], "zzzzzzzz", 1),
		lines[0] + strings.Repeat("0", 64) + "\n" + strings.Join(lines[2:], ""), string(good) + "asset\t../../x\t../../y\n", string(good) + lines[1][:64] + "\t../../etc/passwd\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		buildDraft(t, generator.BuildOptions{Project: project})
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, good) {
			t.Errorf("after a note of %d bytes there is another one than before (%v)", len(text), err)
		}
	}
}

// TestWarningsOfTheChanged sees to it that a warning on a page that has changed
// is told, though other pages are rendered after it for an asset of theirs.
func TestWarningsOfTheChanged(t *testing.T) {
	d := newDraft(rand.New(rand.NewPCG(1, 1)))
	d.own["assets/only.txt"] = "for one page"
	d.own[partialOfSome] = `{{ if eq .ID "party-1" }}{{ with resources.Get "only.txt" }}<link rel="help" href="{{ (. | fingerprint).RelPermalink }}">{{ end }}{{ end }}` +
		`{{ if eq .ID "party-5" }}{{ if in .Title.Value "version 1" }}{{ warnf "careful" }}{{ end }}{{ end }}`
	project := t.TempDir()
	for edits := range 2 {
		d.edits["party-5"] = edits
		d.write(t, project)
		res := buildDraft(t, generator.BuildOptions{Project: project})
		var b bytes.Buffer
		diag.Print(&b, res.Diagnostics, diag.Style{})
		if got := strings.Contains(b.String(), "careful"); got != (edits == 1) {
			t.Errorf("edit %d: warned %v\n%s", edits, got, b.String())
		}
		if edits == 1 && res.Rendered == res.Pages {
			t.Error("every page was rendered, which shows nothing")
		}
	}
}

// TestDamagedMemory builds on notes that do not say what pages were made from.
func TestDamagedMemory(t *testing.T) {
	d := newDraft(rand.New(rand.NewPCG(1, 1)))
	project := t.TempDir()
	d.write(t, project)
	buildDraft(t, generator.BuildOptions{Project: project})
	public := filepath.Join(project, "public")
	want := readFiles(t, public)
	for _, name := range []string{"reads", "entries"} {
		file := filepath.Join(public, ".dossier", name)
		good := want[filepath.Join(".dossier", name)]
		for _, text := range []string{"", "x", good[:len(good)/2], good[1:], good + "x", strings.Replace(good, "party", "PARTY", 1)} {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			buildDraft(t, generator.BuildOptions{Project: project})
			if got := readFiles(t, public); !maps.Equal(got, want) {
				t.Fatalf("after %s was %.20q, the site is another", name, text)
			}
		}
	}
}

// TestEditedExample changes records of the example report, one after the other,
// and has every build compared with one that makes all pages. The example
// has what drafts lack: plans, court steps, series, studies, ties, statements, terms.
func TestEditedExample(t *testing.T) {
	steps := stepsOf(4, 1)
	project := t.TempDir()
	var records []string
	for _, part := range []string{"dossier.yaml", "content", "data"} {
		err := filepath.WalkDir(filepath.Join("..", part), func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			to := filepath.Join(project, strings.TrimPrefix(name, ".."))
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if ext := filepath.Ext(name); ext == ".yaml" || ext == ".md" {
				records = append(records, to)
			}
			return errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, text, 0o644))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	buildDraft(t, generator.BuildOptions{Project: project})
	seed := uint64(os.Getpid())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 2))
	rendered, pages := 0, 0
	for done, tries := 0, 0; done < steps; tries++ {
		if tries > 30*steps {
			t.Fatal("hardly any edit leaves a report that can be built")
		}
		file := records[random.IntN(len(records))]
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		after, what := editedAnywhere(random, string(before))
		if err := os.WriteFile(file, []byte(after), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, found := generator.Check(project); diag.Tally(found).Errors > 0 {
			if err := os.WriteFile(file, before, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		done++
		res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Verify: true})
		if err != nil {
			var b bytes.Buffer
			diag.Print(&b, res.Diagnostics, diag.Style{})
			t.Fatalf("%s in %s: %v\n%s", what, filepath.Base(file), err, b.String())
		}
		t.Logf("%s in %s: %d of %d pages rendered", what, filepath.Base(file), res.Rendered, res.Pages)
		rendered += res.Rendered
		pages += res.Pages
	}
	if !testing.Short() && rendered > pages*3/4 {
		t.Errorf("%d of %d pages were rendered: hardly anything is kept", rendered, pages)
	}
}

// editedAnywhere changes a line of a record: a letter, a digit, or that it is there.
func editedAnywhere(random *rand.Rand, text string) (edited, what string) {
	lines := strings.SplitAfter(text, "\n")
	i := random.IntN(len(lines))
	switch random.IntN(4) {
	case 0:
		return strings.Join(slices.Delete(lines, i, i+1), ""), fmt.Sprintf("line %d less", i+1)
	case 1:
		at := strings.IndexAny(lines[i], "0123456789")
		if at < 0 {
			break
		}
		lines[i] = lines[i][:at] + strconv.Itoa(random.IntN(10)) + lines[i][at+1:]
		return strings.Join(lines, ""), fmt.Sprintf("another digit in line %d", i+1)
	}
	words := strings.Fields(lines[i])
	if len(words) < 2 {
		return text + "\n", "an empty line"
	}
	word := words[1+random.IntN(len(words)-1)]
	lines[i] = strings.Replace(lines[i], word, word+"x", 1)
	return strings.Join(lines, ""), fmt.Sprintf("%q with an x in line %d", word, i+1)
}
