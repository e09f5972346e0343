package generator_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/dossier-report/dossier/"

// arrows says which packages of ours, and which of the big engines, each
// package may import. diag is open to all.
var arrows = map[string][]string{
	"generator/diag":         {},
	"generator/cores":        {},
	"generator/digest":       {},
	"generator/wire":         {},
	"generator/names":        {},
	"generator/model":        {"generator/names"},
	"generator/markdown":     {"goldmark", "bluemonday"},
	"generator/load":         {"generator/cores", "generator/model", "generator/markdown", "generator/names"},
	"generator/lint":         {"generator/cores", "generator/model", "generator/markdown", "generator/market"}, // market computes recorded studies again
	"generator/market":       {"gonum", "apd"},
	"generator/chart":        {"go-echarts"},
	"generator/chart/client": {}, // tests alone
	"generator/cite":         {"generator/model"},
	"generator/page":         {"generator/model", "generator/market", "generator/markdown", "generator/chart", "generator/cite", "generator/names", "generator/digest", "generator/cores"},
	"generator/table":        {"generator/model"},
	"generator/feed":         {"generator/page", "generator/wire"},
	"generator/preview":      {"generator/page"},
	"generator/proof":        {}, // tests alone
	"generator/search":       {"generator/page", "generator/names", "generator/wire"},
	"generator/site":         {"generator/page", "generator/search", "generator/digest", "hugo"},
	"generator/output":       {"generator/cores"},
	"generator/starter":      {},
	"generator/bench":        {}, // makes up projects to measure
	"generator/pack":         {"generator/output", "minisign"},
	"themes":                 {},
	"generator": {
		"generator/cores", "generator/digest", "generator/wire", "generator/names", "generator/model", "generator/markdown", "generator/load", "generator/lint", "generator/market",
		"generator/chart", "generator/cite", "generator/page", "generator/search", "generator/site", "generator/output", "generator/table", "generator/feed", "generator/starter", "generator/preview", "generator/pack", "themes",
	},
	"cmd/dossier": {"generator", "generator/model", "generator/pack"},
}

// engines are the libraries that one package alone may use.
var engines = map[string]string{
	"github.com/gohugoio/hugo":           "hugo",
	"github.com/yuin/goldmark":           "goldmark",
	"github.com/microcosm-cc/bluemonday": "bluemonday",
	"github.com/go-echarts/go-echarts":   "go-echarts",
	"gonum.org/v1/gonum":                 "gonum",
	"github.com/cockroachdb/apd":         "apd",
	"aead.dev/minisign":                  "minisign",
}

func TestArchitecture(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for dec.More() {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&pkg); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(pkg.ImportPath, module)
		allowed, ok := arrows[name]
		if !ok {
			t.Errorf("package %s is not in the table", name)
			continue
		}
		seen++
		for _, path := range pkg.Imports {
			what, ours := strings.CutPrefix(path, module)
			if !ours {
				what = engine(path)
			}
			if what != "" && what != "generator/diag" && !slices.Contains(allowed, what) {
				t.Errorf("%s must not import %s", name, path)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d packages were looked at", seen)
	}
}

func engine(path string) string {
	for prefix, name := range engines {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return name
		}
	}
	return ""
}
