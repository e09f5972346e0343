// Which part of the x axis is seen, as percent of the whole.
export class Zoom {
  // show(window) draws it; changed(window) is told after every change, also by the pointer.
  constructor(show, changed, least) {
    Object.assign(this, {show, changed, least: Math.max(0.01, least), window: [0, 100]});
  }

  get whole() { return this.window[1] - this.window[0] > 99.99; }
  get closest() { return this.window[1] - this.window[0] < this.least * 1.01; }
  get atStart() { return this.window[0] < 0.01; }
  get atEnd() { return this.window[1] > 99.99; }

  // to moves the window, and tells whether anything has changed.
  to(start, end) {
    const span = Math.min(100, Math.max(this.least, end - start));
    const middle = (start + end) / 2;
    const from = Math.min(100 - span, Math.max(0, middle - span / 2));
    if (Math.abs(from - this.window[0]) < 1e-6 && Math.abs(from + span - this.window[1]) < 1e-6) return false;
    this.show([from, from + span]);
    return true;
  }

  // by multiplies what is seen; the place at `at` (0 to 1) stays where it is.
  by(factor, at = 0.5) {
    const [start, end] = this.window, span = end - start;
    const next = Math.min(100, Math.max(this.least, span * factor));
    const from = Math.min(100 - next, Math.max(0, start + at * (span - next)));
    return this.to(from, from + next);
  }

  // move goes along by a part of what is seen.
  move(part) {
    const step = (this.window[1] - this.window[0]) * part;
    return this.to(this.window[0] + step, this.window[1] + step);
  }

  all() { return this.to(0, 100); }

  // seen is what the chart says about itself.
  seen(start, end) {
    if (!Number.isFinite(start) || !Number.isFinite(end)) return;
    this.window = [start, end];
    this.changed();
  }
}
