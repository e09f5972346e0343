// Builds the bundle. `node build.js` writes it to where the theme has it, `node build.js FOLDER` elsewhere. The bytes depend on src/, on the lock
// file and on this file alone.
import {build} from 'esbuild';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const theme = join(here, '../../../themes/dossier');
const [js, licences] = process.argv[2]
  ? [join(process.argv[2], 'charts.js'), join(process.argv[2], 'charts-licences.txt')]
  : [join(theme, 'assets/js/charts.js'), join(theme, 'static/assets/charts-licences.txt')];
const version = name => JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'))).version;

const banner = `/* Charts of Dossier. Holds Apache ECharts ${version('echarts')} (Apache-2.0, Copyright 2017-2026 The Apache Software Foundation),
   ZRender ${version('zrender')} (BSD-3-Clause, Copyright 2017 Baidu Inc.) and tslib ${version('tslib')} (0BSD, Copyright Microsoft Corp.).
   Their licences: charts-licences.txt. Sources and the command that builds this file: generator/chart/client. */`;

const result = await build({
  absWorkingDir: here,
  entryPoints: ['src/index.js'],
  bundle: true,
  write: false,
  format: 'iife',
  minify: true,
  charset: 'ascii',
  target: ['es2018'],
  legalComments: 'none',
  banner: {js: banner},
  define: {'process.env.NODE_ENV': '"production"', __DEV__: 'false'},
  logLevel: 'warning',
});

const read = name => readFileSync(join(here, 'node_modules', name), 'utf8').trim() + '\n';
const part = (title, text) => `${'='.repeat(78)}\n${title}\n${'='.repeat(78)}\n\n${text}\n`;

mkdirSync(dirname(js), {recursive: true});
mkdirSync(dirname(licences), {recursive: true});
writeFileSync(js, result.outputFiles[0].contents);
writeFileSync(licences,
  'charts.js holds the software below, besides our own. It was minified, and what we do not use was left out.\n\n' +
  part(`Apache ECharts ${version('echarts')}: NOTICE`, read('echarts/NOTICE')) +
  part(`Apache ECharts ${version('echarts')}: LICENSE`, read('echarts/LICENSE')) +
  part(`d3, parts of which are in Apache ECharts`, read('echarts/licenses/LICENSE-d3')) +
  part(`ZRender ${version('zrender')}: LICENSE`, read('zrender/LICENSE')) +
  part(`tslib ${version('tslib')}: LICENSE`, read('tslib/LICENSE.txt')));
