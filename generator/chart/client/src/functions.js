// What "@fn:NAME" stands for. Each gives the function for one place of the options; `at` says which: {series, raw, palette, formats, digits}.
import {time} from './formats.js';
import {wrap, written} from './lines.js';
import {textWidth} from './type.js';
import {list, named, own} from './values.js';

const datum = (series, index) => {
  const item = (series.data || [])[index];
  return Array.isArray(item) ? item : (item && item.value) || [];
};

// labelOf gives the text that an item has beside it.
const labelOf = (series, index) => {
  const label = ((series.data || [])[index] || {}).label;
  return label && label.show !== false && typeof label.formatter === 'string' ? label.formatter : '';
};

const barHeight = 12;

// lift gives how far below the middle of its row a bar or mark stands: the name may stand above it.
const lift = raw => ((list(raw.yAxis)[0] || {}).axisLabel || {}).inside ? 5 : 0;

// text writes a line in a place; the halo keeps it readable over lines.
function text(palette, content, x, y, align, color = 'ink-2', more = {}) {
  return {type: 'text', silent: true, style: {
    text: written(content), x, y, align, verticalAlign: 'middle', fill: palette.color(color), stroke: palette.color('paper'), lineWidth: 4,
    font: (more.bold ? '650 ' : '') + '12px ' + palette.font, ...more.style,
  }};
}

// Rows knows what stands in the rows of a gantt, so that no text is written over it. from and to are places on the x axis.
class Rows {
  constructor(raw, font) {
    this.axis = list(raw.yAxis)[0] || {};
    this.font = font;
    this.items = [];
    for (const series of list(raw.series)) {
      const fn = named(series.renderItem);
      if (fn !== 'gantt' && fn !== 'mark') continue;
      (series.data || []).forEach((item, index) => {
        const [row, from, to] = datum(series, index);
        this.items.push({item, row, from: time(from), to: fn === 'mark' ? time(from) : to === null ? Infinity : time(to), mark: fn === 'mark'});
      });
    }
  }

  // nameEnd is where the name of a row ends that stands at the left edge.
  nameEnd(row, c) {
    const name = (this.axis.data || [])[row], label = this.axis.axisLabel || {};
    return label.inside ? 0 : Math.min(label.width || c.x - 14, textWidth(String(name && name.value !== undefined ? name.value : name), this.font));
  }

  // free tells whether nothing but the item itself stands between two places of a row, in pixels.
  free(api, c, row, self, x1, x2) {
    if (x1 < Math.max(0, c.x - 36) || x2 > c.x + c.width || (x1 < c.x && x1 < this.nameEnd(row, c) + 6)) return false;
    return this.items.every(i => {
      if (i.row !== row || i.item === self) return true;
      const a = Number.isFinite(i.from) ? api.coord([i.from, row])[0] : c.x, b = Number.isFinite(i.to) ? api.coord([i.to, row])[0] : c.x + c.width;
      return (i.mark ? b + 7 : b) <= x1 || (i.mark ? a - 7 : a) >= x2;
    });
  }
}

function gantt({series, palette, raw}) {
  const rows = new Rows(raw, palette.font);
  return (params, api) => {
    const [row, from, to, look] = datum(series, params.dataIndex);
    const c = params.coordSys, right = c.x + c.width;
    const start = from === null ? c.x : api.coord([time(from), row])[0], end = to === null ? right : api.coord([time(to), row])[0];
    const x1 = Math.max(c.x, start), x2 = Math.min(right, Math.max(end, start + 2));
    const y = api.coord([time(from === null ? to === null ? 0 : to : from), row])[1] + lift(raw);
    if (x2 <= x1) return null;
    const style = palette.fill(look || 'force'), half = style.lineWidth ? 0.5 : 0;
    const shape = {x: x1 + half, y: y - barHeight / 2 + half, width: Math.max(1, x2 - x1 - 2 * half), height: barHeight - 2 * half};
    const children = [{type: 'rect', shape, style, emphasis: {style: {lineWidth: 2, stroke: palette.color('ink')}}}];
    const label = start >= c.x && labelOf(series, params.dataIndex);
    if (label && rows.free(api, c, row, series.data[params.dataIndex], x1 - 5 - textWidth(label, palette.font), x1)) children.push(text(palette, label, x1 - 5, y, 'right'));
    return {type: 'group', children};
  };
}

function dotted({series, palette, raw}) {
  return (params, api) => {
    const [row, from, to] = datum(series, params.dataIndex);
    const a = api.coord([time(from), row]), b = api.coord([time(to), row]), c = params.coordSys, y = a[1] + lift(raw);
    const x1 = Math.max(c.x, a[0]), x2 = Math.min(c.x + c.width, b[0]);
    return x2 > x1 ? {
      type: 'line', shape: {x1, y1: y, x2, y2: y}, silent: true, style: {stroke: palette.color('reported'), lineWidth: 1, lineDash: [2, 3]},
    } : null;
  };
}

