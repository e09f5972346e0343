// From the options of the page to those that ECharts gets: names resolved, what is dangerous refused, and what every chart has alike.
import {decimals, isoTime, time} from './formats.js';
import {functions} from './functions.js';
import {graph} from './graph.js';
import {overlay} from './overlay.js';
import {estimate, wrap, written} from './lines.js';
import {namedDays, timeTicks} from './ticks.js';
import {list, named, own} from './values.js';

const components = [
  'animation', 'axisPointer', 'backgroundColor', 'color', 'grid', 'legend', 'series', 'textStyle', 'tooltip', 'xAxis', 'yAxis',
];
const kinds = ['line', 'bar', 'custom', 'graph'];
const zoomFrom = 13; // categories from which there is something to zoom

// isTold tells whether a series is more than help for the eye.
export const isTold = series => Boolean(series.name) && series.silent !== true;

const subjects = ['main', 's1', 'bench', 's2', 's3', 's4', 's5', 's6'];

// told lists the series that are more than help, with their place in the options: the subject comes first, though it is drawn last, over the others.
export function told(raw) {
  const rank = series => {
    const color = String([series.lineStyle, series.itemStyle].map(o => o && o.color).find(Boolean) || '');
    const at = subjects.indexOf(color.replace('@color:', ''));
    return at < 0 ? subjects.length : at;
  };
  return list(raw.series).map((series, index) => ({series, index})).filter(s => isTold(s.series)).sort((a, b) => rank(a.series) - rank(b.series));
}

// axisOf gives the axis of a series, as it stands in the options.
export const axisOf = (raw, series, letter) => list(raw[letter + 'Axis'])[series[letter + 'AxisIndex'] || 0] || {};

// isHorizontal tells whether bars lie: categories then run along y.
export const isHorizontal = (raw, series) => axisOf(raw, series, 'y').type === 'category' && axisOf(raw, series, 'x').type !== 'category';

// valueOf gives what an item of a series holds, without its name and style.
export const valueOf = item => item !== null && typeof item === 'object' && !Array.isArray(item) ? item.value : item;

// check refuses what no chart of ours holds, before anything is drawn.
export function check(value, key = '') {
  if (typeof value === 'string') {
    if (value.includes('__f__')) throw new Error('a function as text');
    if (/symbol|icon/i.test(key) && /^\s*image:/i.test(value)) throw new Error('an image');
  } else if (Array.isArray(value)) {
    for (const v of value) check(v, key);
  } else if (value && typeof value === 'object') {
    for (const k of Object.keys(value)) {
      if (k === '__proto__' || k === 'constructor' || k === 'prototype' || k === 'image') throw new Error('a key "' + k + '"');
      check(value[k], k);
    }
  }
}

// digitsOf is how many digits stand after the point in a series.
function digitsOf(series) {
  let most = 0;
  for (const item of series.data || []) {
    const value = valueOf(item);
    for (const v of Array.isArray(value) ? value.slice(1) : [value]) if (typeof v === 'number') most = Math.max(most, decimals(v));
  }
  return most;
}

// formatter gives the function that tells a value of a series.
export function formatter(raw, series, formats) {
  const across = axisOf(raw, series, isHorizontal(raw, series) ? 'x' : 'y');
  const name = [series.tooltip, raw.tooltip].map(t => t && named(t.valueFormatter)).find(Boolean) || named(across.axisLabel && across.axisLabel.formatter) || 'number';
  const make = own(functions, name);
  if (!make) throw new Error('no function "' + name + '"');
  return make({series, formats, digits: Math.min(digitsOf(series), /percent/i.test(name) ? 2 : 4)});
}

// revive gives a copy with all names resolved.
function revive(value, at) {
  if (typeof value === 'string') {
    if (value.startsWith('@color:')) return at.palette.color(value.slice(7));
    if (value.startsWith('@fill:')) return at.palette.fill(value.slice(6)).fill;
    if (!named(value)) return value;
    const make = own(functions, named(value));
    if (!make) throw new Error('no function "' + named(value) + '"');
    return at.guard(make(at));
  }
  if (Array.isArray(value)) return value.map(v => revive(v, at));
  if (!value || typeof value !== 'object') return value;
  const out = {};
  for (const key of Object.keys(value)) out[key] = revive(value[key], at);
  return out;
}

