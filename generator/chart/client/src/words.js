// The words of the theme, from the block chart-words of the page. A word that is not there is empty, and what needs it is left out.
import {own} from './values.js';

export class Words {
  constructor(table) { this.table = table && typeof table === 'object' ? table : {}; }

  get(key) { return String(own(this.table, key) || ''); }

  // fill puts values into the places {name} of a sentence. Without the sentence, the values stand one after the other.
  fill(key, values) {
    const text = this.get(key);
    if (!text) return Object.values(values).filter(Boolean).join(' ');
    return text.replace(/\{(\w+)\}/g, (place, name) => {
      const value = own(values, name);
      return value === undefined ? place : String(value);
    });
  }
}

// readWords gives the words for a figure: those of its page, or, in a report in one file, those that the part around it names.
export function readWords(figure) {
  const part = figure.closest('[data-chart-words]');
  try { return new Words(JSON.parse(document.getElementById(part ? part.dataset.chartWords : 'chart-words').textContent)); } catch (e) { return new Words(); }
}
