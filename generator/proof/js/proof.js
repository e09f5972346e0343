// What the tests ask of a page. Each test call evaluates this file in the page and calls one of its functions.
"use strict";

/** A short selector that a person finds an element by. */
function where(el) {
  const parts = [];
  for (let e = el; e && e !== document.documentElement; e = e.parentElement) {
    if (e.id) {
      parts.unshift("#" + e.id);
      break;
    }
    parts.unshift(e.localName + [...e.classList].map(c => "." + c).join(""));
    if (parts.length === 3) break;
  }
  return parts.join(" > ");
}

/** The beginning of a text. */
function begin(text) {
  text = text.trim().replace(/\s+/g, " ");
  return text.length > 40 ? text.slice(0, 40) + "…" : text;
}

/** Keeps one line for each place, with how often it came up, and at most ten. */
function list(lines) {
  const count = new Map();
  for (const l of lines) count.set(l, (count.get(l) ?? 0) + 1);
  const out = [...count].map(([l, n]) => n > 1 ? l + " (" + n + " times)" : l);
  return out.length > 10 ? [...out.slice(0, 10), "and " + (out.length - 10) + " more"] : out;
}

function shown(el) {
  return el.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true, opacityProperty: true });
}

/** All text nodes with something in them that a person can see. */
function* texts(root = document.body) {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    if (n.data.trim() && !n.parentElement.closest("script, style, template") && shown(n.parentElement)) yield n;
  }
}

/** Whether an element is drawn at no size, for screen readers only. known keeps what was found out. */
function hiddenForEyes(el, known) {
  if (!el) return false;
  if (!known.has(el)) {
    const s = getComputedStyle(el);
    known.set(el, s.clipPath !== "none" || s.overflow !== "visible" && el.clientWidth <= 1 && el.clientHeight <= 1 || hiddenForEyes(el.parentElement, known));
  }
  return known.get(el);
}

/* ---- room */

/** What does not fit the width of the window: nothing may scroll sideways, stick out or be cut off. */
function overflow() {
  const out = [], known = new Map(), root = document.scrollingElement, width = root.clientWidth;
  if (root.scrollWidth > width) out.push("scrolls sideways");
  const check = (el, rects, what) => {
    for (const r of rects) {
      if (r.width < 1 || r.height < 1) continue;
      if (r.right > width + 1 || r.left < -1) {
        out.push(what + " sticks out: " + where(el));
        return true;
      }
    }
    return false;
  };
  for (const el of document.body.querySelectorAll("*")) {
    if (el.closest("svg") && el.localName !== "svg" || !shown(el) || hiddenForEyes(el, known)) continue;
    if (check(el, el.getClientRects(), "element")) continue;
    // What an element cuts off, or lets scroll without a way to get there, is lost.
    const s = getComputedStyle(el);
    if (el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 1 && s.display !== "inline") {
      // What is drawn smaller than it is laid out fits, and scrollWidth does not know it.
      const inside = document.createRange(), box = el.getBoundingClientRect();
      inside.selectNodeContents(el);
      const fits = Array.from(inside.getClientRects()).every(r => r.left >= box.left - 1 && r.right <= box.right + 1);
      if (s.overflowX === "hidden" || s.overflowX === "clip") {
        if (!fits) out.push("cut off at the side: " + where(el));
      } else if (s.overflowX !== "visible" && el.tabIndex < 0) out.push("scrolls, but not by keyboard: " + where(el));
    }
  }
  for (const n of texts()) {
    if (hiddenForEyes(n.parentElement, known)) continue;
    const range = document.createRange();
    range.selectNodeContents(n);
    const rects = range.getClientRects();
    if (check(n.parentElement, rects, "text “" + begin(n.data) + "”")) continue;
    // Text may not run out of its cell into the next one.
    const cell = n.parentElement.closest("td, th, dd, dt, li, p, h1, h2, h3, h4, figcaption");
    if (!cell || getComputedStyle(cell).display === "inline" || getComputedStyle(cell).display === "contents") continue;
    const box = cell.getBoundingClientRect();
    for (const r of rects) {
      if (r.width > 1 && (r.right > box.right + 3 || r.left < box.left - 3)) {
        out.push("text “" + begin(n.data) + "” runs out of " + where(cell));
        break;
      }
    }
  }
  return list(out);
}

/* ---- accessibility */

/** Runs axe-core, which must have been loaded. */
async function runAxe() {
  const result = await axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "target-size": { enabled: true } },
    preload: false,
  });
  return list(result.violations.flatMap(v => v.nodes.map(n =>
    v.id + ": " + v.help + ": " + n.target.join(" ") + (n.any[0]?.data?.contrastRatio ? " (" + n.any[0].data.contrastRatio + ":1)" : ""))));
}

