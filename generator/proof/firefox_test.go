package proof

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// sharedFirefox is the Firefox of all tests, and startedFirefox the same once a
// test has asked for it.
var (
	sharedFirefox  = sync.OnceValues(startFirefox)
	startedFirefox *firefox
)

func aFirefox(t *testing.T) *firefox {
	t.Helper()
	f, err := sharedFirefox()
	need(t, err)
	startedFirefox = f
	return f
}

// TestFirefox opens a page of every kind of the example report in Firefox, as
// it comes out of the package in a folder on a disk, and the fullest from a
// server, under the same promises as in Chromium; with -every all pages. Every
// chart on them must come to life.
func TestFirefox(t *testing.T) {
	f, s := aFirefox(t), example(t)
	unpacked := (&site{dir: examplePackage(t).dir}).disk()
	look := func(root string, files []string) {
		for _, file := range files {
			for _, problem := range withCharts(f, root, file) {
				t.Errorf("%s/%s: %s", root, file, problem)
			}
		}
	}
	var all, fullest []string
	for _, sample := range bestOf(samples(t)) {
		if sample.site != s || s.onlyServed(sample.file) {
			continue
		}
		all = append(all, sample.file)
		if slices.Contains(heavy[:], s.kind(sample.file)) {
			fullest = append(fullest, sample.file)
		}
	}
	if *every {
		all = slices.DeleteFunc(slices.Clone(s.files), s.onlyServed)
		fullest = all
	}
	look(unpacked, all)
	look(s.url, fullest)
}

// TestFirefoxSearch looks for things, from the package on a disk and from a
// server.
func TestFirefoxSearch(t *testing.T) {
	f := aFirefox(t)
	for _, root := range []string{(&site{dir: examplePackage(t).dir}).disk(), example(t).url} {
		for _, problem := range searching(f, root) {
			t.Errorf("%s: %s", root, problem)
		}
	}
}

// TestFirefoxSingleFile reads the report in one file, from a disk.
func TestFirefoxSingleFile(t *testing.T) {
	f := aFirefox(t)
	_, root := singleFile(t)
	for _, problem := range walk(f, root, singleFileName, singleSteps(pagesByLanguage(t))) {
		t.Error(problem)
	}
}

// TestFirefoxVerifies has the page of the unpacked package look at packages, from
// a disk: one that is whole, and one with another word in it. The script that
// looks is the same in all browsers, which differ in how it gets at the bytes.
func TestFirefoxVerifies(t *testing.T) {
	packages := damage(t, examplePackage(t))
	if !*every {
		packages = packages[:3]
	}
	checks(t, aFirefox(t), packages)
}

// TestFirefoxVerifiesFolder has it look at the unpacked folder.
func TestFirefoxVerifiesFolder(t *testing.T) {
	checksFolder(t, aFirefox(t))
}

// TestFirefoxNotices sees to it that the test above can fail.
func TestFirefoxNotices(t *testing.T) {
	f, dir := aFirefox(t), t.TempDir()
	policy := `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`
	for name, body := range map[string]string{
		"script": policy + `<script>1</script>`,
		"style":  policy + `<p style="color:red">x</p>`,
		"error":  `<script>throw new Error("broken")</script>`,
		"log":    `<script>console.error("broken")</script>`,
		"asks":   `<img src="http://127.0.0.1:47999/x.png">`,
	} {
		if err := os.WriteFile(dir+"/"+name+".html", []byte("<!doctype html><title>x</title>"+body), 0o644); err != nil {
			t.Fatal(err)
		}
		if len(f.visit("file://"+dir, name+".html")) == 0 {
			t.Errorf("nothing was noticed in %s", name)
		}
	}
}

// watchPolicy reports what breaks the content security policy on the console.
const watchPolicy = `document.addEventListener("securitypolicyviolation",
	e => console.error("policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample))`

var errNoFirefox = errors.New("there is no Firefox: install it to run its tests")

// firefox is a Firefox with one tab, driven by WebDriver BiDi
// (https://w3c.github.io/webdriver-bidi/).
type firefox struct {
	cmd     *exec.Cmd
	profile string
	conn    *websocket.Conn
	tab     string // browsing context

	mu       sync.Mutex
	last     int
	waiting  map[int]chan reply
	root     string
	problems []string
}

// reply is what Firefox says: the result of a command, or an event.
type reply struct {
	ID      int             `json:"id"`
	Type    string          `json:"type"` // "success", "error", "event"
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
}

var listening = regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)

// origin is whom Firefox takes commands from: a connection must name one.
const origin = "http://127.0.0.1"

