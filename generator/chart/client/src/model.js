// What a chart tells, as lanes of stops: the series of a line chart and their points, the rows of a gantt and their bars. Tooltips and reading by keys
// both go by it.
import {isoTime, time} from './formats.js';
import {axisOf, formatter, isHorizontal, told, valueOf} from './options.js';
import {list, named} from './values.js';

// A stop: at (place along the lane), head and lines (what a tooltip shows), said (what is spoken), series and index (where ECharts has it), x (where
// it is on the x axis).
export class Model {
  constructor(raw, formats, words) {
    Object.assign(this, {raw, formats, words, lanes: [], items: new Map(), columns: new Map(), down: false});
    told(raw).forEach(({series, index: i}) => {
      const fn = named(series.renderItem);
      if (series.type === 'graph') this.addGraph(series, i);
      else if (fn === 'gantt' || fn === 'mark') this.addRows(series, i, fn);
      else if (fn === 'cell') this.addCells(series, i);
      else if (series.type !== 'custom') this.addPoints(series, i);
    });
    for (const lane of this.lanes) lane.stops.sort((a, b) => a.at - b.at);
    this.lanes = this.lanes.filter(lane => lane.stops.length);
  }

  lane(key, name, series) {
    let lane = this.lanes.find(l => l.key === key);
    if (!lane) this.lanes.push(lane = {key, name, series, stops: []});
    return lane;
  }

  add(lane, stop) {
    lane.stops.push(stop);
    this.items.set(stop.series + ':' + stop.index, stop);
  }

  // Points of lines and bars. All series of one place make one tooltip.
  addPoints(series, i) {
    const {raw, formats} = this, lying = isHorizontal(raw, series);
    const axis = axisOf(raw, series, lying ? 'y' : 'x'), write = formatter(raw, series, formats);
    const grid = axis.gridIndex || 0, lane = this.lane('series ' + i, series.name, series.name);
    this.down = this.down || lying;
    (series.data || []).forEach((item, index) => {
      const value = valueOf(item), pair = Array.isArray(value);
      const along = pair ? value[lying ? 1 : 0] : index, across = pair ? value[lying ? 0 : 1] : value;
      if (typeof across !== 'number' || !Number.isFinite(across)) return;
      const [at, day] = place(axis, along, formats), head = item && item.name ? formats.category(item.name) : day; // a year or a month has a name, for milliseconds are a day
      if (at === null) return;
      const key = grid + ' ' + at;
      const column = this.columns.get(key) || {head, lines: [], marks: []};
      this.columns.set(key, column);
      const text = write(across);
      column.lines.push({series: i, name: series.name, text});
      this.add(lane, {at, column, series: i, index, x: lying ? across : at, name: series.name, head, text});
    });
    // What happened on a day without a value is told with the next one; its name says when it was.
    const stops = [...lane.stops].sort((a, b) => a.at - b.at);
    for (const [at, name] of markers(series, axis, formats)) {
      const stop = stops.find(s => s.at === at) || axis.type !== 'category' && (stops.find(s => s.at > at) || stops[stops.length - 1]);
      // A line says the day as well, a point on it only the rest.
      if (stop && !stop.column.marks.some(m => m === name || m.endsWith('. ' + name))) stop.column.marks.push(name);
    }
  }

  addRows(series, i, fn) {
    const {raw, formats, words} = this, rows = axisOf(raw, series, 'y').data || [];
    (series.data || []).forEach((item, index) => {
      const [row, from, to] = valueOf(item) || [];
      const head = String(valueOf(rows[row]) === undefined ? '' : valueOf(rows[row]));
      const start = from === null ? null : time(from), end = fn === 'mark' || to === null ? start : time(to);
      const when = fn === 'mark' ? formats.date(start)
        : words.fill('range', {from: start === null ? '…' : formats.date(start), to: to === null ? '…' : formats.date(end)});
      const text = item && item.name ? without(head, item.name) : series.name + ': ' + when;
      const lane = this.lane('row ' + row, head, '');
      lane.order = row;
      this.add(lane, {at: start === null ? end : start, series: i, index, x: start === null ? end : start, head, name: series.name, text});
    });
    this.lanes.sort((a, b) => (a.order === undefined ? -1 : a.order) - (b.order === undefined ? -1 : b.order));
  }

