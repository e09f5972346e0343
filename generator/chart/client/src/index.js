// Brings the charts of a page to life as they come into view. A classic script, loaded with defer on pages that have a chart.
import {Chart} from './chart.js';
import {readWords} from './words.js';

const charts = new Map();

function start() {
  for (const figure of document.querySelectorAll('figure[data-chart]')) {
    if (!figure.querySelector('.ch-box') || !figure.querySelector('script.ch-options')) continue;
    try { charts.set(figure, new Chart(figure, readWords(figure))); } catch (e) { console.warn('chart ' + figure.id + ': ' + e.message); }
  }
  if (!charts.size) return;
  const fonts = document.fonts && document.fonts.ready || Promise.resolve();
  // Text on a canvas is not drawn again when its font arrives.
  Promise.race([fonts, new Promise(done => setTimeout(done, 3000))]).then(watch);
}

function watch() {
  if (window.IntersectionObserver) {
    const seen = new IntersectionObserver(entries => {
      for (const e of entries) {
        if (!e.isIntersecting) continue;
        seen.unobserve(e.target);
        charts.get(e.target).hydrate();
      }
    }, {rootMargin: '200px'});
    for (const figure of charts.keys()) seen.observe(figure);
  } else {
    charts.forEach(chart => chart.hydrate());
  }
  const retheme = () => charts.forEach(chart => chart.retheme());
  new MutationObserver(retheme).observe(document.documentElement, {attributes: true, attributeFilter: ['data-theme']});
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-reduced-motion: reduce)']) {
    matchMedia(query).addEventListener('change', retheme);
  }
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