/* ---- keyboard */

/** The elements that Tab must reach, in the order of the document. */
function tabStops() {
  const out = [];
  for (const el of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], audio[controls], video[controls]")) {
    if (el.tabIndex < 0 || el.disabled || el.closest("[inert]") || el.closest("fieldset:disabled") || !el.checkVisibility({ visibilityProperty: true })) continue;
    if (el.localName === "summary" && el.parentElement.querySelector("summary") !== el) continue;
    if (el.type === "radio" && el.name && document.querySelector(`input[name="${CSS.escape(el.name)}"]:checked`) !== el) continue;
    out.push(el);
  }
  return out;
}

function luminance(color) {
  const m = color.match(/[\d.]+/g).map(Number);
  const [r, g, b] = m.slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}

/** The colour behind an element. */
function paper(el) {
  for (let e = el; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    const alpha = c.startsWith("rgba") ? Number(c.match(/[\d.]+/g)[3]) : 1;
    if (alpha > 0.5) return c;
  }
  return "rgb(255, 255, 255)";
}

/** Begins a walk: window.dossierProof.step() then notes what has the focus and how that looks. Gives the number of stops. */
function startWalk() {
  const stops = tabStops(), seen = [];
  window.dossierProof = {
    stops, seen,
    step() { seen.push(focusState(document.activeElement, stops.indexOf(document.activeElement))); },
    jump(i) {
      stops[i].focus();
      seen.push({ jump: true, index: i });
    },
  };
  return stops.length;
}

function focusState(el, index) {
  const s = getComputedStyle(el), problems = [];
  const rects = [...el.getClientRects()].filter(r => r.width > 0 && r.height > 0);
  const inside = rects.filter(r => r.right > 0 && r.left < innerWidth && r.bottom > 0 && r.top < innerHeight);
  if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) problems.push("has no outline");
  else if (contrast(s.outlineColor, paper(el.parentElement ?? el)) < 3) problems.push("has an outline of too little contrast");
  if (!inside.length) problems.push("is out of the window");
  else if (!inside.some(r => {
    const x = Math.min(Math.max(r.left + r.width / 2, 1), innerWidth - 1), y = Math.min(Math.max(r.top + r.height / 2, 1), innerHeight - 1);
    const at = document.elementFromPoint(x, y);
    return at && (el.contains(at) || at.contains(el));
  })) problems.push("is covered");
  const r = el.getBoundingClientRect();
  return {
    index, name: where(el) + " “" + begin(el.textContent) + "”", problems,
    left: r.left + scrollX, right: r.right + scrollX, top: r.top + scrollY, bottom: r.bottom + scrollY,
  };
}

/** What was wrong on the walk, which left out the stops between two numbers, and took one step more than there are stops. */
function walked(from, to) {
  const { stops, seen } = window.dossierProof, out = [], rtl = getComputedStyle(document.body).direction === "rtl";
  const reached = new Set(seen.map(s => s.index));
  stops.forEach((el, i) => { if (!reached.has(i) && !(i >= from && i < to)) out.push("Tab does not reach " + where(el) + " “" + begin(el.textContent) + "”"); });
  const last = seen.pop();
  if (last && last.index === stops.length - 1 && stops.length > 1) out.push("Tab does not leave " + last.name);
  seen.forEach((s, i) => {
    if (s.jump) return;
    if (s.index < 0) {
      out.push("Tab comes to " + s.name + ", which is no control");
      return;
    }
    for (const p of s.problems) out.push("focus on " + s.name + " " + p);
    const before = i ? seen[i - 1] : { index: -1 };
    if (s.index !== before.index + 1) out.push("Tab goes from " + (before.name ?? "elsewhere") + " to " + s.name);
    if (!before.name) return;
    // Going up is for the next column only, which is further on in the reading direction.
    const back = rtl ? s.right > before.left + 1 : s.left < before.right - 1;
    if (s.bottom <= before.top && back) out.push("focus jumps up from " + before.name + " to " + s.name);
  });
  if (document.querySelector("[tabindex]:not([tabindex='0']):not([tabindex='-1'])")) out.push("a tabindex is positive");
  return list(out);
}

