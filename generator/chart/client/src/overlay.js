// What the drawing of package chart adds to its options and ECharts has no way to say: numbered pins that make room for each other, the names at the ends
// of lines and of rows, dashes for what is not stated, the day that is today, and a bracket below a stretch of time. One series of our own draws them over the rest, in each field.
import {time} from './formats.js';
import {estimate, wrap, written} from './lines.js';
import {textWidth} from './type.js';
import {list} from './values.js';

const pinGap = 23, bolder = 1.06; // how much wider a bold text is

const isPin = mark => mark.xAxis !== undefined && mark.label && mark.label.borderWidth > 0;
const isDay = mark => mark.xAxis !== undefined && mark.label && mark.label.show !== false && !isPin(mark) && mark.label.formatter;
const hasLabel = item => Boolean(item && item.label && item.label.show);
const isBracket = mark => Array.isArray(mark) && mark[0].coord && mark[1] && mark[1].coord;

// take moves from the series what is drawn here, and gives it by the axes it belongs to. series are copies that may be changed, raw is as it came.
function take(series, raw) {
  const fields = new Map();
  series.forEach((s, i) => {
    const key = (s.xAxisIndex || 0) + ' ' + (s.yAxisIndex || 0);
    const field = fields.get(key) || {x: s.xAxisIndex || 0, y: s.yAxisIndex || 0, pins: [], days: [], brackets: [], ends: [], bars: [], values: []};
    const source = list(raw.series)[i], marks = list(source.markLine && source.markLine.data);
    if (marks.length) {
      field.pins.push(...marks.filter(isPin));
      field.days.push(...marks.filter(isDay));
      field.brackets.push(...marks.filter(isBracket));
      s.markLine = {...s.markLine, data: s.markLine.data.filter((m, k) => !isBracket(marks[k])).map(m => m.xAxis === undefined ? m : {...m, label: {show: false}})};
    }
    if (s.type === 'bar') field.bars.push(source);
    if (s.type === 'line' && list(source.data).some(hasLabel)) {
      field.values.push(source);
      s.data = s.data.map(item => hasLabel(item) ? {...item, label: {show: false}} : item);
    }
    if (s.type === 'line' && s.endLabel && s.endLabel.show !== false) {
      field.ends.push(source);
      delete s.endLabel;
      delete s.labelLayout;
    }
    if (field.pins.length + field.days.length + field.brackets.length + field.ends.length + field.bars.length + field.values.length) fields.set(key, field);
  });
  return [...fields.values()];
}

// overlay gives the series that draw them.
export function overlay(series, raw, tools, state) {
  const drawn = (x, y, z, draw) => ({
    type: 'custom', silent: true, clip: false, z, xAxisIndex: x, yAxisIndex: y, tooltip: {show: false}, data: [[null, null]],
    renderItem: tools.guard((params, api) => {
      const pen = new Pen(tools.palette, params.coordSys, api, state);
      draw(pen);
      return {type: 'group', silent: true, $mergeChildren: false, children: pen.out}; // merged, the last of them would stay when there is none left
    }),
  });
  const axes = list(raw.yAxis).map((axis, y) => {
    const x = list(raw.xAxis).findIndex(a => (a.gridIndex || 0) === (axis.gridIndex || 0));
    return drawn(Math.max(0, x), y, 0, pen => {
      if (axis.show === false) return;
      if (axis.name) pen.name(axis.name, list(raw.grid).length);
      if (axis.type === 'category') pen.rows(axis);
    });
  });
  return axes.concat(take(series, raw).map(field => drawn(field.x, field.y, 9, pen => {
    pen.missing(field.bars, (list(raw.yAxis)[field.y] || {}).type === 'category');
    pen.ends(field.ends, tools.write);
    pen.values(field.values, list(raw.yAxis)[field.y] || {}, tools);
    pen.brackets(field.brackets);
    pen.days(field.days);
    pen.pins(field.pins);
  })));
}

