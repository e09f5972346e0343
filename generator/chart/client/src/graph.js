// Boxes and the arrows between them. Their places stand in the options, in the units of the drawing, so they are series of our own, drawn as package chart
// draws them; ECharts' own graph would lay its lines across the boxes.
import {estimate, wrap, written} from './lines.js';
import {textWidth} from './type.js';
import {list} from './values.js';

// graph gives two series for one of the type "graph": the arrows, and the boxes over them.
export function graph(raw, {palette, guard}) {
  const nodes = raw.data || [], links = list(raw.links);
  for (const n of nodes) {
    if (!Array.isArray(n.symbolSize) || ![n.x, n.y, ...n.symbolSize].every(Number.isFinite)) throw new Error('a node is a box with a width and a height');
  }
  for (const l of links) if (!nodes[l.source] || !nodes[l.target]) throw new Error('a link leads to no node');
  const base = {type: 'custom', coordinateSystem: 'none', animation: false};
  return [
    {...base, silent: true, tooltip: {show: false}, z: 1, data: [0], renderItem: guard(() => ({type: 'group', silent: true, children: arrows(nodes, links, palette)}))},
    {...base, name: raw.name, z: 3, data: nodes.map((n, i) => ({name: n.name, value: i})), renderItem: guard(params => box(nodes[params.dataIndex], palette))},
  ];
}

function box(node, palette) {
  const [w, h] = node.symbolSize, style = node.itemStyle || {};
  const main = style.borderColor === '@color:ink', weight = main ? '700' : '';
  const lines = wrap(String(node.name || ''), main ? (w - 12) / 1.06 : w - 12, Math.max(1, Math.floor((h - 6) / 14)));
  return {type: 'group', children: [
    {
      type: 'rect', shape: {x: node.x - w / 2, y: node.y - h / 2, width: w, height: h}, emphasis: {style: {stroke: palette.color('ink'), lineWidth: 2}},
      style: {fill: palette.color('paper'), stroke: palette.color(main ? 'ink' : 'rule-2'), lineWidth: main ? 2 : 1, lineDash: style.borderType === 'dashed' ? [4, 3] : null},
    },
    ...lines.map((text, i) => ({type: 'text', silent: true, style: {
      text: written(text), x: node.x, y: node.y + 14 * (i - (lines.length - 1) / 2), align: 'center', verticalAlign: 'middle', fill: palette.color('ink'), font: (weight && weight + ' ') + '12px ' + palette.font,
    }})),
  ]};
}

function arrows(nodes, links, palette) {
  const out = nodes.map(() => 0), into = nodes.map(() => 0), shapes = [], labels = [];
  for (const l of links) { out[l.source]++; into[l.target]++; }
  const taken = nodes.map(n => [n.x - n.symbolSize[0] / 2, n.y - n.symbolSize[1] / 2, n.x + n.symbolSize[0] / 2, n.y + n.symbolSize[1] / 2]);
  for (const l of links) {
    const dashed = Boolean(l.lineStyle && l.lineStyle.type);
    // Where lines part, a label is at its end, where they meet, at its beginning.
    const along = out[l.source] > into[l.target] ? 0.64 : out[l.source] < into[l.target] ? 0.36 : 0.5;
    const text = l.label && l.label.show !== false && typeof l.label.formatter === 'string' ? l.label.formatter : '';
    const {points, head, label} = Array.isArray(l.stem) ? standing(nodes[l.source], nodes[l.target], l.stem, estimate(text)) : Array.isArray(l.trunk) ? hanging(nodes[l.source], nodes[l.target], l.trunk, estimate(text)) : route(nodes, l.source, l.target, along);
    shapes.push({type: 'polyline', shape: {points}, style: {fill: 'none', stroke: palette.color(dashed ? 'reported' : 'rule-2'), lineWidth: dashed ? 1 : 1.2, lineDash: dashed ? [2, 3] : null}});
    if (head) shapes.push({type: 'polyline', shape: {points: head}, style: {fill: 'none', stroke: palette.color('rule-2'), lineWidth: 1.2}});
    if (text) labels.push({text, label});
  }
  for (const {text, label: [x, y]} of labels) {
    const half = textWidth(text, palette.font) / 2;
    const dy = [0, -8, 8].find(d => taken.every(r => x + half <= r[0] || x - half >= r[2] || y + d + 6 <= r[1] || y + d - 6 >= r[3]));
    if (dy === undefined) continue;
    taken.push([x - half, y + dy - 6, x + half, y + dy + 6]);
    shapes.push({type: 'text', style: {text: written(text), x, y: y + dy, align: 'center', verticalAlign: 'middle', fill: palette.color('ink'), stroke: palette.color('paper'), lineWidth: 4, font: '12px ' + palette.font}});
  }
  return shapes.map(s => ({silent: true, ...s}));
}