// compose makes the options that ECharts gets. tools: {palette, formats, guard, tip, motion}; state: {window, hidden}.
export function compose(raw, tools, state) {
  const out = {};
  for (const key of components) if (raw[key] !== undefined && key !== 'series') out[key] = /Axis$/.test(key) ? list(raw[key]).map(axis => revive(axis, stepped(axis, tools))) : revive(raw[key], tools);
  out.series = list(raw.series).map(series => {
    if (!kinds.includes(series.type)) throw new Error('a series of type "' + series.type + '"');
    if (series.type === 'graph') return series; // in a moment
    const timed = axisOf(raw, series, 'x').type === 'time';
    const s = revive(series, {...tools, raw, series: {...series, timed}, digits: digitsOf(series)});
    if (s.type === 'line') s.symbol = s.symbol || 'circle';
    if (s.type === 'bar') labelled(s, raw, series, tools.formats);
    if (!isTold(series)) s.tooltip = {show: false};
    return s;
  });
  if (out.series.some(s => s.type === 'graph')) {
    if (out.series.length > 1 || raw.xAxis) throw new Error('a graph stands alone');
    out.series = graph(list(raw.series)[0], tools);
    return Object.assign(out, manner(raw, out, tools));
  }
  if (!out.series.length) throw new Error('no series');
  out.series.push(...overlay(out.series, raw, {...tools, write: series => formatter(raw, series, tools.formats)}, state));
  return Object.assign(out, manner(raw, out, tools), {
    xAxis: xAxes(raw, tools, state),
    yAxis: list(out.yAxis).map((axis, i) => toned(numbered(axis, list(raw.yAxis)[i], tools.formats), true, tools)),
    legend: {show: false, data: toggled(raw), selected: Object.fromEntries(state.hidden.map(name => [name, false]))},
    dataZoom: canZoom(raw) ? [zoomed(raw, state)] : [],
  });
}

// stepped gives the labels of an axis as many digits as its steps have: 40.0 beside 37.5.
function stepped(axis, tools) {
  return axis && typeof axis.interval === 'number' ? {...tools, digits: decimals(axis.interval)} : tools;
}

// labelled puts the values of bars at their ends, those of parts of a whole within them.
function labelled(s, raw, series, formats) {
  const write = formatter(raw, series, formats), lying = isHorizontal(raw, series);
  const inside = s.label && s.label.position === 'inside';
  s.label = {formatter: p => write(Array.isArray(p.value) ? p.value[lying ? 0 : 1] : p.value), distance: lying || inside ? 5 : 3.5, ...s.label, position: inside ? 'inside' : lying ? 'right' : 'top'};
  s.labelLayout = inside ? within : lying ? {hideOverlap: true} : beside(raw, series);
  s.data = (s.data || []).map(item => {
    const value = valueOf(item), v = Array.isArray(value) ? value[lying ? 0 : 1] : value;
    const label = item && item.label;
    return v < 0 || label ? {...(item && typeof item === 'object' && !Array.isArray(item) ? item : {value: item}), label: {...label, position: v < 0 && !inside ? (lying ? 'left' : 'bottom') : s.label.position}} : item;
  });
}

// within takes a number that its part of a bar has no room for out of the drawing.
const within = ({rect, text}) => rect.width < estimate(text) + 4 || rect.height < 15 ? {x: -1e4, y: -1e4} : {hideOverlap: true};

// beside keeps a number that is wider than its standing bar off a higher neighbour: it begins or ends with the bar then, as in package chart.
function beside(raw, series) {
  const all = list(raw.series).filter(s => s.type === 'bar' && axisOf(raw, s, 'x') === axisOf(raw, series, 'x')), at = all.indexOf(series);
  const value = (k, i) => { const v = all[k] && valueOf((all[k].data || [])[i]); return typeof v === 'number' ? v : 0; };
  return ({dataIndex, rect, labelRect}) => {
    const own = Math.abs(value(at, dataIndex)), [left, right] = [at - 1, at + 1].map(k => Math.abs(value(k, dataIndex)) > own);
    if (labelRect.width <= rect.width + 2 || left === right) return {hideOverlap: true};
    return {hideOverlap: true, dx: left ? rect.x + 2 - labelRect.x : rect.x + rect.width - 2 - labelRect.x - labelRect.width};
  };
}

