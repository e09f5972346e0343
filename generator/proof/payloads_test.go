package proof

import (
	"encoding/json"
	"strings"
	"testing"
)

// payloads are attempts at running code, at reaching another host, at leaving
// the folder, and at upsetting whatever reads the value. A script that runs
// sets a mark in its window.
func payloads() []any {
	const mark = "window.__x=1"
	out := []any{
		// Markup.
		"<script>" + mark + "</script>", "\"><script>" + mark + "</script>", "'><script>" + mark + "</script>", "</script><script>" + mark + "</script>",
		"</title></textarea></style><script>" + mark + "</script>", "--><script>" + mark + "</script><!--", "]]><script>" + mark + "</script>",
		"<img src=x onerror=" + mark + ">", "\" onmouseover=\"" + mark, "' autofocus onfocus='" + mark, "` onload=" + mark, "x onerror=" + mark + " y",
		"<svg onload=" + mark + ">", "<svg><script>" + mark + "</script></svg>", "<math><mtext><table><mglyph><style><img title=\"</style><img src onerror=" + mark + ">\">",
		"<iframe srcdoc='<script>parent." + mark + "</script>'></iframe>", "<object data='javascript:" + mark + "'></object>", "<embed src='javascript:" + mark + "'>",
		"<base href='https://evil.example/'>", "<style>*{display:none}</style>", "\" style=\"display:none", "<link rel=stylesheet href=https://evil.example/x.css>",
		"<meta http-equiv=refresh content='0;url=https://evil.example/'>", "<form action='https://evil.example/'><button formaction='javascript:" + mark + "'>x</button></form>",
		"<details open ontoggle=" + mark + ">x</details>", "<a href='javascript:" + mark + "'>x</a>", "<template><script>" + mark + "</script></template>",
		"&lt;script&gt;" + mark + "&lt;/script&gt;", "&#60;script&#62;" + mark + "&#60;/script&#62;", "\\u003cscript\\u003e" + mark + "\\u003c/script\\u003e", "\\\";" + mark + ";//",
		// Addresses.
		"javascript:" + mark, "JaVaScRiPt:" + mark, " javascript:" + mark, "java\tscript:" + mark, "java\nscript:" + mark, "\x01javascript:" + mark, "javascript&colon;" + mark,
		"&#106;avascript:" + mark, "javascript://example.org/%0a" + mark, "data:text/html,<script>" + mark + "</script>", "data:text/html;base64,PHNjcmlwdD53aW5kb3cuX194PTE8L3NjcmlwdD4=",
		"data:image/svg+xml,<svg onload=" + mark + ">", "vbscript:" + mark, "//evil.example/x", "https://evil.example\\@example.org/", "https://user:secret@evil.example/",
		"file:///etc/passwd", "https://example.org/\"onmouseover=\"" + mark, "https://example.org/<script>" + mark + "</script>", "https://xn--80ak6aa92e.com/", "http://[::1]/",
		// Markdown.
		"[x](javascript:" + mark + ")", "[x](data:text/html,<script>" + mark + "</script>)", "![x](https://evil.example/x.png)", "<javascript:" + mark + ">", "[x]: javascript:" + mark + "\n\n[x]",
		"[[../../../etc/passwd]]", "[[base-entity|<script>" + mark + "</script>]]", "[@base-source, <script>" + mark + "</script>]", "[@base-source, \" onmouseover=\"" + mark + "]",
		"| a |\n|---|\n| <script>" + mark + "</script> |", "```html\n<script>" + mark + "</script>\n```", "x[^1]\n\n[^1]: <script>" + mark + "</script>", "# <script>" + mark + "</script>",
		strings.Repeat("> ", 2000) + "x", strings.Repeat("[", 3000), strings.Repeat("*a ", 3000), strings.Repeat("- ", 500) + "x",
		// Characters.
		"abc\u202egnp.exe", "\u2066\u2067x\u2069", "ad\u200bmin\ufeff", "\u0430pple\u0455", "a\x00b", "a\x07\x1b[31mb", "a\u2028b\u2029c", "\ufdd0\uffff", strings.Repeat("z\u0301", 500), "\u00a0", "", "   ",
		// Paths and names of devices.
		"../../../escape", "..\\..\\escape", "/etc/passwd", "C:\\Windows\\x", "\\\\host\\share", "CON", "aux.txt", "nul", "com1", ".dossier", ".htaccess", "x.", "index", "404", "a/b", "%2e%2e%2fescape", "con\u0131", "COM\u00b9",
		// Formulas, templates, formats.
		"=HYPERLINK(\"https://evil.example\",\"x\")", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "{{ 7 }}", "{{ readFile \"/etc/passwd\" }}", "{{< x >}}", "{{% x %}}", "${7*7}", "<%= 7 %>",
		"__f__function(){" + mark + "}__f__", "@fn:" + mark, "%s%n%d%!", "{Count}", "i18n|x",
		// Sizes and types.
		strings.Repeat("a", 10_000), strings.Repeat("<b>", 3000), strings.Repeat("漢", 10_000), "a " + strings.Repeat("b\n\n", 2000), strings.Repeat("9", 400), "1e999999999", "-0", "NaN", "0x7fffffffffffffff",
		"9999-12-31", "0000-00-00", "2022-02-30", "2022-01-01/1999-01-01", true, -1, 1e308, []any{}, []any{[]any{[]any{"x"}}}, map[string]any{}, map[string]any{"<script>": "<script>"},
		map[string]any{"en": "<script>" + mark + "</script>", "fr": "\"><script>" + mark + "</script>"}, nested(200),
	}
	return out
}

// nested is a list in a list in a list.
func nested(depth int) any {
	var v any = "x"
	for range depth {
		v = []any{v}
	}
	return v
}

// asJSON is a value as JSON, which is YAML too.
func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
