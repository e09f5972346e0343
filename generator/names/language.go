package names

import (
	"errors"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language is the canonical form of a BCP 47 language tag (RFC 5646) whose
// every part is in the IANA registry as golang.org/x/text knows it: "ZH-cn" is
// "zh-CN", the withdrawn "iw" is "he". A tag of private use alone, or with a
// region of private use, is not known to anyone and refused.
//
// The error is an *Error, whose hint knows underscores, countries mistaken for
// languages ("cn" is "zh") and English names of languages.
func Language(tag string) (canonical string, err error) {
	t := strings.TrimSpace(tag)
	e := &Error{Scheme: "language", Value: tag}
	if t == "" {
		e.Msg = "the language tag is empty"
		return "", e
	}
	parsed, err := language.Parse(t)
	var unknown language.ValueError
	switch {
	case errors.As(err, &unknown) && strings.EqualFold(unknown.Subtag(), t):
		e.Msg = "unknown language " + quote(t)
	case errors.As(err, &unknown):
		e.Msg = "unknown part " + quote(unknown.Subtag()) + " in the language tag " + quote(t)
	case err != nil:
		e.Msg = quote(t) + " is not a language tag"
	case strings.Contains(t, "_"):
		e.Msg = "the language tag " + quote(t) + " has an underscore"
		e.Hint = use(parsed.String())
		return "", e
	case parsed.IsRoot() && !strings.EqualFold(t, "und"), strings.HasPrefix(parsed.String(), "x-"):
		e.Msg = "the language tag " + quote(t) + " names no language"
	case privateRegion(parsed):
		e.Msg = "the language tag " + quote(t) + " has a region of private use"
	default:
		return parsed.String(), nil
	}
	e.Hint = languageHint(t)
	return "", e
}

func privateRegion(tag language.Tag) bool {
	_, _, region := tag.Raw()
	code := region.String()
	return region.IsPrivateUse() && code != "XK" && code != "ZZ"
}

// languageHint says what to write instead of a tag that is refused, if that is
// known.
func languageHint(t string) string {
	if len(t) > 60 {
		return ""
	}
	if lang := languageAlias(Key(t)); lang != "" {
		return use(lang)
	}
	base, rest, cut := strings.Cut(strings.ReplaceAll(t, "_", "-"), "-")
	if lang := languageAlias(strings.ToLower(base)); lang != "" && cut {
		if canonical, err := language.Parse(lang + "-" + rest); err == nil {
			return use(canonical.String())
		}
		return use(lang)
	}
	if len(t) < 4 {
		return ""
	}
	key, english := Key(t), display.English.Languages()
	for _, tag := range display.Values.Tags() {
		if Key(english.Name(tag)) == key {
			return use(tag.String())
		}
	}
	return ""
}

// languageAlias knows the Key of what is written for a language by mistake:
// its country's code, where that is no language itself, and everyday names.
func languageAlias(key string) string {
	switch key {
	case "cn", "mandarin", "putonghua", "hans", "zhs":
		return "zh"
	case "simplified chinese", "chinese simplified":
		return "zh-Hans"
	case "traditional chinese", "chinese traditional", "hant", "zht":
		return "zh-Hant"
	case "hk":
		return "zh-HK"
	case "jp":
		return "ja"
	case "ua":
		return "uk"
	case "gr":
		return "el"
	case "cz":
		return "cs"
	case "dk":
		return "da"
	case "by":
		return "be"
	case "us", "gb":
		return "en"
	case "ir", "farsi":
		return "fa"
	case "il":
		return "he"
	case "vn":
		return "vi"
	case "rs":
		return "sr"
	case "eg", "sy", "iq":
		return "ar"
	case "mx", "sp", "castilian":
		return "es"
	case "at":
		return "de"
	case "pk":
		return "ur"
	case "kz":
		return "kk"
	case "filipino", "tagalog":
		return "fil"
	}
	return ""
}