class Pen {
  constructor(palette, field, api, state) {
    Object.assign(this, {palette, field, api, state, out: []});
    this.right = field.x + field.width;
    this.bottom = field.y + field.height;
  }

  // x is where a day or a category lies; null when it is out of view.
  x(at) {
    const x = this.api.coord([at, 0])[0];
    return Number.isFinite(x) && x >= this.field.x - 1 && x <= this.right + 1 ? x : null;
  }

  text(content, x, y, align, color, weight, room) {
    const style = {text: written(content), x, y, align, verticalAlign: 'middle', fill: this.palette.color(color), font: (weight ? weight + ' ' : '') + '12px ' + this.palette.font};
    if (room) Object.assign(style, {width: Math.max(10, room), overflow: 'truncate', ellipsis: '\u2026'});
    this.out.push({type: 'text', silent: true, style});
  }

  line(points, color, width = 1) {
    this.out.push({type: 'polyline', silent: true, shape: {points}, style: {fill: 'none', stroke: this.palette.color(color), lineWidth: width}});
  }

  // name writes what an axis measures above its field.
  name(text, grids) {
    const left = grids < 2 || this.field.x - 36 < 60 ? 0 : this.field.x - 36;
    const [line] = wrap(String(text), (this.right - left) / bolder, 1);
    this.text(line, left, this.field.y - 16, 'left', 'ink', '700');
  }

  // rows writes the names of rows, and rules under them: within the field above the row, at the left edge of the drawing, or before the axis.
  rows(axis) {
    const label = axis.axisLabel || {}, ruled = axis.splitLine && axis.splitLine.show, band = this.api.size([0, 1])[1];
    (axis.data || []).forEach((item, i) => {
      const style = item && item.textStyle || {}, heading = style.fontWeight === 'bold', text = String(item && item.value !== undefined ? item.value : item);
      const y = this.api.coord([0, i])[1], color = String(style.color || '@color:ink').replace('@color:', ''), weight = heading ? '700' : '', all = this.state.width;
      if (ruled && heading) this.line([[0, y + band / 2 - (label.inside ? 8 : 3)], [all, y + band / 2 - (label.inside ? 8 : 3)]], 'grid');
      else if (ruled && !label.inside) this.line([[0, y + band / 2], [all, y + band / 2]], 'grid', 0.6);
      if (label.show === false || !text) return;
      const styled = Boolean(item && item.textStyle);
      const write = (x, at, align, room, lines) => wrap(text, styled ? room / bolder : room, lines)
        .forEach((part, k, parts) => this.text(part, x, at + 13 * (k - (parts.length - 1) / 2), align, color, weight));
      if (label.inside) write(0, styled ? y + 2 : y - 12, 'left', all, 1);
      else if (label.align === 'left') write(0, y, 'left', styled ? all : label.width || this.field.x - 14, Math.max(1, Math.floor((band - 4) / 13)));
      else write(this.field.x - 8, y, 'right', this.field.x - 10, Math.max(1, Math.floor((band - 4) / 13)));
    });
  }

  pins(marks) {
    const all = marks.map(mark => ({mark, x: this.x(mark.xAxis)})).filter(p => p.x !== null).sort((a, b) => a.x - b.x);
    const places = spread(all.map(p => p.x), pinGap, 10, this.state.width - 10), y = this.field.y - 23, p = this.palette;
    all.forEach(({mark, x}, i) => {
      const {label} = mark, at = places[i], color = String(label.borderColor || '@color:ink').replace('@color:', '');
      const style = {fill: p.color('paper'), stroke: p.color(color), lineWidth: 1.5, lineDash: label.borderType === 'dashed' ? [2.6, 2] : null};
      this.line([[at, y + 9.5], [x, this.field.y + 2]], 'rule-2');
      this.out.push(label.borderRadius === 0 ? {type: 'rect', silent: true, shape: {x: at - 9, y: y - 9, width: 18, height: 18}, style}
        : {type: 'circle', silent: true, shape: {cx: at, cy: y, r: 9.5}, style});
      this.text(String(label.formatter), at, y, 'center', 'ink', '700');
    });
  }

