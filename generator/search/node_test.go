package search

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// scripts are those of the theme that search, in the order in which a page
// loads them. None of them needs a document before it is asked to show
// something.
var scripts = []string{"search-words.js", "search-index.js"}

// node runs the scripts of the theme in Node.js: api is the value of an
// expression after they have run, and the value of body, to which api and
// input are known, is decoded into out. A promise is waited for.
func node(t testing.TB, api, body string, input, out any) {
	t.Helper()
	program, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no Node.js")
		}
		t.Skip("there is no Node.js: install it to run the scripts of the theme")
	}
	var text bytes.Buffer
	text.WriteString(`const fs = require("fs"), path = require("path"), vm = require("vm"); globalThis.window = globalThis;` + "\n")
	for _, name := range scripts {
		file, err := filepath.Abs(filepath.Join("../../themes/dossier/assets/js", name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(file); err != nil {
			continue
		}
		quoted, _ := json.Marshal(file) // a string can be written
		text.WriteString("vm.runInThisContext(fs.readFileSync(" + string(quoted) + ", \"utf8\"), {filename: " + string(quoted) + "});\n")
	}
	text.WriteString("const api = " + api + ";\nconst input = JSON.parse(fs.readFileSync(0, \"utf8\"));\n")
	text.WriteString("(async () => JSON.stringify(await (" + body + ")))().then(s => new Promise(done => process.stdout.write(s, done)), e => { console.error(e); process.exitCode = 1; });\n")
	stdin, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	main := filepath.Join(dir, "main.cjs")
	if err := os.WriteFile(main, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, main)
	cmd.Stdin = bytes.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("node: %v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(stdout.Bytes(), out); err != nil {
		t.Fatalf("%v in %.200s", err, stdout.String())
	}
}
