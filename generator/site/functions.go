package site

import "strings"

// functionNames are the functions and namespaces of templates: Hugo's and Go's.
// Hugo would find an unknown one too, but name a wrong place, and leave some
// of itself running. A test compares the list with Hugo's.
const functionNames = `
	absLangURL absURL add after anchorize and append apply babel base64Decode base64Encode call cast
	chomp collections compare complement cond countrunes countwords crypto css dateFormat debug default
	delimit diagrams dict div duration emojify encoding eq errorf erroridf fileExists findRE
	findRESubmatch fingerprint first float fmt ge getenv group gt hash hasPrefix hasSuffix highlight
	hmac html htmlEscape htmlUnescape hugo humanize i18n imageConfig images in index inflect inner int
	intersect isSet isset js jsonify keyVals lang last le len lower lt markdownify math md5 merge minify
	mod modBool mul ne newScratch not now openapi3 or os page partial partialCached partials path
	plainify pluralize postCSS pow print printf println querify readDir readFile ref reflect relLangURL
	relref relURL replace replaceRE resources return safe safeCSS safeHTML safeHTMLAttr safeJS safeJSStr
	safeURL seq sha1 sha256 shuffle singularize site slice slicestr sort split string strings sub substr
	symdiff T templates time title toCSS transform trim truncate try union uniq unmarshal upper urlize
	urlquery urls warnf warnidf where xxhash
`

// functions are the names as a set, and in order.
func functions() (map[string]bool, []string) {
	list := strings.Fields(functionNames)
	set := make(map[string]bool, len(list))
	for _, name := range list {
		set[name] = true
	}
	return set, list
}
