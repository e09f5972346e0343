// Draws options with ECharts' own SVG renderer, again and again.
// node rival.cjs ECHARTS < [{"width", "height", "options"}] > [{"ms", "svg"}]
const echarts = require(process.argv[2]);

// What the client does for our functions and colours: rectangles and circles for custom series, fixed colours.
const plain = value => {
  if (typeof value === 'string') return value.startsWith('@fn:') ? undefined : value.startsWith('@') ? '#333' : value;
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]).filter(([, v]) => v !== undefined));
  return value;
};
const shapes = {
  gantt: (v, api) => { const a = api.coord([v[1], v[0]]), b = api.coord([v[2], v[0]]); return {type: 'rect', shape: {x: a[0], y: a[1] - 6, width: Math.max(1, b[0] - a[0]), height: 12}, style: {fill: '#333'}}; },
  dotted: (v, api) => { const a = api.coord([v[1], v[0]]), b = api.coord([v[2], v[0]]); return {type: 'line', shape: {x1: a[0], y1: a[1], x2: b[0], y2: b[1]}, style: {stroke: '#333'}}; },
  mark: (v, api) => { const a = api.coord([v[1], v[0]]); return {type: 'circle', shape: {cx: a[0], cy: a[1], r: 6}, style: {stroke: '#333', fill: 'none'}}; },
  cell: (v, api) => { const a = api.coord([v[0], v[1]]); return {type: 'rect', shape: {x: a[0] - 6, y: a[1] - 6, width: 12, height: 12}, style: {fill: '#333'}}; },
};
function draw(input) {
  const options = {...plain(input.options), animation: false};
  input.options.series.forEach((s, i) => {
    if (!s.renderItem) return;
    const name = s.renderItem.slice(4);
    options.series[i].renderItem = (params, api) => {
      const item = s.data[params.dataIndex];
      if (name !== 'band') return shapes[name](item.value || item, api);
      if (params.dataIndexInside !== 0) return null; // one shape for all
      const up = [], down = [];
      for (const [x, low, high] of s.data) { up.push(api.coord([x, high])); down.unshift(api.coord([x, low])); }
      return {type: 'polygon', shape: {points: up.concat(down)}, style: {fill: '#eee'}};
    };
  });
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: input.width, height: input.height});
  chart.setOption(options);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const all = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const out = all.map(input => {
  let svg = '';
  for (let i = 0; i < 30; i++) svg = draw(input); // until it is compiled
  const start = performance.now();
  let n = 0;
  while (n < 20 || performance.now() - start < 1000) { svg = draw(input); n++; }
  return {ms: (performance.now() - start) / n, svg};
});
process.stdout.write(JSON.stringify(out), () => process.exit(0));