// manner is what all charts have alike.
function manner(raw, out, {palette, tip, motion}) {
  const ink = palette.color('ink');
  const pointer = {lineStyle: {color: palette.color('rule-2'), width: 1, type: 'solid'}, shadowStyle: {color: palette.color('band'), opacity: 0.6}, label: {show: false}};
  const lines = list(raw.series).some(s => s.type === 'line' && isTold(s)), onAxis = lines || list(raw.series).some(s => s.type === 'bar');
  if (!lines) pointer.z = 1; // behind the bars: what is read must not fade
  return {
    useUTC: true,
    animation: motion,
    animationDuration: 0,
    animationDurationUpdate: 200,
    stateAnimation: {duration: 0},
    textStyle: {fontSize: 12, ...out.textStyle, color: ink, fontFamily: palette.font},
    tooltip: {
      trigger: onAxis ? 'axis' : 'item', ...out.tooltip, show: true, renderMode: 'richText', confine: true, appendTo: undefined, extraCssText: undefined,
      backgroundColor: palette.color('paper'), borderColor: ink, borderWidth: 1, borderRadius: 0, padding: [7, 10], shadowBlur: 0, shadowColor: 'transparent',
      transitionDuration: 0, textStyle: {color: ink}, formatter: tip, axisPointer: {...pointer, type: lines ? 'line' : 'shadow'},
      position: (at, params, text) => dress(text, palette.font),
    },
    axisPointer: {...out.axisPointer, ...pointer},
  };
}

// dress gives a tooltip the type of the page, which ECharts has no option for. The first line is written as {h|…}.
function dress(text, font) {
  text.setStyle({font: '12px ' + font, lineHeight: 17, rich: {...text.style.rich, h: {font: '650 12px ' + font, lineHeight: 17}}});
}

// toned gives an axis the colours of the theme where the options name none.
function toned(axis, across, {palette}) {
  const fill = (part, tone) => ({...part, lineStyle: {color: tone, ...(part && part.lineStyle)}});
  const rows = across && axis.type === 'category'; // their names and rules are drawn by overlay.js
  const top = !across && axis.position === 'top', margin = (axis.axisLabel || {}).margin || 8;
  const label = {color: palette.color('ink-2'), ...axis.axisLabel, ...(!across && {margin: margin - (top ? 2 : 1)}), ...(rows && {show: false})}; // where package chart has them
  const ruled = axis.splitLine && axis.splitLine.show !== undefined ? axis.splitLine.show : axis.type === 'value';
  return {
    ...axis, name: '', z: across || ruled ? 0 : 3, axisLabel: label, axisLine: fill({show: !across && !top, ...axis.axisLine}, palette.color('ink')),
    axisTick: fill(axis.axisTick, palette.color('rule-2')), splitLine: {...fill(axis.splitLine, palette.color('grid')), ...(rows && {show: false})},
  };
}

// dated gives an axis of time, or of days, labels in the language of the page where the options name no way to write them.
function dated(axis, raw, grid, formats, state) {
  const label = axis.axisLabel || {};
  if (typeof label.formatter === 'function') return axis;
  if (axis.type === 'time') return timed(axis, raw, grid, formats, state);
  const names = axis.type === 'category' ? (raw.data || []).map(c => String(valueOf(c))) : [];
  if (axis.type === 'category' && label.customValues) return counted(axis, names, state);
  if (label.overflow === 'break' && label.width > 0) return {...axis, axisLabel: {...label, overflow: 'none', formatter: text => wrap(text, label.width, 3).map(written).join('\n'), lineHeight: 14}}; // broken once is enough
  if (names.length < 2 || names.some(n => isoTime(n) === null)) return numbered(axis, raw, formats);
  const days = names.every(n => n.length === 10), shown = days ? dayLabels(names, state) : () => null;
  const interval = index => shown().has(index);
  const by = days && label.interval === undefined ? {axisLabel: {interval}, axisTick: {interval}} : {axisLabel: {}, axisTick: {}};
  return {...axis, axisTick: {...by.axisTick, ...axis.axisTick}, axisLabel: {hideOverlap: true, ...by.axisLabel, ...label, formatter: (text, index) => {
    const set = days && shown();
    return set && set.months ? written(monthLabel(text, index === set.first, formats)) : written(formats.category(text));
  }}};
}