  days(marks) {
    for (const mark of marks) {
      const x = this.x(mark.xAxis), text = String(mark.label.formatter), half = textWidth(text, this.palette.font, '650') / 2;
      if (x === null) continue;
      const align = x + half > this.state.width ? 'right' : x - half < 0 ? 'left' : 'center';
      this.text(text, x, this.bottom + 9, align, String(mark.label.color || '@color:accent').replace('@color:', ''), '650');
    }
  }

  brackets(marks) {
    for (const [from, to] of marks) {
      const a = Math.max(this.field.x, this.api.coord([from.coord[0], 0])[0]), b = Math.min(this.right, this.api.coord([to.coord[0], 0])[0]), y = this.bottom + 24;
      if (!(b > a)) continue;
      this.line([[a, y], [a, y + 4], [b, y + 4], [b, y]], 'rule-2');
      const half = Math.min(this.state.width, textWidth(from.name || '', this.palette.font)) / 2;
      this.text(from.name || '', Math.max(half, Math.min(this.state.width - half, (a + b) / 2)), y + 13, 'center', 'ink-2', '', this.state.width);
    }
  }

  // missing puts a dash where a column has no bar. Columns lie beside each other as ECharts lays them; those of one stack are one.
  missing(bars, lying) {
    const value = item => item !== null && typeof item === 'object' && !Array.isArray(item) ? item.value : item;
    const columns = [...new Map(bars.map((s, i) => [s.stack || i, bars.filter((b, k) => s.stack ? b.stack === s.stack : k === i)])).values()];
    const share = name => bars.map(s => parseFloat(s[name]) / 100).filter(Number.isFinite).pop();
    const gap = share('barCategoryGap'), between = share('barGap') || 0, n = columns.length;
    const band = this.api.size(lying ? [0, 1] : [1, 0])[lying ? 1 : 0], width = band * (1 - (gap === undefined ? 0.2 : gap)) / (n + (n - 1) * between);
    columns.forEach((column, k) => {
      const most = Math.max(0, ...column.map(s => (s.data || []).length)), aside = (k - (n - 1) / 2) * width * (1 + between);
      for (let i = 0; i < most; i++) {
        if (!column.every(s => value((s.data || [])[i]) === null)) continue;
        const [x, y] = this.api.coord(lying ? [0, i] : [i, 0]);
        if (x >= this.field.x - 1 && x <= this.right + 1) this.text('\u2013', lying ? x + 5 : x + aside, lying ? y + aside : y - 8, lying ? 'left' : 'center', 'ink-2');
      }
    });
  }

  // ends writes names and values beside the last points in view. The last line of a formatter is the value of the last point of all, so another point has its own.
  ends(all, write) {
    const ends = all.filter(s => !this.state.hidden.includes(s.name)).map(s => this.end(s, write)).filter(Boolean).sort((a, b) => a.at[1] - b.at[1]);
    if (!ends.length) return;
    let most = Math.max(...ends.map(e => e.lines.length)), gap = most * 15 + 3;
    if (gap * ends.length > this.field.height + 30) { gap = 15; most = 1; }
    const places = spread(ends.map(e => e.at[1]), gap, this.field.y, this.bottom);
    ends.forEach(({s, at, lines, beside}, i) => {
      const role = String((s.lineStyle || {}).color || '@color:main').replace('@color:', '');
      this.out.push({type: 'circle', silent: true, shape: {cx: at[0], cy: at[1], r: 3}, style: {fill: this.palette.color(role)}});
      if (String(s.endLabel.position || '').startsWith('inside')) return;
      const y = places[i] - (most > 1 ? 4 : 0), subject = role === 'main', room = this.state.width - beside - 9;
      lines.slice(0, most).forEach((text, k) => this.text(text, beside + 9, y + 15 * k, 'left', subject ? 'ink' : 'ink-2', subject && k === 0 ? '700' : '', room));
    });
  }

