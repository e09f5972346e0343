package output

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// stateDir is the folder in the output that holds the manifest. It is not a
// part of the site.
const stateDir = ".dossier"

// checkName says why a path cannot be a file of a site on every system that
// may have to hold it.
func checkName(name string) error {
	switch {
	case name == "":
		return errors.New("the path is empty")
	case !utf8.ValidString(name):
		return errors.New("the path is not UTF-8")
	case len(name) > 1000:
		return errors.New("the path is longer than 1000 bytes")
	case strings.HasPrefix(name, "/"):
		return errors.New("the path is absolute")
	case strings.Contains(name, `\`):
		return errors.New("the path has a backslash")
	}
	for i, part := range strings.Split(name, "/") {
		if err := checkPart(part); err != nil {
			return err
		}
		if i == 0 && strings.EqualFold(part, stateDir) {
			return errors.New("the folder " + stateDir + " is dossier's own")
		}
	}
	return nil
}

func checkPart(part string) error {
	switch {
	case part == "":
		return errors.New("the path has an empty part")
	case part == "." || part == "..":
		return errors.New("the path has a part " + strconv.Quote(part))
	case len(part) > 255:
		return errors.New("a part of the path is longer than 255 bytes")
	case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || strings.HasPrefix(part, " "):
		return errors.New("a part of the path begins or ends with a space, or ends with a full stop")
	case reserved(part):
		return errors.New(strconv.Quote(part) + " is a reserved name on Windows")
	}
	for _, r := range part {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '.' {
			continue
		}
		if strings.ContainsRune(`<>:"|?*`, r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs) {
			return errors.New("the path has the character " + strconv.QuoteRune(r))
		}
	}
	return nil
}

// reserved reports the device names of Windows, which name no file with any
// extension (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
func reserved(part string) bool {
	stem, _, _ := strings.Cut(part, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	for _, device := range []string{"COM", "LPT"} {
		if rest, ok := strings.CutPrefix(stem, device); ok && utf8.RuneCountInString(rest) == 1 && strings.Contains("0123456789¹²³", rest) {
			return true
		}
	}
	return false
}

// names are the paths of a site and of the folders above them, by their case
// folded.
type names map[string]spelled

type spelled struct {
	name string
	dir  bool
}

// add notes a file. When it cannot stand beside another path, that path is
// returned with the reason.
func (n names) add(name string) (other, why string) {
	if was, ok := n[fold(name)]; ok {
		if was.name == name {
			return was.name, "one is a folder"
		}
		return was.name, "they differ only by case"
	}
	for dir := parentOf(name); dir != ""; dir = parentOf(dir) {
		was, ok := n[fold(dir)]
		switch {
		case !ok:
			continue
		case was.name != dir:
			return was.name, "they differ only by case"
		case !was.dir:
			return was.name, "one is a folder"
		}
		break
	}
	n[fold(name)] = spelled{name: name}
	for dir := parentOf(name); dir != ""; dir = parentOf(dir) {
		if _, ok := n[fold(dir)]; ok {
			break
		}
		n[fold(dir)] = spelled{name: dir, dir: true}
	}
	return "", ""
}

// fold maps paths that a file system without case takes for one to one key.
func fold(name string) string {
	ascii := true
	for i := 0; i < len(name); i++ {
		if name[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(name)
	}
	return strings.Map(func(r rune) rune {
		least := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		return unicode.ToLower(least)
	}, name)
}

// parentOf is the folder above a path, "" for the output folder.
func parentOf(name string) string {
	return name[:max(0, strings.LastIndexByte(name, '/'))]
}

func stateName(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return name != "" && name != manifestName && name != markerName
}

func quote(s string) string { return strconv.Quote(s) }
