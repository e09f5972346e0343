// Places of an axis of time that are named: days, months or years, as many as fit side by side. The twin of timeTicks in package chart.

const dayMs = 864e5;

// timeTicks gives [milliseconds, label] in order, for an axis from low to high of so many units.
export function timeTicks(formats, low, high, width) {
  if (!(high > low) || width < 40) return [];
  const days = (high - low) / dayMs, room = width / 52;
  const byDay = [1, 2, 7, 14].find(n => days / n <= room);
  if (byDay) return dayTicks(formats, low, high, byDay);
  const byMonth = [1, 2, 3, 6].find(n => days / 30.44 / n <= room);
  if (byMonth) return monthTicks(formats, low, high, byMonth);
  const n = [1, 2, 5, 10, 20, 50, 100, 200, 500].find(step => days / 365.25 / step <= width / 36 || step === 500);
  const years = yearTicks(formats, low, high, n);
  if (years.length > 1) return years;
  if (new Date(low).getUTCFullYear() === new Date(high).getUTCFullYear()) return [[low, formats.date(low, 'month')], [high, formats.monthName(high)]];
  return [[low, formats.date(low, 'year')], [high, formats.date(high, 'year')]];
}

// namedDays names days, the first of each year with the year.
export function namedDays(formats, days) {
  const year = ms => new Date(ms).getUTCFullYear();
  return days.map((ms, i) => [ms, i && year(days[i - 1]) === year(ms) ? formats.dayMonth(ms) : formats.date(ms)]);
}

function dayTicks(formats, low, high, n) {
  const days = [];
  for (let t = Math.ceil(low / dayMs) * dayMs; t <= high; t += n * dayMs) days.push(t);
  return namedDays(formats, days);
}

function monthTicks(formats, low, high, n) {
  const out = [], year = new Date(low).getUTCFullYear();
  for (let month = 0, t; (t = Date.UTC(year, month, 1)) <= high; month += n) {
    if (t >= low) out.push([t, out.length && month % 12 ? formats.monthName(t) : formats.date(t, 'month')]);
  }
  return out;
}

function yearTicks(formats, low, high, n) {
  const out = [], first = new Date(low).getUTCFullYear();
  for (let year = first - ((first % n) + n) % n; year <= new Date(high).getUTCFullYear(); year += n) {
    const t = new Date(0).setUTCFullYear(year, 0, 1);
    if (t >= low && t <= high) out.push([t, formats.date(t, 'year')]);
  }
  return out;
}