// counted names the days of a part that were chosen for the whole, at even distances, and those between them as far as they have room, by the same steps: 0 stays
// among them. The twin of study.named in package chart.
function counted(axis, names, state) {
  const chosen = axis.axisLabel.customValues, every = chosen.length > 1 ? chosen[1] - chosen[0] : 1;
  const interval = index => {
    const seen = names.length * (state.window[1] - state.window[0]) / 100;
    const n = [1, 2, 5, 10, 20, 25, 50].find(step => every % step === 0 && Math.floor(seen / step) * 26 <= state.width - 60) || every;
    return (index - chosen[0]) % n === 0;
  };
  return {...axis, axisLabel: {...axis.axisLabel, customValues: null, interval, formatter: written}};
}

// timed gives an axis of time its named places. Without ends, ECharts chooses.
function timed(axis, raw, grid, formats, state) {
  const [low, high] = [raw.min, raw.max].map(time), {axisLabel = {}, axisTick = {}, splitLine = {}} = axis;
  if (!Number.isFinite(high - low)) {
    return {...axis, axisLabel: {hideOverlap: true, ...axisLabel, formatter: ms => formats.date(ms)}};
  }
  const margin = side => parseFloat(grid[side]) * (String(grid[side]).endsWith('%') ? state.width / 100 : 1) || 0;
  const [from, to] = state.window.map(part => low + (high - low) * part / 100), width = parseFloat(grid.width) || state.width - margin('left') - margin('right');
  // Zoomed, a place at the very beginning may be in view or not.
  const named = axisLabel.customValues && axisLabel.customValues.filter(at => at >= from && at <= to);
  const ticks = named ? namedDays(formats, named) : timeTicks(formats, from > low ? from + (to - from) * 1e-6 : from, to, width), customValues = ticks.map(([at]) => at), words = new Map(), taken = [];
  const ends = {alignMinLabel: 'center', alignMaxLabel: 'center'}; // options are merged: what an earlier part had must not stay
  // A label that would leave the drawing stands beside its place, and one that meets another is left out, as in package chart.
  ticks.forEach(([at, label], i) => {
    const x = margin('left') + (at - from) / (to - from) * width, all = estimate(label);
    const left = x < all / 2 ? x : x + all / 2 > state.width ? x - all : x - all / 2;
    if (left === x && i === 0) ends.alignMinLabel = 'left';
    if (left === x - all && i === ticks.length - 1) ends.alignMaxLabel = 'right';
    if (taken.some(t => left - 2 < t[1] && left + all + 2 > t[0])) return;
    taken.push([left, left + all]);
    words.set(at, written(label));
  });
  return {
    ...axis, axisTick: {...axisTick, customValues}, splitLine: {...splitLine, customValues},
    axisLabel: {hideOverlap: true, ...ends, ...axisLabel, customValues, formatter: ms => words.get(ms) || ''},
  };
}

// xAxes gives the axes as they are for the part that is seen.
export function xAxes(raw, tools, state) {
  return list(raw.xAxis).map(axis => toned(dated(revive(axis, stepped(axis, tools)), axis, list(raw.grid)[axis.gridIndex || 0] || {}, tools.formats, state), false, tools));
}

const monthLabel = (text, first, formats) => {
  const ms = isoTime(text), name = formats.monthName(ms);
  return text.slice(5, 7) === '01' ? text.slice(0, 4) : first ? name + ' ' + text.slice(0, 4) : name;
};