  // values writes the values of points above or below them, or beside, where there is room.
  values(all, axis, {formats}) {
    const {field, api} = this, taken = [[-Infinity, this.bottom + 7, Infinity, this.bottom + 21]]; // the names of days
    for (let v = axis.min; axis.interval > 0 && v <= axis.max + axis.interval / 1e6; v += axis.interval) {
      const y = api.coord([0, v])[1];
      taken.push([field.x - 8 - estimate(formats.number(v)), y - 6, field.x - 8, y + 6]);
    }
    for (const s of all) {
      const last = s.endLabel && this.end(s, () => () => '');
      for (const item of (s.data || []).filter(hasLabel)) {
        const [x, y] = api.coord(item.value), text = String(item.label.formatter), w = estimate(text), base = item.label.position === 'bottom' ? y + 18 : y - 9;
        if (x < field.x - 1 || x > this.right + 1 || last && last.at[0] === x) continue;
        for (const [at, line, align] of [[x - w / 2, base, 'center'], [x + 7, base + 4, 'left'], [x - 7 - w, base + 4, 'right']]) {
          const place = [at - 2, line - 10, at + w + 2, line + 3];
          if (at < -1 || at + w > this.state.width + 1 || taken.some(t => t[0] < place[2] && place[0] < t[2] && t[1] < place[3] && place[1] < t[3])) continue;
          taken.push(place);
          this.text(text, align === 'center' ? x : align === 'left' ? x + 7 : x - 7, line - 4, align, 'ink');
          Object.assign(this.out[this.out.length - 1].style, {stroke: this.palette.color('paper'), lineWidth: 4});
          break;
        }
      }
    }
  }

  // end gives the last point of a line that is in view, and what is written beside it.
  end(series, write) {
    const data = series.data || [], lines = String(series.endLabel.formatter || series.name).split('\n');
    let last = true;
    for (let i = data.length - 1; i >= 0; i--) {
      const item = data[i], value = item && !Array.isArray(item) && typeof item === 'object' ? item.value : item;
      const [along, across] = Array.isArray(value) ? value : [i, value];
      if (typeof across !== 'number') continue;
      const [x, y] = this.api.coord([typeof along === 'string' && Number.isFinite(time(along)) ? time(along) : along, across]);
      if (x >= this.field.x - 1 && x <= this.right + 1) {
        if (!last && series.endLabel.formatter) lines[lines.length - 1] = write(series)(across);
        return {s: series, at: [x, y], lines, beside: last ? x : this.right}; // clear of a line that goes on
      }
      last = false;
    }
    return null;
  }
}

// spread moves places in order apart, so that neighbours are at least gap from each other, and keeps them between low and high as far as they fit. Each
// stays as near to its own place as its neighbours allow. The twin of the function of that name in package chart.
export function spread(places, gap, low, high) {
  const groups = [], begin = g => Math.max(low, Math.min(g.center - gap * (g.n - 1) / 2, high - gap * (g.n - 1)));
  places.forEach((x, i) => {
    groups.push({center: x, first: i, n: 1});
    while (groups.length > 1) {
      const [a, b] = groups.slice(-2);
      if (begin(a) + gap * a.n <= begin(b) + 1e-9) break;
      const n = a.n + b.n;
      let sum = 0;
      for (let k = a.first; k < a.first + n; k++) sum += places[k] - gap * (k - a.first - (n - 1) / 2);
      groups.splice(-2, 2, {center: sum / n, first: a.first, n});
    }
  });
  return groups.flatMap(g => Array.from({length: g.n}, (_, k) => begin(g) + gap * k));
}
