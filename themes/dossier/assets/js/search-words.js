/* The words of a text as the search index holds them: what generator/search/words.go and names.Key do, done again for what a reader types.
   A test holds both to the same list of cases, and to every character of Unicode. */
(function (dossier) {
  "use strict";
  var search = dossier.search = dossier.search || {};
  var longest = 48;

  var strokes = {
    "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng", "ı": "i", "ɨ": "i", "ɪ": "i", "ł": "l", "ƚ": "l", "ø": "o", "ɔ": "o", "đ": "d", "ð": "d", "ɖ": "d", "ɗ": "d",
    "ħ": "h", "ŧ": "t", "ə": "a", "ǝ": "e", "ɛ": "e", "ƒ": "f", "ɓ": "b", "ƙ": "k", "ĸ": "k", "ƴ": "y", "ƶ": "z",
  };
  var loose = {
    "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
  };
  var letter = /^\p{L}/u, number = /^\p{N}/u, mark = /^\p{M}/u, enclosing = /^\p{Me}/u, hebrew = /^[\u05d0-\u05ea]/;
  var plainLetter = /^[\u0000-\u024f\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;
  var gone = /^['`\u2018\u2019\u201b\u2032\u2035\u055a\u05f3\u05f4\u0640\u034f\u02b9-\u02c1\u02c8\u02ca\u02cb\u02ee]/;
  var unseen = /^[\p{Cf}\p{VS}]/u;
  var dense = /^[\u30fc\u3099\u309a\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  var spaceBetween = /^[\u30fc\u3099\u309a\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

  function dropped(c) { return gone.test(c) || c >= "\u0080" && unseen.test(c); }

  function caseFold(s) { return s.toLowerCase().toUpperCase().toLowerCase().replace(/ς/g, "σ"); }

  /* Whether the characters from place i on begin with a letter that stands alone, as those of initials do. */
  function initial(chars, i) {
    var c = chars[i];
    if (c === undefined || !letter.test(c) || dropped(c)) return false;
    for (i++; i < chars.length; i++) {
      c = chars[i];
      if (!mark.test(c)) return !letter.test(c) && !number.test(c) && !dropped(c);
    }
    return true;
  }

  function squeeze(s) {
    var out = "", gap = false, run = 0, isLetter = false, based = false, plain = false, afterHebrew = false, chars = Array.from(s);
    function put() {
      if (gap && out) out += " ";
      gap = false;
    }
    for (var i = 0; i < chars.length; i++) {
      var c = chars[i];
      if (dropped(c)) continue;
      if (mark.test(c)) {
        if (based && !plain && !enclosing.test(c)) out += c;
      } else if (letter.test(c) || number.test(c)) {
        put();
        isLetter = letter.test(c);
        plain = !isLetter || plainLetter.test(c);
        based = true;
        afterHebrew = hebrew.test(c);
        run++;
        out += strokes[c] || c;
      } else if (c === "." && run === 1 && isLetter && !gap && initial(chars, i + 1)) {
        run = 0;
      } else if (c === '"' && afterHebrew && !gap && i + 1 < chars.length && hebrew.test(chars[i + 1])) {
        continue;
      } else {
        if (c === "&") {
          gap = true;
          put();
          out += "and";
        }
        gap = true;
        based = false;
        run = 0;
      }
    }
    return out;
  }

  function closeUp(s) {
    var parts = s.split(" "), out = parts[0];
    for (var i = 1; i < parts.length; i++) {
      var before = Array.from(parts[i - 1]).pop() || "";
      out += (spaceBetween.test(before) && spaceBetween.test(parts[i]) ? "" : " ") + parts[i];
    }
    return out;
  }

  function loosen(c) {
    var n = c.codePointAt(0);
    if (n < 0x591) return c;
    if ((n <= 0x5c7 || n >= 0x610 && n <= 0x61a || n >= 0x64b && n <= 0x65f || n === 0x670 || n >= 0x6d6 && n <= 0x6ed) && mark.test(c)) return "";
    if (n >= 0x660 && n <= 0x669) return String(n - 0x660);
    if (n >= 0x6f0 && n <= 0x6f9) return String(n - 0x6f0);
    if (n >= 0x30a1 && n <= 0x30f6) return String.fromCharCode(n - 0x60);
    return loose[c] || c;
  }

  function fold(s) {
    s = s.replace(/´/g, "'").replace(/[™℠]/g, " ").replace(/゛/g, "\u3099").replace(/゜/g, "\u309a");
    s = squeeze(caseFold(s.normalize("NFKD")).normalize("NFKD")).normalize("NFC");
    return Array.from(closeUp(s), loosen).join("");
  }

  function words(text, index) {
    var out = [];
    fold(text).split(" ").forEach(function (word) {
      var chars = Array.from(word), start = 0, i;
      function run(from, to) {
        if (from === to) return;
        var part = chars.slice(from, to);
        if (!dense.test(part[0])) {
          if (part.length >= 5 && part[0] === "ا" && part[1] === "ل") part = part.slice(2);
          out.push(part.slice(0, longest).join(""));
          return;
        }
        for (var k = 0; k + 1 < part.length; k++) out.push(part[k] + part[k + 1]);
        if (index || part.length === 1) out.push(part[part.length - 1]);
      }
      for (i = 1; i < chars.length; i++) {
        if (dense.test(chars[i]) !== dense.test(chars[i - 1])) {
          run(start, i);
          start = i;
        }
      }
      run(start, chars.length);
    });
    return out;
  }

  search.isDense = function (c) { return dense.test(c); };
  search.words = function (text) { return words(text, true); };
  search.queryWords = function (text) { return words(text, false); };
})(window.Dossier = window.Dossier || {});