func startFirefox() (*firefox, error) {
	var program string
	for _, name := range []string{"firefox-esr", "firefox"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		return nil, errNoFirefox
	}
	profile, err := os.MkdirTemp("", "dossier-firefox-")
	if err != nil {
		return nil, err
	}
	// No page of ours asks for anything; Firefox itself would. A page may read the folders that a test chooses for it (see chooseFolder).
	prefs := `user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "http://127.0.0.1:9");
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("browser.safebrowsing.update.enabled", false);
user_pref("dom.filesystem.pathcheck.disabled", true);
`
	f := &firefox{profile: profile, waiting: map[int]chan reply{}}
	if err := os.WriteFile(profile+"/user.js", []byte(prefs), 0o644); err != nil {
		return nil, err
	}
	f.cmd = exec.Command(program, "--headless", "--remote-debugging-port=0", "--remote-allow-origins="+origin, "--remote-allow-system-access", "--no-remote", "--profile", profile, "about:blank")
	f.cmd.Env = append(os.Environ(), "MOZ_DISABLE_CONTENT_SANDBOX=1", "HOME="+profile)
	out, err := f.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := f.cmd.Start(); err != nil {
		return nil, err
	}
	if err := f.connect(bufio.NewScanner(out)); err != nil {
		f.close()
		return nil, fmt.Errorf("Firefox does not start: %w", err)
	}
	return f, nil
}

func (f *firefox) connect(out *bufio.Scanner) error {
	address := make(chan string, 1)
	go func() {
		for out.Scan() { // to the end, or Firefox would block on its pipe
			if m := listening.FindStringSubmatch(out.Text()); m != nil {
				address <- m[1]
			}
		}
	}()
	select {
	case ws := <-address:
		conn, err := websocket.Dial(ws+"/session", "", origin)
		if err != nil {
			return err
		}
		f.conn = conn
	case <-time.After(time.Minute):
		return errors.New("it says no address")
	}
	go f.listen()
	if _, err := f.call("session.new", map[string]any{"capabilities": map[string]any{}}); err != nil {
		return err
	}
	_, err := f.call("session.subscribe", map[string]any{"events": []string{"log.entryAdded", "network.beforeRequestSent", "network.fetchError"}})
	if err != nil {
		return err
	}
	if _, err := f.call("script.addPreloadScript", map[string]any{"functionDeclaration": "() => {" + watchPolicy + "}"}); err != nil {
		return err
	}
	result, err := f.call("browsingContext.create", map[string]any{"type": "tab"})
	if err != nil {
		return err
	}
	var made struct{ Context string }
	if err := json.Unmarshal(result, &made); err != nil {
		return err
	}
	f.tab = made.Context
	return nil
}

func (f *firefox) close() {
	if f.conn != nil {
		f.conn.Close() // Firefox is ended next
	}
	f.cmd.Process.Kill()
	f.cmd.Wait()
	os.RemoveAll(f.profile)
}

// listen hands out what Firefox says until it is closed.
func (f *firefox) listen() {
	for {
		var r reply
		if err := websocket.JSON.Receive(f.conn, &r); err != nil {
			f.mu.Lock()
			for _, c := range f.waiting {
				close(c)
			}
			f.waiting = map[int]chan reply{}
			f.mu.Unlock()
			return
		}
		f.mu.Lock()
		if r.Type == "event" {
			f.event(r)
		} else if c := f.waiting[r.ID]; c != nil {
			delete(f.waiting, r.ID)
			c <- r
		}
		f.mu.Unlock()
	}
}

// event notes what breaks a promise.
func (f *firefox) event(r reply) {
	var p struct {
		Level   string
		Text    string
		Request struct{ URL string }
		Error   string `json:"errorText"`
	}
	if err := json.Unmarshal(r.Params, &p); err != nil {
		f.problems = append(f.problems, err.Error())
		return
	}
	switch u := p.Request.URL; {
	case r.Method == "log.entryAdded" && (p.Level == "error" || p.Level == "warn"):
		f.problems = append(f.problems, "console "+p.Level+": "+p.Text)
	case r.Method == "network.beforeRequestSent" && f.root != "" && !strings.HasPrefix(u, f.root+"/") && !strings.HasPrefix(u, "data:") && !strings.HasSuffix(u, "/favicon.ico"):
		f.problems = append(f.problems, "asks for "+u)
	case r.Method == "network.fetchError" && !strings.HasSuffix(u, "/favicon.ico"):
		f.problems = append(f.problems, "failed to load "+u+": "+p.Error)
	}
}

// call gives a command and waits for its result.
func (f *firefox) call(method string, params map[string]any) (json.RawMessage, error) {
	answer := make(chan reply, 1)
	f.mu.Lock()
	f.last++
	id := f.last
	f.waiting[id] = answer
	err := websocket.JSON.Send(f.conn, map[string]any{"id": id, "method": method, "params": params})
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	select {
	case r, ok := <-answer:
		if !ok {
			return nil, fmt.Errorf("%s: Firefox has gone", method)
		}
		if r.Type == "error" {
			return nil, fmt.Errorf("%s: %s: %s", method, r.Error, r.Message)
		}
		return r.Result, nil
	case <-time.After(patience):
		return nil, fmt.Errorf("%s: no answer", method)
	}
}

