// One chart of the page: its canvas over the SVG, and what a reader can do with it.
import {Legend, ZoomButtons, drawSwatch} from './controls.js';
import {echarts} from './echarts.js';
import {Formats} from './formats.js';
import {Model} from './model.js';
import {canZoom, check, compose, narrowest, together, toggled, valueOf, xAxes} from './options.js';
import {wrap, written} from './lines.js';
import {list, named} from './values.js';
import {Palette} from './palette.js';
import {Reading} from './reading.js';
import {Zoom} from './zoom.js';

const still = matchMedia('(prefers-reduced-motion: reduce)');
const narrow = '[data-for="narrow"]';

function element(name, className, attributes = {}) {
  const e = document.createElement(name);
  e.className = className;
  for (const key of Object.keys(attributes)) e.setAttribute(key, attributes[key]);
  return e;
}

export class Chart {
  // It throws when the figure is not a chart of ours; the page is then as it was.
  constructor(figure, words) {
    this.figure = figure;
    this.words = words;
    this.box = figure.querySelector('.ch-box');
    this.blocks = [...figure.querySelectorAll('script.ch-options')];
    this.hidden = [];
    const chart = this;
    this.state = {get window() { return chart.zoom.window; }, get hidden() { return chart.hidden; }, get width() { return chart.size.width; }}; // axes ask again after every zoom
    const titled = figure.closest('[lang]');
    this.formats = new Formats(titled ? titled.lang : '');
    this.read();
    this.makeControls();
  }

  // shown is the drawing that is shown now.
  shown() {
    const all = [...this.box.querySelectorAll('svg.ch')];
    return all.find(svg => getComputedStyle(svg).display !== 'none') || all[0];
  }

  // read takes the options for the drawing that is shown now.
  read() {
    this.svg = this.shown();
    const small = this.svg.classList.contains('ch-narrow');
    const wide = this.blocks.find(b => !b.matches(narrow)), other = this.blocks.find(b => b.matches(narrow));
    const raw = {...JSON.parse(wide.textContent), ...(small && other ? JSON.parse(other.textContent) : {})};
    check(raw);
    this.raw = raw;
    this.size = this.svg.viewBox.baseVal;
    this.model = new Model(raw, this.formats, this.words);
    this.reading = new Reading(this.model);
  }

  // makeControls adds the row of buttons at once, so that nothing moves when the chart comes alive.
  makeControls() {
    const {words} = this;
    this.tools = element('div', 'ch-tools');
    this.zoom = new Zoom(window => this.act({type: 'dataZoom', start: window[0], end: window[1]}), () => this.zoomed(), narrowest(this.raw));
    if (canZoom(this.raw)) {
      this.buttons = new ZoomButtons(words, this.zoom);
      if (this.buttons.buttons.length) this.tools.append(this.buttons.element);
    }
    this.legend = new Legend(this.figure, words, toggled(this.raw), together(this.raw), name => this.toggle(name));
    if (this.legend.own) this.tools.prepend(this.legend.own);
    if (this.tools.firstChild) this.box.after(this.tools);
    if (this.legend.swatches.size) this.drawSwatches(new Palette(this.figure)); // before the chart comes alive, for the eye is there first
  }

  // hydrate draws the canvas. The SVG stays where it is, out of sight, with its title and description.
  hydrate() {
    if (this.instance || this.failed) return;
    try {
      this.live = element('div', 'ch-live', {tabindex: '0', role: 'application', 'aria-label': this.label(), 'aria-describedby': this.hintId()});
      this.canvas = element('div', 'ch-canvas', {'aria-hidden': 'true'});
      this.hint = element('p', '', {id: this.hintId(), hidden: ''});
      this.hint.textContent = this.live.dataset.hint = this.words.get(this.buttons ? 'hintZoom' : 'hint');
      this.voice = element('p', 'vh', {'aria-live': 'polite', 'aria-atomic': 'true'});
      this.live.append(this.canvas);
      this.box.append(this.live, this.hint, this.voice);
      this.open();
      if (this.failed) return;
      this.listen();
      this.box.classList.add('is-live');
    } catch (e) {
      this.fail(e);
    }
  }