// marks draw a shape round the origin.
const marks = {
  reported: p => circle(p, 6.5, 'paper', 'reported', [2.6, 2]),
  declined: p => ({type: 'group', children: [
    {type: 'rect', shape: {x: -6, y: -6, width: 12, height: 12}, style: {fill: p.color('paper'), stroke: p.color('over'), lineWidth: 1.7}},
    {type: 'line', shape: {x1: -6, y1: 6, x2: 6, y2: -6}, style: {stroke: p.color('over'), lineWidth: 1.7}},
  ]}),
  event: p => circle(p, 6, 'ink', 'ink', null),
  deadline: p => ({type: 'polygon', shape: {points: [[0, -6.5], [6.5, 0], [0, 6.5], [-6.5, 0]]}, style: {fill: p.color('paper'), stroke: p.color('force'), lineWidth: 1.6}}),
  law: p => ({type: 'rect', shape: {x: -6, y: -6, width: 12, height: 12}, style: {fill: p.color('force')}}),
  market: p => ({type: 'polygon', shape: {points: [[0, -6], [6.5, 5], [-6.5, 5]]}, style: {fill: p.color('paper'), stroke: p.color('ink'), lineWidth: 1.5}}),
  start: p => ({type: 'line', shape: {x1: 0, y1: -6, x2: 0, y2: 6}, style: {stroke: p.color('paper'), lineWidth: 2}}),
};

const circle = (p, r, fill, stroke, lineDash) => ({type: 'circle', shape: {cx: 0, cy: 0, r}, style: {fill: p.color(fill), stroke: p.color(stroke), lineWidth: 1.7, lineDash}});

function mark({series, palette, raw}) {
  const rows = new Rows(raw, palette.font);
  return (params, api) => {
    const [row, at, shape] = datum(series, params.dataIndex);
    const [x, middle] = api.coord([time(at), row]), y = middle + lift(raw), c = params.coordSys;
    if (!own(marks, shape)) throw new Error('no mark "' + shape + '"');
    if (x < c.x - 1 || x > c.x + c.width + 1) return null;
    const children = [{...marks[shape](palette), x, y}];
    const label = labelOf(series, params.dataIndex), self = series.data[params.dataIndex];
    if (label) {
      const width = textWidth(label, palette.font), color = shape === 'reported' ? 'reported' : 'ink-2', more = {bold: shape === 'reported'};
      const left = [x - 11 - width, x - 8, x - 11, 'right'], right = [x + 8, x + 11 + width, x + 11, 'left'];
      // What followed from a report stands to its right.
      const place = (shape === 'reported' ? [left, right] : [right, left]).find(([from, to]) => rows.free(api, c, row, self, from, to));
      if (place) children.push(text(palette, label, place[2], y, place[3], color, more));
    }
    return {type: 'group', children};
  };
}

function cell({series, palette}) {
  return (params, api) => {
    const [column, row, look, content] = datum(series, params.dataIndex);
    const [x, y] = api.coord([column, row]), [width, height] = api.size([1, 1]);
    const field = {type: 'rect', shape: {x: x - width / 2, y: y - height / 2, width, height}, style: {fill: 'transparent'}, emphasis: {style: {stroke: palette.color('ink'), lineWidth: 1.5}}};
    if (!look || look === 'none') return {type: 'group', children: [field, text(palette, '\u2013', x, y, 'center')]};
    const left = content ? x - width / 2 + 6 : x - 6;
    const square = {type: 'rect', shape: {x: left + 0.5, y: y - 5.5, width: 11, height: 11}, style: look === 'reported' ? null : palette.fill(look)};
    const children = [field, look === 'reported' ? {...marks.reported(palette), x: left + 6, y} : square];
    const lines = content ? wrap(String(content), width - 26, Math.max(1, Math.floor((height - 4) / 13))) : [];
    lines.forEach((line, i) => children.push(text(palette, line, left + 18, y + 13 * (i - (lines.length - 1) / 2), 'left', 'ink', {style: {lineWidth: 0}})));
    return {type: 'group', children};
  };
}

// band is one shape, drawn with its first point; ECharts asks once for each.
function band({series, palette}) {
  return (params, api) => {
    if (params.dataIndexInside !== 0) return null;
    const up = [], down = [];
    for (let i = 0; i < (series.data || []).length; i++) {
      const [x, low, high] = datum(series, i);
      const at = typeof x === 'string' && series.timed ? time(x) : x;
      up.push(api.coord([at, high]));
      down.unshift(api.coord([at, low]));
    }
    const c = params.coordSys;
    return {
      type: 'group', silent: true, clipPath: {type: 'rect', shape: {x: c.x, y: c.y, width: c.width, height: c.height}},
      children: [{type: 'polygon', shape: {points: up.concat(down)}, style: {fill: palette.color('band')}}],
    };
  };
}

const percent = text => text && text + '\u00a0%';

export const functions = {
  gantt, dotted, mark, cell, band,
  number: ({formats, digits}) => v => formats.number(v, digits),
  signed: ({formats, digits}) => v => formats.signed(v, digits),
  percent: ({formats, digits}) => v => percent(formats.number(v, digits)),
  signedPercent: ({formats, digits}) => v => percent(formats.signed(v, digits)),
  date: ({formats}) => v => onAxis(v, formats, 'day'),
  month: ({formats}) => v => onAxis(v, formats, 'month'),
  year: ({formats}) => v => onAxis(v, formats, 'year'),
};

function onAxis(value, formats, precision) {
  const ms = time(value);
  return Number.isFinite(ms) ? formats.date(ms, precision) : String(value);
}