  addCells(series, i) {
    const {raw} = this, columns = axisOf(raw, series, 'x').data || [], rows = axisOf(raw, series, 'y').data || [];
    (series.data || []).forEach((item, index) => {
      const [column, row, , text] = valueOf(item) || [];
      const name = String(valueOf(rows[row]) === undefined ? '' : valueOf(rows[row]));
      const lane = this.lane('row ' + row, name, '');
      lane.order = row;
      const what = item && item.name ? without(name, item.name) : text === undefined ? '' : String(text);
      this.add(lane, {at: column, series: i, index, x: column, head: [name, valueOf(columns[column])].filter(Boolean).join(', '), name: series.name, text: what || '–'});
    });
    this.lanes.sort((a, b) => a.order - b.order);
  }

  addGraph(series, i) {
    const nodes = series.data || series.nodes || [], {formats} = this;
    const name = end => typeof end === 'number' ? (nodes[end] || {}).name : end;
    const lane = this.lane('series ' + i, series.name, '');
    i += 1; // the boxes are the second of the two series that draw a graph
    nodes.forEach((node, index) => {
      const lines = list(series.links || series.edges).filter(l => name(l.source) === node.name || name(l.target) === node.name).map(l => {
        const label = l.label && typeof l.label.formatter === 'string' && !l.label.formatter.includes('{') ? l.label.formatter
          : typeof l.value === 'number' && l.value ? formats.number(l.value) : '';
        return name(l.source) + ' \u2192 ' + name(l.target) + (label ? ': ' + label : '');
      });
      this.add(lane, {at: index, series: i, index, x: null, head: node.name, name: series.name, text: lines.join('\n') || series.name});
    });
  }

  // tip gives the text of a tooltip. hidden: names of series that are not shown.
  tip(stop, hidden) {
    if (!stop.column) return [stop.head, stop.text].filter(Boolean).join('\n');
    const lines = stop.column.lines.filter(l => !hidden.includes(l.name)).map(l => this.words.fill('point', {at: l.name, value: l.text}));
    return [stop.head, ...lines, ...stop.column.marks].join('\n');
  }

  // said gives what is spoken at a stop. The lane is named when the reader comes to it.
  said(stop, first) {
    const {words} = this;
    if (!stop.column) return [stop.head, stop.text.replace(/\n/g, '; ')].filter(Boolean).join(': ');
    const about = {at: stop.head, value: stop.text, series: stop.name};
    return [words.fill(first ? 'pointSeries' : 'point', about), ...stop.column.marks].join('; ');
  }
}

// without leaves out the name of the row where an item begins with it.
const without = (row, name) => row && name.startsWith(row + ': ') ? name.slice(row.length + 2) : name;

// place gives where a point is on its axis, and what that place is called.
function place(axis, along, formats) {
  if (axis.type === 'category') {
    const names = (axis.data || []).map(c => String(valueOf(c)));
    const at = typeof along === 'number' ? along : names.indexOf(String(along));
    return names[at] === undefined ? [null, ''] : [at, formats.category(names[at])];
  }
  if (axis.type === 'time') {
    const ms = time(along);
    return Number.isFinite(ms) ? [ms, formats.date(ms)] : [null, ''];
  }
  return typeof along === 'number' ? [along, formats.number(along)] : [null, ''];
}

// markers lists what is marked at places of the axis: lines, points and areas with a name.
function markers(series, axis, formats) {
  const out = [];
  const note = (mark, along) => {
    if (!mark || !mark.name || along === undefined) return;
    const at = typeof along === 'string' && axis.type !== 'category' ? isoTime(along) : place(axis, along, formats)[0];
    if (at !== null) out.push([at, mark.name]);
  };
  for (const mark of list(series.markLine && series.markLine.data)) note(mark, Array.isArray(mark) ? undefined : mark.xAxis);
  for (const mark of list(series.markPoint && series.markPoint.data)) note(mark, mark.coord ? mark.coord[0] : mark.xAxis);
  return out;
}
