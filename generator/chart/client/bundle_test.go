package client

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const theme = "../../../themes/dossier"

var (
	errNoNode     = errors.New("there is no npm: install Node.js and npm to build the charts")
	errNoChromium = errors.New("there is no Chromium: install it to look at charts")
)

// need leaves a test out when the machine lacks a program; in continuous
// integration, and for any other reason, it fails.
func need(t *testing.T, err error) {
	t.Helper()
	switch {
	case err == nil:
	case os.Getenv("CI") == "" && (errors.Is(err, errNoNode) || errors.Is(err, errNoChromium)):
		t.Skip(err)
	default:
		t.Fatal(err)
	}
}

// modules sees to it that node_modules is what the lock file says.
var modules = sync.OnceValue(func() error {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return errNoNode
		}
	}
	lock, err := os.Stat("package-lock.json")
	if err != nil {
		return err
	}
	if done, err := os.Stat("node_modules/.package-lock.json"); err == nil && !done.ModTime().Before(lock.ModTime()) {
		return nil
	}
	if out, err := exec.Command("npm", "ci").CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	return nil
})

// TestBundle builds the bundle again: the theme carries the same bytes, and the
// licences of what is in it.
func TestBundle(t *testing.T) {
	need(t, modules())
	dir := t.TempDir()
	if out, err := exec.Command("node", "build.js", dir).CombinedOutput(); err != nil {
		t.Fatalf("build.js: %v\n%s", err, out)
	}
	for built, carried := range map[string]string{
		"charts.js":           "assets/js/charts.js",
		"charts-licences.txt": "static/assets/charts-licences.txt",
	} {
		want := read(t, filepath.Join(dir, built))
		if got := read(t, filepath.Join(theme, carried)); !bytes.Equal(got, want) {
			t.Errorf("%s is not what the sources give: run make charts", carried)
		}
	}
}

// TestWeight sees to it that a page with a chart asks for less than 300 kB of
// script, as it goes over the wire.
func TestWeight(t *testing.T) {
	sum := 0
	for _, file := range scripts(t) {
		sum += packed(t, filepath.Join(theme, "assets/js", file))
	}
	if sum > 300_000 {
		t.Errorf("a page with a chart carries %d bytes of packed script", sum)
	}
	if sum < 100_000 {
		t.Errorf("only %d bytes: the charts are not among them", sum)
	}
}

// TestBundleIsOurs looks for what the content security policy and the promise
// to ask nobody forbid, and for what would make the bytes depend on a machine.
func TestBundleIsOurs(t *testing.T) {
	js := string(read(t, filepath.Join(theme, "assets/js/charts.js")))
	for _, bad := range []string{"new Function", "eval(", "sourceMappingURL", "import(", "fetch(", "XMLHttpRequest", "WebSocket", "node_modules"} {
		if strings.Contains(js, bad) {
			t.Errorf("the bundle holds %q", bad)
		}
	}
	if !strings.Contains(js[:1000], "Apache ECharts 6.1.0 (Apache-2.0") {
		t.Errorf("the bundle does not say what is in it: %.200q", js)
	}
	licences := string(read(t, filepath.Join(theme, "static/assets/charts-licences.txt")))
	for _, want := range []string{"Apache ECharts\nCopyright", "Apache License", "Redistribution and use in source and binary forms", "Microsoft Corporation"} {
		if !strings.Contains(licences, want) {
			t.Errorf("the licences lack %q", want)
		}
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func packed(t *testing.T, file string) int {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.DefaultCompression)
	if err == nil {
		_, err = io.Copy(w, bytes.NewReader(read(t, file)))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

// scripts lists the scripts of a page with a chart.
func scripts(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(theme, "assets/js/*.js"))
	if err != nil || len(files) < 2 {
		t.Fatal("no scripts in the theme", err)
	}
	for i := range files {
		files[i] = filepath.Base(files[i])
	}
	return files
}
