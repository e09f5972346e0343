// Draws options with ECharts itself, and says where it puts axes and marks.
// node oracle.cjs ECHARTS < [{"width", "height", "options"}] > [{"grids", "x", "y", "series"}]
const echarts = require(process.argv[2]);

// Colours do not matter here, and the places of custom series are what their functions ask for.
const ends = {gantt: v => [[v[1], v[0]], [v[2], v[0]]], dotted: v => [[v[1], v[0]], [v[2], v[0]]], mark: v => [[v[1], v[0]]], cell: v => [[v[0], v[1]]], band: v => [[v[0], v[1]], [v[0], v[2]]]};
const plain = (value, key) => {
  if (typeof value === 'string') return value.startsWith('@fn:') ? undefined : value.startsWith('@') ? '#000' : value;
  if (Array.isArray(value)) return value.map(v => plain(v));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v, k)]).filter(([, v]) => v !== undefined));
  return value;
};
function draw(input) {
  const found = {};
  const options = {...plain(input.options), animation: false};
  input.options.series.forEach((s, i) => {
    if (!s.renderItem) return;
    options.series[i].renderItem = (params, api) => {
      const item = s.data[params.dataIndex], v = item.value || item;
      (found[i] = found[i] || [])[params.dataIndex] = ends[s.renderItem.slice(4)](v).map(p => api.coord(p));
    };
  });
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: input.width, height: input.height});
  chart.setOption(options);
  const model = chart.getModel(), out = {grids: [], x: [], y: [], series: []};
  model.eachComponent('grid', g => { const r = g.coordinateSystem.getRect(); out.grids.push([r.x, r.y, r.x + r.width, r.y + r.height]); });
  model.eachComponent('xAxis', a => out.x.push(a.axis.scale.getExtent()));
  model.eachComponent('yAxis', a => out.y.push(a.axis.scale.getExtent()));
  model.eachSeries(s => {
    const data = s.getData(), places = [];
    for (let i = 0; i < data.count(); i++) {
      if (s.subType === 'line') { const p = data.getLayout('points'); places.push([[p[2 * i], p[2 * i + 1]]]); }
      else if (s.subType === 'bar') { const l = data.getItemLayout(i); places.push(l ? [[l.x, l.y], [l.x + l.width, l.y + l.height]] : []); }
      else if (s.subType === 'graph') places.push([data.getItemLayout(i)]);
      else places.push((found[s.seriesIndex] || [])[i] || []);
    }
    out.series.push(places);
  });
  chart.dispose();
  return out;
}

const all = JSON.parse(require('fs').readFileSync(0, 'utf8')).map(draw);
process.stdout.write(JSON.stringify(all), () => process.exit(0)); // its clock would go on
