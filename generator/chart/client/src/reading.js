// Reading along a chart by keys. It knows where the reader is; what is shown and said is the chart's.
export class Reading {
  constructor(model) {
    this.model = model;
    this.current = null;
    this.stop = 0;
    this.away = true;
  }

  // lanes are those that are shown.
  lanes(hidden) {
    const shown = this.model.lanes.filter(l => !l.series || !hidden.includes(l.series));
    return shown.filter(l => l.stops.some(s => !hidden.includes(s.name)));
  }

  // go moves: along (-1, 1, -10, 10, or "start", "end") or to another lane. It gives {stop, first, edge} or null when there is nothing to read; first: the
  // lane is new to the reader.
  go(along, across, hidden) {
    const lanes = this.lanes(hidden);
    if (!lanes.length) return null;
    const first = this.away;
    this.away = false;
    if (!lanes.includes(this.current)) {
      this.current = lanes[0];
      this.stop = along === 'end' ? this.current.stops.length - 1 : 0;
      return this.here(true, false);
    }
    if (first && (across || along === 1 || along === -1)) return this.here(true, false); // back to where it was left
    if (across) {
      const lane = lanes.indexOf(this.current), next = lanes[lane + across];
      if (!next) return this.here(true, true);
      this.stop = nearest(next.stops, this.current.stops[this.stop].at);
      this.current = next;
      return this.here(true, false);
    }
    const last = this.current.stops.length - 1;
    const next = along === 'start' ? 0 : along === 'end' ? last : Math.min(last, Math.max(0, this.stop + along));
    const edge = next === this.stop;
    this.stop = next;
    return this.here(first, edge);
  }

  here(first, edge) { return {stop: this.current.stops[this.stop], first, edge}; }

  leave() { this.away = true; }
}

function nearest(stops, at) {
  let best = 0;
  stops.forEach((s, i) => { if (Math.abs(s.at - at) < Math.abs(stops[best].at - at)) best = i; });
  return best;
}