// dayLabels chooses the days that are named, as many of those in the window as have room: the first ones of months, or single days when few are seen.
function dayLabels(names, state) {
  let asked = '', out;
  return () => {
    const now = state.window + ' ' + state.width;
    if (asked === now) return out;
    asked = now;
    out = choose(Math.min(10, Math.max(2, Math.floor((state.width - 80) / 64))));
    return out;
  };

  function choose(most) {
    const from = Math.floor(state.window[0] / 100 * (names.length - 1)), to = Math.ceil(state.window[1] / 100 * (names.length - 1));
    const out = new Set();
    if (to - from < 45) {
      const step = Math.ceil((to - from + 1) / most);
      for (let i = from; i <= to; i += step) out.add(i);
      return out;
    }
    const starts = names.map((n, i) => i).filter(i => i > 0 && i >= from && i <= to && names[i].slice(0, 7) !== names[i - 1].slice(0, 7));
    const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find(s => starts.length / s <= most) || 600;
    for (const i of starts) if ((+names[i].slice(0, 4) * 12 + +names[i].slice(5, 7) - 1) % step === 0) out.add(i);
    out.months = true;
    out.first = Math.min(...out);
    return out;
  }
}

function numbered(axis, raw, formats) {
  const label = axis.axisLabel || {};
  if (axis.type === 'category' && !label.formatter) return {...axis, axisLabel: {...label, formatter: written}};
  if (axis.type === 'category' || axis.type === 'time' || label.formatter) return axis;
  return {...axis, axisLabel: {...label, formatter: v => formats.number(v, axis.interval > 0 ? decimals(axis.interval) : undefined)}};
}

// toggled names the series that a reader may show and hide.
export function toggled(raw) {
  const names = told(raw).map(s => s.series.name);
  const chosen = list(raw.legend).flatMap(l => l.data || []).map(d => typeof d === 'string' ? d : d.name);
  const given = chosen.length ? chosen.filter(name => names.includes(name)) : names;
  return given.filter((name, i) => given.indexOf(name) === i);
}

// together tells whether any two series share a field. Those alone in theirs are told apart by its name, and need no legend.
export function together(raw) {
  const fields = told(raw).map(({series}) => axisOf(raw, series, 'x').gridIndex || 0);
  return new Set(fields).size < fields.length;
}

// canZoom tells whether there is something to zoom: days on the x axis, or many categories.
export function canZoom(raw) {
  if (list(raw.series).some(s => s.type === 'graph' || named(s.renderItem) === 'cell')) return false;
  return list(raw.xAxis).some(a => a.show !== false && (a.type === 'time' || (a.type === 'category' && (a.data || []).length >= zoomFrom)));
}

// narrowest is the smallest part that zooming leaves, in percent: five categories, or three days.
export function narrowest(raw) {
  const most = Math.max(0, ...list(raw.xAxis).filter(a => a.type === 'category').map(a => (a.data || []).length));
  if (most) return Math.min(100, 500 / most);
  let low = Infinity, high = -Infinity;
  for (const s of list(raw.series)) {
    for (const item of s.data || []) {
      for (const v of [].concat(valueOf(item) || []).slice(0, 3)) {
        const ms = typeof v === 'string' || v > 1e8 || v < -1e8 ? time(v) : NaN;
        if (Number.isFinite(ms)) { low = Math.min(low, ms); high = Math.max(high, ms); }
      }
    }
  }
  return high > low ? Math.min(100, Math.max(0.05, 3 * 864e5 / (high - low) * 100)) : 2;
}

// The component moves with the pointer and leaves a finger that goes up or down to the page. zoomLock keeps it from the wheel, which is ours: it takes
// every turn of it from the page, whatever zoomOnMouseWheel says.
function zoomed(raw, state) {
  return {
    type: 'inside', xAxisIndex: list(raw.xAxis).map((a, i) => i), filterMode: 'none', minSpan: narrowest(raw), start: state.window[0], end: state.window[1],
    zoomLock: true, moveOnMouseMove: true, preventDefaultMouseMove: false,
  };
}
