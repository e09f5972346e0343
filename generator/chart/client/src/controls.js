// Buttons of a chart: zoom, and series to show and hide.

function button(text, click) {
  const b = document.createElement('button');
  b.type = 'button';
  b.textContent = text;
  b.addEventListener('click', () => { if (b.getAttribute('aria-disabled') !== 'true') click(); });
  return b;
}

function group(label) {
  const g = document.createElement('div');
  g.setAttribute('role', 'group');
  if (label) g.setAttribute('aria-label', label);
  return g;
}

// ZoomButtons: a button without a word is left out.
export class ZoomButtons {
  constructor(words, zoom) {
    this.zoom = zoom;
    this.element = group(words.get('tools'));
    this.element.className = 'ch-zoom';
    this.buttons = [
      ['zoomIn', () => zoom.by(0.6), () => zoom.closest], ['zoomOut', () => zoom.by(1 / 0.6), () => zoom.whole],
      ['back', () => zoom.move(-0.5), () => zoom.atStart], ['forward', () => zoom.move(0.5), () => zoom.atEnd], ['reset', () => zoom.all(), () => zoom.whole],
    ].filter(([key]) => words.get(key)).map(([key, click, done]) => [this.element.appendChild(button(words.get(key), click)), done]);
    this.update();
  }

  // A button that can do nothing keeps the focus, so it is not disabled but says that it is.
  update() {
    for (const [b, done] of this.buttons) b.setAttribute('aria-disabled', String(done()));
  }
}

// Legend turns the entries of the key that name a series into buttons, or makes a list of its own where series stand together.
export class Legend {
  constructor(figure, words, names, together, toggle) {
    this.undo = [];
    this.swatches = new Map();
    this.own = null;
    const seriesOf = li => li.dataset.series || li.textContent.trim();
    const keyed = [...figure.querySelectorAll('.key li')].filter(li => names.includes(seriesOf(li)));
    if (keyed.length) {
      keyed.forEach(li => {
        const b = this.make(seriesOf(li), '', toggle);
        b.append(...li.childNodes);
        li.append(b);
        this.undo.push(() => { if (b.parentNode === li) { li.append(...b.childNodes); b.remove(); } });
      });
    } else if (names.length > 1 && together && words.get('series')) {
      this.own = group(words.get('series'));
      this.own.className = 'ch-series';
      for (const name of names) {
        const b = this.make(name, name, toggle);
        const swatch = document.createElement('canvas');
        swatch.className = 'sw';
        swatch.setAttribute('aria-hidden', 'true');
        b.prepend(swatch);
        this.swatches.set(name, swatch);
        this.own.append(b);
      }
    }
  }

  make(name, text, toggle) {
    const b = button(text, () => b.setAttribute('aria-pressed', String(toggle(name))));
    b.className = 'ch-toggle';
    b.setAttribute('aria-pressed', 'true');
    return b;
  }

  remove() {
    this.undo.forEach(fn => fn());
    if (this.own) this.own.remove();
  }
}

// drawSwatch shows what a series looks like: a line, a field, or (round) a mark. style: {fill, stroke, lineDash} as a palette gives it, fill may be a tile.
export function drawSwatch(canvas, line, style) {
  const ratio = Math.max(1, Math.ceil(devicePixelRatio || 1)), g = canvas.getContext('2d');
  canvas.width = 24 * ratio;
  canvas.height = 12 * ratio;
  g.scale(ratio, ratio);
  g.setLineDash(style.lineDash || []);
  if (line) {
    g.strokeStyle = style.stroke;
    g.lineWidth = 3;
    g.beginPath();
    g.moveTo(0, 6);
    g.lineTo(24, 6);
    g.stroke();
    return;
  }
  if (style.round) {
    g.strokeStyle = style.stroke;
    g.lineWidth = 1.7;
    g.beginPath();
    g.arc(12, 6, 4.6, 0, 7);
    g.stroke();
    return;
  }
  const tile = style.fill && style.fill.image;
  if (tile) {
    const pattern = g.createPattern(tile, 'repeat');
    pattern.setTransform(new DOMMatrix().scaleSelf(style.fill.scaleX, style.fill.scaleY));
    g.fillStyle = pattern;
  } else if (style.fill && style.fill !== 'none') {
    g.fillStyle = style.fill;
  }
  if (style.fill && style.fill !== 'none') g.fillRect(2, 1, 20, 10);
  if (style.stroke && style.stroke !== 'none') {
    g.strokeStyle = style.stroke;
    g.lineWidth = 1.2;
    g.strokeRect(2.6, 1.6, 18.8, 8.8);
  }
}
