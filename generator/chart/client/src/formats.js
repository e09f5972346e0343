// Numbers and dates, as the language of the page writes them. Digits and calendar are those of the text around: Western and Gregorian.

const minus = s => s.replace(/-/g, '\u2212');
const iso = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const settings = {numberingSystem: 'latn'};
const dates = {calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC'};

// decimals counts the digits after the point, as they were given. The noise of a calculation with binary fractions is no digit.
export function decimals(value) {
  const [digits, exponent] = String(typeof value === 'number' && Math.abs(value) < 1e9 ? Math.round(value * 1e6) / 1e6 : value).split('e');
  const point = digits.indexOf('.');
  return Math.min(6, Math.max(0, (point < 0 ? 0 : digits.length - point - 1) - (Number(exponent) || 0)));
}

export class Formats {
  constructor(lang) {
    this.lang = 'en-GB';
    if (lang && lang !== 'en') {
      try { this.lang = Intl.getCanonicalLocales(lang)[0]; } catch (e) { /* not a language */ }
    }
    this.made = {};
  }

  make(key, make) { return this.made[key] || (this.made[key] = make()); }

  // number: digits is how many stand after the point; without it, as many as there are.
  number(value, digits) {
    const n = Number(value);
    if (value === null || value === '' || !Number.isFinite(n)) return '';
    const options = digits === undefined ? {maximumFractionDigits: 6} : {minimumFractionDigits: digits, maximumFractionDigits: digits};
    return minus(this.make('n' + digits, () => new Intl.NumberFormat(this.lang, {...settings, ...options})).format(n));
  }

  signed(value, digits) {
    const text = this.number(value, digits);
    return Number(value) > 0 ? '+' + text : text;
  }

  // date: milliseconds since 1970 (UTC); precision is day, month or year.
  date(ms, precision = 'day') {
    const n = Number(ms);
    if (!Number.isFinite(n) || Math.abs(n) > 8.64e15) return '';
    const options = {year: 'numeric'};
    if (precision !== 'year') options.month = 'short';
    if (precision === 'day') options.day = 'numeric';
    return this.parts(precision, options, n);
  }

  monthName(ms) { return this.parts('name', {month: 'short'}, ms); }

  dayMonth(ms) { return this.parts('dm', {day: 'numeric', month: 'short'}, ms); }

  // In English the theme has days before months, as in Britain, and three letters for each month, as in America.
  parts(key, options, ms) {
    const write = this.make(key, () => new Intl.DateTimeFormat(this.lang, {...dates, ...options}));
    if (this.lang !== 'en-GB' || !options.month) return write.format(ms);
    const month = this.make('months', () => new Intl.DateTimeFormat('en-US', {...dates, month: 'short'})).format(ms);
    return write.formatToParts(ms).map(p => p.type === 'month' ? month : p.value).join('');
  }

  // category: a date is written as one, everything else stands as it is.
  category(text) {
    const m = iso.exec(text);
    if (!m) return String(text);
    const ms = isoTime(text);
    return ms === null ? text : this.date(ms, m[3] ? 'day' : m[2] ? 'month' : 'year');
  }
}

// isoTime gives the milliseconds of a day, a month or a year, and null for anything else.
export function isoTime(text) {
  const m = iso.exec(text);
  if (!m) return null;
  const ms = Date.UTC(+m[1], m[2] ? m[2] - 1 : 0, m[3] ? +m[3] : 1);
  return new Date(ms).toISOString().slice(0, text.length) === text ? ms : null;
}

// time reads what a time axis may hold.
export function time(value) {
  if (typeof value === 'number') return value;
  const day = isoTime(String(value));
  return day === null ? Date.parse(value) : day;
}
