// Draws options with ECharts itself: places() tells where it puts axes and marks, picture() gives its SVG. An input is {"width", "height", "options"}.
// For Node.js and for engines that have the language alone.

// Colours do not matter here. Custom series have rectangles, lines and circles, as the client gives them, between the places that their functions ask for.
const plain = value => {
  if (typeof value === 'string') return value.startsWith('@fn:') ? undefined : value.startsWith('@') ? '#333' : value;
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]).filter(([, v]) => v !== undefined));
  return value;
};
const ends = {gantt: v => [[v[1], v[0]], [v[2], v[0]]], dotted: v => [[v[1], v[0]], [v[2], v[0]]], mark: v => [[v[1], v[0]]], cell: v => [[v[0], v[1]]], band: v => [[v[0], v[1]], [v[0], v[2]]]};
const shapes = {
  gantt: ([a, b]) => ({type: 'rect', shape: {x: a[0], y: a[1] - 6, width: Math.max(1, b[0] - a[0]), height: 12}, style: {fill: '#333'}}),
  dotted: ([a, b]) => ({type: 'line', shape: {x1: a[0], y1: a[1], x2: b[0], y2: b[1]}, style: {stroke: '#333'}}),
  mark: ([a]) => ({type: 'circle', shape: {cx: a[0], cy: a[1], r: 6}, style: {stroke: '#333', fill: 'none'}}),
  cell: ([a]) => ({type: 'rect', shape: {x: a[0] - 6, y: a[1] - 6, width: 12, height: 12}, style: {fill: '#333'}}),
};

function open(echarts, input) {
  const found = {}, options = {...plain(input.options), animation: false};
  input.options.series.forEach((s, i) => {
    if (!s.renderItem) return;
    const name = s.renderItem.slice(4);
    found[i] = [];
    options.series[i].renderItem = (params, api) => {
      const at = k => { const item = s.data[k]; return ends[name](item.value || item).map(p => api.coord(p)); };
      found[i][params.dataIndex] = at(params.dataIndex);
      if (name !== 'band') return shapes[name](found[i][params.dataIndex]);
      if (params.dataIndexInside !== 0) return null; // one shape for all
      const all = s.data.map((_, k) => at(k));
      return {type: 'polygon', shape: {points: all.map(p => p[1]).concat(all.map(p => p[0]).reverse())}, style: {fill: '#eee'}};
    };
  });
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: input.width, height: input.height});
  chart.setOption(options);
  return {chart, found};
}

function places(echarts, input) {
  const {chart, found} = open(echarts, input);
  const model = chart.getModel(), out = {grids: [], x: [], y: [], series: []};
  model.eachComponent('grid', g => { const r = g.coordinateSystem.getRect(); out.grids.push([r.x, r.y, r.x + r.width, r.y + r.height]); });
  model.eachComponent('xAxis', a => out.x.push(a.axis.scale.getExtent()));
  model.eachComponent('yAxis', a => out.y.push(a.axis.scale.getExtent()));
  model.eachSeries(s => {
    const data = s.getData(), at = [];
    for (let i = 0; i < data.count(); i++) {
      if (s.subType === 'line') { const p = data.getLayout('points'); at.push([[p[2 * i], p[2 * i + 1]]]); }
      else if (s.subType === 'bar') { const l = data.getItemLayout(i); at.push(l ? [[l.x, l.y], [l.x + l.width, l.y + l.height]] : []); }
      else if (s.subType === 'graph') at.push([data.getItemLayout(i)]);
      else at.push((found[s.seriesIndex] || [])[i] || []);
    }
    out.series.push(at);
  });
  chart.dispose();
  return out;
}

function picture(echarts, input) {
  const {chart} = open(echarts, input), svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
