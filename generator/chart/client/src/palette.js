// Colours and fills of the theme, by name. README.md has the table.
import {own} from './values.js';

const roles = {
  main: ['--ch-main', '--ink'], bench: ['--ch-bench', '--ink-2'], grid: ['--ch-grid', '--rule'], band: ['--ch-band', '--paper-2'],
  ink: ['--ink'], 'ink-2': ['--ink-2'], paper: ['--paper'], 'paper-2': ['--paper-2'], rule: ['--rule'], 'rule-2': ['--rule-2'],
  accent: ['--accent'], force: ['--st-force'], 'force-soft': ['--st-force-soft'], open: ['--st-open'], reported: ['--st-reported'],
  over: ['--st-over'], 'over-soft': ['--st-over-soft'],
  s1: ['--ch-s1', '--ch-main', '--ink'], s2: ['--ch-s2', '--ch-bench', '--ink-2'], s3: ['--ch-s3', '--st-force'],
  s4: ['--ch-s4', '--st-reported'], s5: ['--ch-s5', '--st-open'], s6: ['--ch-s6', '--st-over'],
};

// A fill: ground and lines are roles, draw puts strokes on a tile, stroke and dash are the outline. The distance between lines is that of the SVG.
const fills = {
  force: {ground: 'force'},
  before: {ground: 'force-soft', stroke: 'force'},
  partly: {ground: 'open', lines: 'paper', distance: 12, width: 2.2, draw: rising},
  susp: {ground: 'paper', lines: 'force', distance: 6, width: 1.6, draw: rising, stroke: 'force'},
  unknown: {stroke: 'open', dash: [4, 3]},
  over: {ground: 'over-soft', stroke: 'over'},
  'over-open': {stroke: 'over', dash: [3, 3]},
  lim: {ground: 'paper', lines: 'main', distance: 5, width: 1.2, draw: rising, stroke: 'main'},
  none: {stroke: 'grid'},
  h1: {ground: 's1'},
  h2: {ground: 'paper', lines: 's2', distance: 5, width: 1.4, draw: rising, stroke: 's2'},
  h3: {ground: 'paper', lines: 's3', distance: 6, width: 2.6, draw: dot, stroke: 's3'},
  h4: {ground: 'paper', lines: 's4', distance: 6, width: 1, draw: crossed, stroke: 's4'},
  h5: {ground: 'paper', lines: 's5', distance: 5, width: 1.3, draw: falling, stroke: 's5'},
  h6: {ground: 'paper', lines: 's6', distance: 5, width: 1.2, draw: level, stroke: 's6'},
};

// Lines run over the edges of the tile, so that tiles join.
function rising(g, n) { for (const o of [-n, 0, n]) { g.moveTo(o - 1, n + 1); g.lineTo(o + n + 1, -1); } }
function falling(g, n) { for (const o of [-n, 0, n]) { g.moveTo(o - 1, -1); g.lineTo(o + n + 1, n + 1); } }
function crossed(g, n) { rising(g, n); falling(g, n); }
function level(g, n) { g.moveTo(0, n / 2); g.lineTo(n, n / 2); }
function dot(g, n) { g.moveTo(n / 2 - 0.01, n / 2); g.lineTo(n / 2 + 0.01, n / 2); }

// Palette reads the colours that hold for an element now. An unknown name throws.
export class Palette {
  constructor(element) {
    this.element = element;
    this.colors = {};
    this.tiles = {};
  }

  color(name) {
    if (!own(roles, name)) throw new Error('no colour "' + name + '"');
    return this.colors[name] || (this.colors[name] = this.resolve(roles[name]));
  }

  // Through a property that takes a colour, so that system colours and calculated ones come out as rgb() too.
  resolve(properties) {
    const declared = getComputedStyle(this.element);
    const value = properties.map(p => declared.getPropertyValue(p).trim()).find(v => v) || 'CanvasText';
    const probe = document.createElement('span');
    probe.style.color = value;
    this.element.appendChild(probe);
    const color = getComputedStyle(probe).color;
    probe.remove();
    return color;
  }

  // fill gives a style of a rectangle: fill, stroke, lineWidth, lineDash.
  fill(name) {
    if (!own(fills, name)) throw new Error('no fill "' + name + '"');
    const f = fills[name];
    return {
      fill: f.draw ? this.tile(name) : f.ground ? this.color(f.ground) : 'none',
      stroke: f.stroke ? this.color(f.stroke) : 'none',
      lineWidth: f.stroke ? (f.dash ? 1.4 : 1) : 0,
      lineDash: f.dash || null,
    };
  }

  // A tile has whole pixels, at twice the density of the screen, and is shown at its right size.
  tile(name) {
    if (this.tiles[name]) return this.tiles[name];
    const f = fills[name], slanted = f.draw === rising || f.draw === falling || f.draw === crossed;
    const size = slanted ? f.distance * Math.SQRT2 : f.distance;
    const pixels = Math.round(size * 2 * Math.max(1, devicePixelRatio || 1)), scale = pixels / size;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = pixels;
    const g = canvas.getContext('2d');
    g.scale(scale, scale);
    g.fillStyle = this.color(f.ground);
    g.fillRect(0, 0, size, size);
    g.strokeStyle = this.color(f.lines);
    g.lineWidth = f.width;
    g.lineCap = f.draw === dot ? 'round' : 'butt';
    g.beginPath();
    f.draw(g, size);
    g.stroke();
    return this.tiles[name] = {image: canvas, repeat: 'repeat', scaleX: 1 / scale, scaleY: 1 / scale};
  }
}