// visit opens a file of the site at root and gives what went wrong.
func (f *firefox) visit(root, file string) []string {
	f.mu.Lock()
	f.root, f.problems = "", nil
	f.mu.Unlock()
	// Another page first: the same with another fragment would not be loaded anew.
	_, err := f.call("browsingContext.navigate", map[string]any{"context": f.tab, "url": "about:blank", "wait": "complete"})
	f.mu.Lock()
	f.root, f.problems = root, nil
	f.mu.Unlock()
	if err == nil {
		_, err = f.call("browsingContext.navigate", map[string]any{"context": f.tab, "url": root + "/" + file, "wait": "complete"})
	}
	if err == nil {
		_, err = f.text(`document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(location.href), 0))))`)
	}
	out := f.wrong()
	if err != nil {
		out = append(out, err.Error())
	}
	return out
}

// wrong is what went wrong since the last visit began.
func (f *firefox) wrong() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.problems)
}

// text is the value of an expression on the page, or of its promise, as a text.
func (f *firefox) text(expression string) (string, error) {
	value, err := f.eval(expression)
	if err != nil {
		return "", err
	}
	var out string
	return out, json.Unmarshal(value.Value, &out)
}

// choose has Firefox choose a file, or a folder, in a field of the page.
func (f *firefox) choose(field, file string) error {
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return f.chooseFolder(field, file)
	}
	element, err := f.eval(`document.getElementById(` + quote(field) + `)`)
	if err != nil {
		return err
	}
	_, err = f.call("input.setFiles", map[string]any{"context": f.tab, "element": map[string]any{"sharedId": element.ID}, "files": []string{file}})
	return err
}

// chooseFolder does what the dialog for folders does: WebDriver BiDi knows none.
// Firefox's own code reads the folder and puts its files, with their paths,
// into the field.
func (f *firefox) chooseFolder(field, dir string) error {
	result, err := f.call("browsingContext.getTree", map[string]any{"moz:scope": "chrome"})
	if err != nil {
		return err
	}
	var windows struct{ Contexts []struct{ Context string } }
	if err := json.Unmarshal(result, &windows); err != nil {
		return err
	}
	if len(windows.Contexts) == 0 {
		return errors.New("Firefox has no window")
	}
	address, err := f.text(`location.href`)
	if err != nil {
		return err
	}
	value, err := f.evalIn(windows.Contexts[0].Context, fmt.Sprintf(dialogJS, quote(address), quote(field), quote(dir)))
	if err != nil {
		return err
	}
	var problem string
	if err := json.Unmarshal(value.Value, &problem); err != nil || problem == "" {
		return err
	}
	return errors.New(problem)
}

// dialogJS runs in the window of Firefox, and hands a script to the page at an
// address. It gives what went wrong, or nothing.
const dialogJS = `new Promise(done => {
	const page = gBrowser.browsers.find(b => b.currentURI.spec === %s).messageManager;
	const ascii = text => JSON.stringify(text).replace(/[^ -~]/g, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
	page.addMessageListener("dossier:chosen", function chosen(m) {
		page.removeMessageListener("dossier:chosen", chosen);
		done(m.data);
	});
	page.loadFrameScript("data:,(" + encodeURIComponent(String(async function (id, path) {
		let problem = "";
		try {
			const field = content.document.getElementById(id);
			field.mozSetDirectory(path);
			const [folder] = await field.getFilesAndDirectories();
			field.mozSetFileArray(await folder.getFiles(true));
			field.dispatchEvent(new content.Event("change", { bubbles: true }));
		} catch (e) {
			problem = String(e);
		}
		sendAsyncMessage("dossier:chosen", problem);
	})) + ")(" + encodeURIComponent(ascii(%s) + "," + ascii(%s)) + ")", false);
})`

// remote is a value of the page: one that can be written, or an element.
type remote struct {
	Value json.RawMessage `json:"value"`
	ID    string          `json:"sharedId"`
}

// eval is the value of an expression on the page, or of its promise.
func (f *firefox) eval(expression string) (remote, error) { return f.evalIn(f.tab, expression) }

func (f *firefox) evalIn(browsingContext, expression string) (remote, error) {
	result, err := f.call("script.evaluate", map[string]any{
		"expression": expression, "target": map[string]any{"context": browsingContext}, "awaitPromise": true,
	})
	if err != nil {
		return remote{}, err
	}
	var r struct {
		Type             string
		Result           remote
		ExceptionDetails struct{ Text string }
	}
	if err := json.Unmarshal(result, &r); err != nil {
		return remote{}, err
	}
	if r.Type != "success" {
		return remote{}, errors.New(r.ExceptionDetails.Text)
	}
	return r.Result, nil
}