  // open lays a canvas with the units of the SVG over it, as large as the SVG, so that margins and type are the same in both.
  open() {
    const {width, height} = this.size, ratio = window.devicePixelRatio || 1;
    if (this.instance) this.instance.dispose();
    this.scale = this.svg.getBoundingClientRect().width / width || 1;
    // The canvas has whole pixels, each of which is one of the screen: it would be blurred otherwise.
    const pixels = Math.max(1, Math.round(width * this.scale * ratio)), dense = pixels / width, high = Math.round(height * dense) / dense;
    Object.assign(this.canvas.style, {width: width + 'px', height: high + 'px', transform: 'scale(' + dense / ratio + ')', transformOrigin: '0 0'});
    this.instance = echarts.init(this.canvas, null, {renderer: 'canvas', width, height: high, devicePixelRatio: dense * (1 + 1e-6)});
    this.instance.on('datazoom', event => {
      const e = event.batch ? event.batch[0] : event;
      this.zoom.seen(e.start, e.end);
    });
    this.draw();
  }

  label() {
    const title = this.figure.querySelector('.fig-title, figcaption');
    return this.words.fill('label', {title: title ? title.textContent.trim().replace(/\s+/g, ' ') : ''});
  }

  hintId() { return (this.figure.id || 'chart') + '-hint'; }

  draw() {
    const palette = new Palette(this.figure);
    palette.font = getComputedStyle(this.svg).fontFamily;
    this.with = {palette, formats: this.formats, guard: fn => this.guard(fn), motion: !still.matches, tip: this.guard(params => this.tip(params))};
    this.instance.setOption(compose(this.raw, this.with, this.state), {notMerge: true});
    this.drawSwatches(palette);
  }

  drawSwatches(palette) {
    const all = list(this.raw.series);
    for (const [name, canvas] of this.legend.swatches) {
      const i = all.findIndex(s => s.name === name);
      drawSwatch(canvas, all[i].type === 'line', styleOf(all[i], list(this.raw.color)[i], palette));
    }
  }

  // guard keeps a mistake within a function of ours from reaching the page: the SVG comes back.
  guard(fn) {
    return (...args) => {
      try { return fn(...args); } catch (e) { this.fail(e); return undefined; }
    };
  }

  fail(e) {
    if (this.failed) return;
    this.failed = true;
    console.warn('chart ' + this.figure.id + ': ' + (e && e.message || e));
    this.box.classList.remove('is-live');
    setTimeout(() => { // ECharts may be in the middle of a drawing
      if (this.watcher) this.watcher.disconnect();
      this.legend.remove();
      this.tools.remove();
      for (const part of [this.live, this.hint, this.voice]) if (part) part.remove();
      try { if (this.instance) this.instance.dispose(); } catch (error) { /* it is gone either way */ }
    }, 0);
  }

  act(action) {
    if (this.failed) return;
    if (!this.instance) this.hydrate();
    if (this.failed) return;
    try { this.instance.dispatchAction(action); } catch (e) { this.fail(e); }
  }

  listen() {
    this.live.addEventListener('keydown', this.guard(e => this.key(e)));
    this.live.addEventListener('wheel', this.guard(e => this.wheel(e)), {passive: false});
    this.live.addEventListener('blur', () => this.leave());
    if (window.ResizeObserver) {
      this.watcher = new ResizeObserver(() => this.resized());
      this.watcher.observe(this.box);
    } else {
      window.addEventListener('resize', () => this.resized());
    }
  }

  resized() {
    const svg = this.shown(), width = svg.getBoundingClientRect().width;
    if (this.failed || !width) return; // folded away, or on paper
    try {
      if (svg !== this.svg) this.read();
      else if (Math.abs(width / this.size.width - this.scale) < 0.005) return;
      this.open();
    } catch (e) { this.fail(e); }
  }

  // retheme draws again with the colours that hold now.
  retheme() {
    if (!this.instance || this.failed) return;
    try { this.draw(); } catch (e) { this.fail(e); }
  }

  toggle(name) {
    const shown = this.hidden.includes(name);
    this.hidden = shown ? this.hidden.filter(n => n !== name) : this.hidden.concat(name);
    this.act({type: shown ? 'legendSelect' : 'legendUnSelect', name});
    return shown;
  }

  tip(params) {
    const p = Array.isArray(params) ? params.find(q => this.model.items.has(q.seriesIndex + ':' + q.dataIndex)) : params;
    if (!p) return '';
    const stop = this.model.items.get(p.seriesIndex + ':' + p.dataIndex);
    return stop ? titled(this.model.tip(stop, this.hidden), Math.min(320, this.size.width - 60)) : '';
  }

  wheel(e) {
    const command = e.ctrlKey || e.metaKey;
    if (!this.buttons || !(command || document.activeElement === this.live) || !e.deltaY) return;
    const area = this.canvas.getBoundingClientRect();
    const moved = this.zoom.by(e.deltaY < 0 ? 0.8 : 1.25, area.width ? Math.min(1, Math.max(0, (e.clientX - area.left) / area.width)) : 0.5);
    if (moved || command) e.preventDefault(); // with nothing left to zoom, the page scrolls
  }