/** What is wrong with the skip link, which must have the focus. */
function onSkipLink() {
  const el = document.activeElement, out = [];
  if (el?.localName !== "a" || !el.getAttribute("href").startsWith("#")) return ["Tab does not come to a skip link first, but to " + where(el)];
  const target = document.querySelector(el.getAttribute("href"));
  if (!target || target.localName !== "main") out.push("the skip link does not lead to main");
  const r = el.getBoundingClientRect();
  if (r.width < 24 || r.height < 16 || r.top < 0 || r.left < 0 || r.bottom > innerHeight || r.right > innerWidth) out.push("the skip link cannot be seen when it has the focus");
  return out;
}

/** What is wrong after the skip link was followed and Tab pressed. */
function afterSkip() {
  const main = document.querySelector("main"), el = document.activeElement;
  const first = tabStops().find(e => main.contains(e) || main.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
  return el === first ? [] : ["after the skip link Tab comes to " + where(el) + ", not to " + (first ? where(first) : "nothing")];
}

/* ---- without JavaScript, and in print */

/** The text that a person reads, piece by piece, without that of controls and of tools that only a script can be. The key of a chart is read, whether or not it can
 * be pressed; its drawing gives way to one that answers, whose words TestAlike of chart/client compares. */
function reading() {
  return [...texts()].filter(n => !n.parentElement.closest("button:not(.key .ch-toggle), .ch-box svg, fieldset, form, canvas, noscript, [data-tool]")).map(n => n.data.trim().replace(/\s+/g, " "));
}

/** All addresses of links, in order. */
function addresses() {
  return [...document.links].filter(a => a.checkVisibility()).map(a => a.getAttribute("href"));
}

/** A link in the page's text to another page of the site, and where to click on it. */
function nextPage() {
  for (const a of document.querySelectorAll("main a[href]")) {
    if (a.origin !== location.origin || a.protocol !== location.protocol || a.pathname === location.pathname || !shown(a)) continue;
    a.scrollIntoView({ block: "center" });
    const r = a.getClientRects()[0];
    if (r) return { x: r.left + r.width / 2, y: r.top + r.height / 2, href: a.href };
  }
  throw new Error("no link leads on");
}

/** What is wrong with the page on paper. facts are words, and dates that stand in <time>, that must be there. */
function printed(words, dates) {
  const out = [];
  for (const n of texts()) {
    const el = n.parentElement, text = "“" + begin(n.data) + "” in " + where(el);
    if (el.closest("nav, button:not(.ch-toggle), .skip, [role=search], [role=navigation], input, select")) out.push("navigation is printed: " + text); // the key of a chart stays, and its words with it
    else if (!el.closest("svg") && contrast(getComputedStyle(el).color, paper(el)) < 4.5) out.push("hard to read in print: " + text);
  }
  const ground = paper(document.body);
  if (luminance(ground) < 0.95) out.push("the paper is " + ground);
  if (getComputedStyle(document.documentElement).colorScheme.includes("dark")) out.push("the colour scheme is " + getComputedStyle(document.documentElement).colorScheme);
  const foot = document.querySelector("body > footer");
  const said = foot && shown(foot) ? foot.innerText.replace(/\s+/g, " ") : "";
  for (const w of words) if (!said.includes(w)) out.push("the foot does not say “" + w + "”");
  for (const d of dates) if (![...(foot?.querySelectorAll("time") ?? [])].some(t => t.dateTime === d && shown(t))) out.push("the foot does not give the date " + d);
  return list(out);
}

/* ---- type */

/** Whether a character is drawn in a style as a box for want of a glyph. */
function tofu(char, font, lang) {
  const draw = c => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 48, height: 48, lang });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.font = "32px " + font;
    pen.fillText(c, 4, 38);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const drawn = draw(char);
  return drawn === draw("\u{10FFFD}") || drawn === draw("\u{E123}") || drawn === draw(" ");
}

/** Fonts of the page that failed or that were never asked for, though text is set in them. */
async function fonts() {
  await document.fonts.ready;
  const out = [], used = new Set();
  for (const n of texts()) used.add(getComputedStyle(n.parentElement).fontFamily.split(",")[0].replaceAll('"', ""));
  const faces = [...document.fonts];
  for (const f of faces) if (f.status === "error") out.push("font " + f.family + " " + f.style + " cannot be loaded");
  const own = new Set(faces.map(f => f.family.replaceAll('"', "")));
  if (own.size < 2) out.push("the page has " + own.size + " fonts of its own");
  for (const family of own) {
    if (!used.has(family)) continue;
    if (!faces.some(f => f.family.replaceAll('"', "") === family && f.status === "loaded")) out.push("font " + family + " is not loaded");
    if (!document.fonts.check(`17px "${family}"`, "Abc 123")) out.push("font " + family + " has no Latin letters");
  }
  if (![...used].some(f => own.has(f))) out.push("no text is set in a font of the page");
  return list(out);
}
