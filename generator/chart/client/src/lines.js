// How a text is broken into lines. The twin of the functions in package chart, so that both drawings break alike: what a text is wide is estimated, in
// hundredths of an em, and rather too wide than too narrow.
const ascii = [ // from the space on
  26, 28, 40, 55, 53, 82, 63, 24, 31, 31, 42, 55, 26, 32, 26, 35, 53, 53, 53, 53, 53, 53, 53, 53,
  53, 53, 28, 28, 55, 55, 55, 46, 85, 58, 60, 59, 64, 54, 52, 64, 66, 28, 52, 60, 50, 82, 65, 67,
  58, 67, 59, 55, 54, 65, 57, 82, 55, 53, 55, 31, 35, 31, 55, 50, 32, 52, 56, 47, 56, 52, 32, 53,
  56, 26, 27, 52, 27, 84, 56, 55, 56, 56, 36, 46, 35, 56, 50, 75, 49, 50, 46, 31, 27, 31, 55,
];
const none = /[\p{Mn}\p{Me}\u061c\u200b\u200e\u200f\u2060\ufeff]/u;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{10ffff}]/u;
const thin = /[\u00a0\u202f\u2009\u2019\u2018\u00b7]/;

function advance(c) {
  const code = c.codePointAt(0);
  if (code < 128) return ascii[code - 32] || 0;
  return none.test(c) ? 0 : wide.test(c) ? 100 : thin.test(c) ? 26 : 58;
}

// estimate is how wide a text is, in units.
export const estimate = text => [...text].reduce((sum, c) => sum + advance(c), 0) * 0.12;

// fit cuts a text that has no room.
function fit(text, room) {
  if (!text || estimate(text) <= room) return text;
  let width = advance('\u2026') * 0.12, end = 0;
  for (const c of text) {
    width += advance(c) * 0.12;
    if (width > room) break;
    end += c.length;
  }
  return text.slice(0, end).replace(/[ ,;:.\u00b7]+$/, '') + '\u2026';
}

const letter = /[\p{L}\u200e\u200f]/u, fromRight = /[\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

// written gives a line as it stands in a drawing, which runs from left to right: what begins in a script that does not is set apart, so that its words and
// numbers keep their order.
export function written(text) {
  const first = letter.exec(text);
  return first && fromRight.test(first[0]) ? '\u2067' + text + '\u2069' : text;
}

// wrap breaks a text after spaces, hyphens and wide characters into so many lines at most; the last one is cut.
export function wrap(text, room, lines) {
  const out = [];
  let rest = text;
  while (out.length < lines - 1 && estimate(rest) > room) {
    let width = 0, end = 0, at = 0, before = '';
    for (const c of rest) {
      if (at > 0 && (c === ' ' || before === '-' || wide.test(before))) end = at;
      width += advance(c) * 0.12;
      if (width > room) break;
      before = c;
      at += c.length;
    }
    if (!end) break; // one long word
    out.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return out.concat(fit(rest, room));
}