  key(e) {
    if (e.altKey || e.ctrlKey || e.metaKey) return;
    const down = this.model.down, go = (along, across) => () => this.go(along, across);
    const keys = {
      ArrowRight: down ? go(0, 1) : go(1), ArrowLeft: down ? go(0, -1) : go(-1), ArrowDown: down ? go(1) : go(0, 1), ArrowUp: down ? go(-1) : go(0, -1),
      Home: go('start'), End: go('end'), PageDown: go(10), PageUp: go(-10), Escape: () => this.leave(),
    };
    if (this.buttons) Object.assign(keys, {'+': () => this.zoom.by(0.6), '=': () => this.zoom.by(0.6), '-': () => this.zoom.by(1 / 0.6), '0': () => this.zoom.all()});
    if (!Object.prototype.hasOwnProperty.call(keys, e.key)) return;
    e.preventDefault();
    keys[e.key]();
  }

  go(along, across = 0) {
    const here = this.reading.go(along, across, this.hidden);
    if (!here) return;
    const {stop} = here;
    this.bringIntoView(stop);
    this.light(stop);
    this.say(this.model.said(stop, here.first) + (here.edge && this.words.get('edge') ? '. ' + this.words.get('edge') : ''));
    this.live.removeAttribute('data-hint');
  }

  light(stop) {
    if (this.lit) this.act({type: 'downplay', seriesIndex: this.lit.series, dataIndex: this.lit.index});
    this.lit = stop;
    this.act({type: 'highlight', seriesIndex: stop.series, dataIndex: stop.index});
    this.act({type: 'showTip', seriesIndex: stop.series, dataIndex: stop.index});
  }

  leave() {
    this.reading.leave();
    if (!this.lit) return;
    this.act({type: 'downplay', seriesIndex: this.lit.series, dataIndex: this.lit.index});
    this.act({type: 'hideTip'});
    this.lit = null;
  }

  // bringIntoView moves a zoomed chart to the stop.
  bringIntoView(stop) {
    if (this.zoom.whole || stop.x === null) return;
    const grid = list(this.raw.xAxis).length ? this.instance.getModel().getComponent('grid', 0).coordinateSystem.getRect() : null;
    const x = this.instance.convertToPixel({xAxisIndex: 0}, stop.x);
    if (!grid || !Number.isFinite(x) || (x >= grid.x && x <= grid.x + grid.width)) return;
    this.zoom.move((x - grid.x - grid.width / 2) / grid.width);
  }

  zoomed() {
    if (this.buttons) this.buttons.update();
    if (!list(this.raw.xAxis).some(axis => axis.type === 'time')) return;
    Promise.resolve().then(() => { // after the drawing that told us
      if (this.failed) return;
      try { this.instance.setOption({xAxis: xAxes(this.raw, this.with, this.state)}); } catch (e) { this.fail(e); }
    });
  }

  say(text) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => { this.voice.textContent = text; }, 120); // a key that is held down says only where it stops
  }
}

// styleOf gives the look of a series for its swatch.
function styleOf(series, listed, palette) {
  const item = valueOf((series.data || [])[0]) || [], fn = named(series.renderItem), line = series.lineStyle || {};
  if (fn === 'gantt') return palette.fill(item[3] || 'force');
  if (fn === 'mark') return {round: true, stroke: palette.color(item[2] === 'reported' ? 'reported' : 'ink'), lineDash: item[2] === 'reported' ? [2.6, 2] : null};
  const color = String([(series.itemStyle || {}).color, line.color, series.color, listed].find(Boolean) || '@color:main');
  if (color.startsWith('@fill:')) return palette.fill(color.slice(6));
  const plain = color.startsWith('@color:') ? palette.color(color.slice(7)) : color;
  return {fill: plain, stroke: plain, lineDash: line.type === 'dashed' ? [6, 4] : line.type === 'dotted' ? [2, 3] : null};
}

// plain keeps ECharts from reading styles out of a text.
const plain = text => text.replace(/\{(?=[\w]*\|)/g, '{\u2060');

// titled writes a tooltip: its first line stands out, and long ones are broken.
const titled = (text, room) => {
  const [head, ...rest] = text.split('\n').map(line => wrap(line, room, 4).map(written).join('\n'));
  return rest.length && !head.includes('}') ? ['{h|' + head + '}', plain(rest.join('\n'))].join('\n') : plain([head, ...rest].join('\n'));
};
