// Text on a canvas: how wide it is, and how it is broken into lines.

const pen = document.createElement('canvas').getContext('2d');

// textWidth is in units of the chart; weight is a number as text, or empty.
export function textWidth(text, font, weight = '') {
  pen.font = (weight && weight + ' ') + '12px ' + font;
  return pen.measureText(text).width;
}

const wide = /[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/;

// wrap breaks a text after spaces, hyphens and wide characters into so many lines at most; the last one is cut.
export function wrap(text, font, room, lines, weight = '') {
  const out = [];
  let rest = text.trim();
  while (out.length < lines - 1 && textWidth(rest, font, weight) > room) {
    let end = 0, at = 0, before = '';
    for (const c of rest) {
      if (at > 0 && (c === ' ' || before === '-' || wide.test(before))) end = at;
      if (textWidth(rest.slice(0, at) + c, font, weight) > room) break;
      before = c;
      at += c.length;
    }
    if (!end) break; // one long word
    out.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  if (textWidth(rest, font, weight) > room) {
    let shown = [...rest];
    while (shown.length > 1 && textWidth(shown.join('') + '\u2026', font, weight) > room) shown = shown.slice(0, -1);
    rest = shown.join('').trim() + '\u2026';
  }
  return out.concat(rest);
}