// hanging leads from an owner down a line and into a box beside it. A label stands on the way to the box, or above the box where that is too short.
function hanging(a, b, [x, across], wide) {
  const low = a.y + a.symbolSize[1] / 2, left = b.x - b.symbolSize[0] / 2;
  const start = Math.abs(x - a.x) <= a.symbolSize[0] / 2 ? [[x, low]] : [[a.x, low], [a.x, across], [x, across]];
  return {
    points: [...start, [x, b.y], [left, b.y]], head: [[left - 7, b.y - 3.5], [left, b.y], [left - 7, b.y + 3.5]],
    label: wide + 16 <= left - x + 1 ? [x + (left - x - 4) / 2, b.y] : [left + wide / 2, b.y - b.symbolSize[1] / 2 - 8],
  };
}

// standing leads from an owner to a line beside it, and down the line to what it owns. A label stands on the way to the line, or below the box.
function standing(a, b, [x, across], wide) {
  const left = a.x - a.symbolSize[0] / 2, top = b.y - b.symbolSize[1] / 2, under = Math.abs(x - b.x) <= b.symbolSize[0] / 2, end = under ? x : b.x;
  return {
    points: [[left, a.y], [x, a.y], ...(under ? [] : [[x, across], [b.x, across]]), [end, top]], head: [[end - 3.5, top - 7], [end, top], [end + 3.5, top - 7]],
    label: wide + 16 <= left - x + 1 ? [(x + left) / 2, a.y] : [left + wide / 2, a.y + a.symbolSize[1] / 2 + 8],
  };
}

// route leads from box to box, and round the boxes between.
function route(nodes, from, to, along) {
  const a = nodes[from], b = nodes[to], [aw, ah] = a.symbolSize.map(v => v / 2), [bw, bh] = b.symbolSize.map(v => v / 2);
  const [p, q] = b.y - bh > a.y + ah ? [[a.x, a.y + ah], [b.x, b.y - bh]] : b.y + bh < a.y - ah ? [[a.x, a.y - ah], [b.x, b.y + bh]]
    : b.x > a.x ? [[a.x + aw, a.y], [b.x - bw, b.y]] : [[a.x - aw, a.y], [b.x + bw, b.y]];
  const dx = q[0] - p[0], dy = q[1] - p[1], d = Math.hypot(dx, dy);
  if (d < 1) return {points: [p, q], head: null, label: p};
  if (b.y > a.y && crossed(nodes, from, to, p, q)) {
    const x = Math.max(1, q[0] + (p[0] > q[0] ? bw + 6 : -bw - 6));
    return {
      points: [p, [p[0], p[1] + 8], [x, p[1] + 8], [x, q[1] - 12], [q[0], q[1] - 12], q],
      head: [[q[0] - 3.5, q[1] - 7], q, [q[0] + 3.5, q[1] - 7]], label: [q[0], q[1] - 21],
    };
  }
  const ux = dx / d, uy = dy / d;
  return {
    points: [p, q], head: [[q[0] - ux * 7 - uy * 3.5, q[1] - uy * 7 + ux * 3.5], q, [q[0] - ux * 7 + uy * 3.5, q[1] - uy * 7 - ux * 3.5]],
    label: [p[0] + dx * along, p[1] + dy * along],
  };
}

// crossed tells whether a line from p down to q runs through the box of another holder.
function crossed(nodes, from, to, p, q) {
  return nodes.some((n, i) => i !== from && i !== to && [n.y - n.symbolSize[1] / 2, n.y + n.symbolSize[1] / 2].some(y =>
    y > p[1] && y < q[1] && Math.abs(p[0] + (q[0] - p[0]) * (y - p[1]) / (q[1] - p[1]) - n.x) < n.symbolSize[0] / 2 + 2));
}
