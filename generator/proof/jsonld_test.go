package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestStructuredData has TypeScript hold the JSON-LD of every sample against the
// types that Google makes of the vocabulary of schema.org (schema-dts): every
// type, every property of it and what that may be.
func TestStructuredData(t *testing.T) {
	needModules(t)
	var things, from []string
	types := map[string]bool{}
	typed := regexp.MustCompile(`"@type":"(\w+)"`)
	list := samples(t)
	for _, s := range allSites(t) { // what is offered as a download has an address of its own
		if s.settings.BaseURL != "" {
			list = append(list, sample{site: s, file: "data/index.html"})
		}
	}
	for _, s := range list {
		text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(s.file)))
		if err != nil {
			t.Fatal(err)
		}
		thing := structured(t, text)
		if thing == "" {
			if s.kind(s.file) == "index" {
				t.Errorf("%v has no structured data", s)
			}
			continue
		}
		things, from = append(things, thing), append(from, s.String())
		for _, m := range typed.FindAllStringSubmatch(thing, -1) {
			types[m[1]] = true
		}
	}
	for _, want := range []string{"WebPage", "CollectionPage", "WebSite", "BreadcrumbList", "Organization", "GovernmentOrganization", "Person", "Dataset", "DataDownload", "CreativeWork"} {
		if !types[want] {
			t.Errorf("no sample has a %s", want)
		}
	}
	if types["ClaimReview"] {
		t.Error("there is a ClaimReview")
	}
	// What must be found, so that silence means something.
	wrong := []string{
		`{"@context":"https://schema.org","@type":"WebPage","titel":"x"}`,
		`{"@context":"https://schema.org","@type":"WebPages","name":"x"}`,
		`{"@context":"https://schema.org","@type":"WebPage","isPartOf":{"@type":"WebSite","nam":"x"}}`,
		`{"@context":"https://schema.org","@type":"Organization","birthDate":"2020"}`,
	}
	found, err := typeCheck(t.TempDir(), append(things, wrong...))
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range from {
		if found[i] != "" {
			t.Errorf("%s: %s\n%s", name, found[i], things[i])
		}
	}
	for i, thing := range wrong {
		if found[len(things)+i] == "" {
			t.Errorf("nothing was found in %s", thing)
		}
	}
	t.Logf("%d pages", len(things))
}

// structured is the JSON-LD of a page.
func structured(t *testing.T, page []byte) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" && attr(n, "type") == "application/ld+json" {
			if !json.Valid([]byte(n.FirstChild.Data)) {
				t.Fatal("it is not JSON: ", n.FirstChild.Data)
			}
			return n.FirstChild.Data
		}
	}
	return ""
}

// typeCheck gives what TypeScript says of each of some things, by their number.
func typeCheck(dir string, things []string) (map[int]string, error) {
	modules, err := filepath.Abs("node_modules")
	if err != nil {
		return nil, err
	}
	lines := []string{`import type {Thing, WithContext} from "schema-dts";`}
	for i, thing := range things {
		lines = append(lines, fmt.Sprintf("export const x%d: WithContext<Thing> = %s;", i, strings.TrimSpace(thing)))
	}
	config, err := json.Marshal(map[string]any{
		"compilerOptions": map[string]any{
			"noEmit": true, "strict": true, "skipLibCheck": true, "target": "es2022", "module": "esnext", "moduleResolution": "bundler", "types": []string{},
			"paths": map[string][]string{"schema-dts": {filepath.Join(modules, "schema-dts")}},
		},
		"files": []string{"things.ts"},
	})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "things.ts"), []byte(strings.Join(lines, "\n")), 0o644),
		os.WriteFile(filepath.Join(dir, "tsconfig.json"), config, 0o644),
	); err != nil {
		return nil, err
	}
	said, err := exec.Command("node", filepath.Join(modules, "typescript", "bin", "tsc"), "--pretty", "false", "--project", dir).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	ofThing, found := regexp.MustCompile(`things\.ts\((\d+),\d+\): error (.*)`), map[int]string{}
	for line := range strings.Lines(string(said)) {
		m := ofThing.FindStringSubmatch(line)
		if m == nil {
			if !strings.HasPrefix(line, " ") { // more words on the error before
				return nil, fmt.Errorf("TypeScript: %s", line)
			}
			continue
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return nil, err
		}
		found[n-2] = m[2] // lines count from 1, and the first is the import
	}
	return found, nil
}
