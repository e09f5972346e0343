/* Asks the search index. What it holds, and in which order results stand, is written in generator/search; this reads it and asks for the
   parts that a query needs. It touches no document: a loader brings the parts, a page shows the results. */
(function (dossier) {
  "use strict";
  var search = dossier.search = dossier.search || {};
  var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var codes = {};
  Array.prototype.forEach.call(alphabet, function (c, i) { codes[c] = i; });

  var exact = 3, prefix = 2, typo = 1;                         // how a word was found
  var weak = 0, prose = 1, about = 2, id = 3, name = 4, title = 5; // where, as in encode.go
  var partsPerWord = 6, partsPerFurtherWord = 2;               // of a large index: a beginning of one letter would ask for half of it
  var wordsPerQuery = 8;                                       // of a large index
  var wordsPerTypo = 40;

  /* ---- parts */

  /* The parts of one index that have come, and those that are waited for. */
  function Shelf() {
    this.parts = new Map();
    this.waiting = new Map();
    this.lists = new Map();
  }

  Shelf.prototype.add = function (key, value) {
    this.parts.set(key, value);
    var wait = this.waiting.get(key);
    this.waiting.delete(key);
    if (wait) wait.resolve(value);
  };

  /* The part of a name, as a promise. load(name, failed, shelf) asks for the file, which calls add; it calls failed() when there is none. */
  Shelf.prototype.part = function (load, key) {
    var shelf = this;
    if (shelf.parts.has(key)) return Promise.resolve(shelf.parts.get(key));
    var wait = shelf.waiting.get(key);
    if (!wait) {
      wait = {};
      shelf.waiting.set(key, wait);
      wait.promise = new Promise(function (resolve, reject) {
        wait.resolve = resolve;
        wait.reject = reject;
      });
      load(key, function () {
        shelf.waiting.delete(key);
        wait.reject(new Error("no " + key));
      }, shelf);
    }
    return wait.promise;
  };

  var own = new Shelf(); // of the index that files bring

  search.add = function (key, value) { own.add(key, value); };
  search.shelf = function () { return new Shelf(); };

  function partName(kind, n) { return kind + "-" + ("000" + n).slice(n > 999 ? -String(n).length : -4); }

  /* ---- decoding */

  function numbers(text) {
    var out = [], n = 0, shift = 0;
    for (var i = 0; i < text.length; i++) {
      var code = codes[text[i]];
      n += (code & 31) * Math.pow(2, shift);
      if (code & 32) shift += 5;
      else {
        out.push(n);
        n = shift = 0;
      }
    }
    return out;
  }

  function documents(text) {
    var next = 0;
    return numbers(text).map(function (gap) {
      next += gap + 1;
      return next - 1;
    });
  }

  /* Calls fn(document, value) for all places of a word. */
  function places(text, fn) {
    for (var i = 0, n = 0, shift = 0, next = 0; i < text.length; i++) {
      var code = codes[text[i]];
      n += (code & 31) * Math.pow(2, shift);
      if (code & 32) {
        shift += 5;
        continue;
      }
      fn(next + n, codes[text[++i]]);
      next += n + 1;
      n = shift = 0;
    }
  }

  /* A part of words: their list, in order, and for each its places. */
  function wordList(shelf, key, text) {
    var list = shelf.lists.get(key);
    if (list) return list;
    list = { words: [], places: [] };
    var last = "";
    text.split(",").forEach(function (entry) {
      var space = entry.indexOf(" ");
      if (space < 0) return;
      last = last.slice(0, codes[entry[0]]) + entry.slice(1, space);
      list.words.push(last);
      list.places.push(entry.slice(space + 1));
    });
    shelf.lists.set(key, list);
    return list;
  }

  /* How many of a sorted list come before a word. */
  function before(list, word) {
    var low = 0, high = list.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (list[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /* ---- words of the query */

  function length(word) { return Array.from(word).length; }

  /* The parts in which words with a beginning stand, at most so many. */
  function range(firsts, beginning, most) {
    var from = before(firsts, beginning), to = before(firsts, beginning + "\uffff"), out = [];
    if (from === firsts.length || firsts[from] !== beginning) from--;
    for (var i = Math.max(0, from); i < to && out.length < most; i++) out.push(i);
    return out;
  }

  function Index(head, load, shelf) {
    this.head = head;
    this.load = load;
    this.shelf = shelf;
    this.bases = [];
    this.size = 0;
    head.kinds.forEach(function (k) {
      this.bases.push(this.size);
      this.size += k.n;
    }, this);
    // The title of a document or an event is not its name: it is often that of somebody else.
    this.named = head.kinds.map(function (k) { return k.kind !== "event" && k.kind !== "news" && k.kind !== "source"; });
    this.starts = head.kinds.map(function (k) {
      var at = 0;
      return [0].concat(numbers(k.parts).map(function (n) { return (at += n); }));
    });
  }

  Index.prototype.lists = function (kind, firsts, which) {
    var load = this.load, shelf = this.shelf;
    return Promise.all(which.map(function (i) {
      var key = partName(kind, i);
      return shelf.part(load, key).then(function (text) { return wordList(shelf, key, text); });
    }));
  };

  /* All words with a beginning, as they come to test(word, places). */
  Index.prototype.each = function (beginning, whole, most, test) {
    var firsts = this.head.words;
    var which = whole ? firsts.map(function (f, i) { return i; }) : range(firsts, beginning, this.head.whole ? firsts.length : most);
    return this.lists("words", firsts, which).then(function (lists) {
      lists.forEach(function (list) {
        for (var i = whole ? 0 : before(list.words, beginning); i < list.words.length; i++) {
          if (!whole && list.words[i].slice(0, beginning.length) !== beginning) break;
          test(list.words[i], list.places[i]);
        }
      });
    });
  };

  /* The places of one word, as it is spelled; null when it is not there. */
  Index.prototype.one = function (word) {
    var firsts = this.head.words, i = before(firsts, word);
    if (i === firsts.length || firsts[i] !== word) i--;
    return i < 0 ? Promise.resolve(null) : this.lists("words", firsts, [i]).then(function (lists) {
      var at = before(lists[0].words, word);
      return lists[0].words[at] === word ? { word: word, how: exact, places: lists[0].places[at] } : null;
    });
  };

  /* What a word of the query stands for: words of the index, how each was found, and their places. */
  Index.prototype.meant = function (word, last) {
    var self = this, found = [];
    if (!last && length(word) < 3 && !search.isDense(word)) {
      return this.one(word).then(function (hit) { return hit ? [hit] : []; });
    }
    return this.each(word, false, last ? partsPerWord : partsPerFurtherWord, function (w, p) {
      found.push({ word: w, how: w === word ? exact : prefix, places: p });
    }).then(function () {
      return found.length || length(word) < 4 || /\p{N}/u.test(word) || search.isDense(word) ? found : self.misspelled(word);
    });
  };

  /* Words with one letter more, less, other, or two of them changed about. Where the mistake is in the second half of the word, the first
     half leads to it; where it is in the first, the second half does, by the words that are spelled backwards. */
  Index.prototype.misspelled = function (word) {
    var self = this, chars = Array.from(word), half = chars.length >> 1, whole = this.head.whole, close = new Map(), begun = [];
    return this.each(chars.slice(0, half).join(""), whole, partsPerWord, function (w, p) {
      if (/\p{N}/u.test(w)) return;
      if (oneOff(chars, Array.from(w))) close.set(w, p);
      else if (chars.length > 4 && begun.length < wordsPerTypo && oneOffBeginning(chars, Array.from(w))) begun.push({ word: w, how: typo, places: p });
    }).then(function () {
      if (whole) return [];
      var ends = self.head.ends, back = chars.slice(half).reverse().join("");
      var swapped = chars.slice();
      swapped[half] = chars[half - 1];
      swapped[half - 1] = chars[half];
      return self.lists("ends", ends, range(ends, back, partsPerWord)).then(function (lists) {
        var more = [swapped.join("")];
        lists.forEach(function (list) {
          for (var i = before(list.words, back); i < list.words.length && list.words[i].slice(0, back.length) === back; i++) {
            var forwards = Array.from(list.words[i]).reverse();
            if (oneOff(chars, forwards)) more.push(forwards.join(""));
          }
        });
        return Promise.all(more.slice(0, wordsPerTypo).map(function (w) { return self.one(w); }));
      });
    }).then(function (more) {
      more.forEach(function (hit) { if (hit) close.set(hit.word, hit.places); });
      var out = [];
      close.forEach(function (p, w) { out.push({ word: w, how: typo, places: p }); });
      return (out.length ? out : begun).slice(0, wordsPerTypo);
    });
  };

  function oneOff(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    var i = 0, j = 0;
    while (i < a.length && i < b.length && a[i] === b[i]) i++;
    while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
    var left = a.length - i - j, right = b.length - i - j;
    return left <= 1 && right <= 1 || left === 2 && right === 2 && a[i] === b[i + 1] && a[i + 1] === b[i];
  }

  function oneOffBeginning(a, b) {
    for (var n = a.length - 1; n <= a.length + 1; n++) {
      if (n < b.length && oneOff(a, b.slice(0, n))) return true;
    }
    return false;
  }

  /* ---- results */

  function kindOf(index, doc) {
    for (var k = index.bases.length - 1; k > 0; k--) if (doc >= index.bases[k]) return k;
    return 0;
  }

  function where(field) { return field >= id ? 3 : field; }

  /* One number for how well a document answers a word; the larger the better. */
  function rate(how, value) {
    var field = Math.floor(value / 10), n = value % 10;
    var much = field >= id ? (9 - n) * 2 + (field === title ? 1 : 0) : n;
    return (where(field) * 4 + how) * 32 + much;
  }

  function Hit() {
    this.words = 0;      // of the query that were found
    this.where = 3;
    this.how = exact;
    this.full = true;    // every word is in a name of as many words as the query has
    this.much = 0;
  }

  /* What the words of a query lead to: a map of document to Hit, and all words of the index that were meant. */
  function gather(index, meant, count) {
    var hits = new Map();
    meant.forEach(function (candidates) {
      var best = new Map();
      candidates.forEach(function (c) {
        places(c.places.charAt(0) === "!" ? c.places.slice(1) : c.places, function (doc, value) {
          if (value < 10 && c.how !== exact) return; // a weak alias
          var r = rate(c.how, value), old = best.get(doc);
          if (old === undefined || r > old[0]) best.set(doc, [r, c.how, value]);
        });
      });
      best.forEach(function (b, doc) {
        var hit = hits.get(doc), field = Math.floor(b[2] / 10);
        if (!hit) hits.set(doc, hit = new Hit());
        hit.words++;
        hit.where = Math.min(hit.where, where(field));
        hit.how = Math.min(hit.how, b[1]);
        hit.full = hit.full && b[1] === exact && field >= id && b[2] % 10 === Math.min(count, 10) - 1 && index.named[kindOf(index, doc)];
        hit.much += b[0] % 32;
      });
    });
    return hits;
  }

  function order(index, hits) {
    var list = [];
    hits.forEach(function (hit, doc) {
      var full = hit.full ? 1 : 0, kind = 15 - kindOf(index, doc);
      list.push({ doc: doc, rank: ((((hit.words * 4 + hit.where) * 4 + hit.how) * 2 + full) * 16 + kind) * 1024 + Math.min(hit.much, 1023) });
    });
    list.sort(function (a, b) { return b.rank - a.rank || a.doc - b.doc; });
    return list.map(function (x) { return x.doc; });
  }

  /* Words that need not be found, because they are nearly everywhere. */
  function isCommon(candidates) {
    return candidates.some(function (c) { return c.how === exact && c.places.charAt(0) === "!"; });
  }

  /* The words of a query that are asked for, at most so many: a large index would have to send a part for each. Of a long run of Chinese every
     second pair of characters says as much as all of them. */
  function telling(words, most) {
    var distinct = words.filter(function (w, i) { return words.indexOf(w) === i; });
    if (distinct.length > most) {
      var dense = 0;
      distinct = distinct.filter(function (w) { return !search.isDense(w) || dense++ % 2 === 0; });
    }
    return distinct.slice(0, most);
  }

  /* All documents for a query, the best first: {docs, words, partly}. partly says that no document has all words; words is the set of
     words of the index that were meant. */
  Index.prototype.match = function (query) {
    var self = this, words = search.queryWords(query), distinct = telling(words, this.head.whole ? 24 : wordsPerQuery);
    // What is still being typed may be the beginning of a word.
    var open = !/[\s.,;:!?]$/.test(query);
    return Promise.all(distinct.map(function (w) { return self.meant(w, open && w === words[words.length - 1]); })).then(function (meant) {
      var set = new Set();
      meant.forEach(function (list) { list.forEach(function (c) { set.add(c.word); }); });
      // What the report does not know at all says nothing on whether the rest is a whole name.
      var count = words.length - meant.filter(function (list) { return !list.length; }).length;
      var hits = gather(self, meant, count), rare = meant.filter(function (list) { return !isCommon(list); });
      var counted = rare.length && rare.length < meant.length ? gather(self, rare, count) : hits;
      var most = 0, needed = rare.length || meant.length;
      counted.forEach(function (hit) { most = Math.max(most, hit.words); });
      counted.forEach(function (hit, doc) { if (hit.words < most) hits.delete(doc); });
      hits.forEach(function (hit, doc) { if (!counted.has(doc)) hits.delete(doc); });
      return { docs: order(self, hits), words: set, partly: most > 0 && most < needed };
    });
  };

  Index.prototype.all = function () {
    var docs = [];
    for (var i = 0; i < this.size; i++) docs.push(i);
    return docs;
  };

  /* Whether the parts with who is found by which filter have come. */
  Index.prototype.canCount = function () { return this.shelf.parts.has("facets"); };
  Index.prototype.countable = function () { return this.shelf.part(this.load, "facets"); };

  Index.prototype.facet = function (which, key) {
    var at = this.head.facets[which].findIndex(function (v) { return v[0] === key; });
    return at < 0 ? [] : documents(this.shelf.parts.get("facets")[which][at]);
  };

  /* find gives a promise of what a page shows for a query and filters, {kind, country, authority, status, year}:
     {total, docs, words, partly, counts}. counts has, for every filter, a map of its values to how many results each would leave. */
  Index.prototype.find = function (query, filters) {
    var self = this, names = Object.keys(this.head.facets).filter(function (f) { return filters[f]; });
    var ready = names.length ? this.countable() : Promise.resolve();
    var matched = search.queryWords(query).length ? this.match(query) : Promise.resolve({ docs: this.all(), words: new Set(), partly: false });
    return Promise.all([matched, ready]).then(function (both) {
      var found = both[0], keep = {};
      if (filters.kind) {
        var k = self.head.kinds.findIndex(function (x) { return x.kind === filters.kind; });
        keep.kind = function (doc) { return kindOf(self, doc) === k; };
      }
      names.forEach(function (f) {
        var set = new Set(self.facet(f, filters[f]));
        keep[f] = function (doc) { return set.has(doc); };
      });
      function narrowed(but) {
        return found.docs.filter(function (doc) {
          return Object.keys(keep).every(function (f) { return f === but || keep[f](doc); });
        });
      }
      var docs = narrowed("");
      return { total: docs.length, docs: docs, words: found.words, partly: found.partly, counts: self.counts(narrowed) };
    });
  };

  Index.prototype.counts = function (narrowed) {
    var self = this, out = { kind: new Map() };
    narrowed("kind").forEach(function (doc) {
      var kind = self.head.kinds[kindOf(self, doc)].kind;
      out.kind.set(kind, (out.kind.get(kind) || 0) + 1);
    });
    if (!this.canCount()) return out;
    Object.keys(this.head.facets).forEach(function (f) {
      var docs = new Set(narrowed(f));
      out[f] = new Map();
      self.head.facets[f].forEach(function (value) {
        var n = 0;
        self.facet(f, value[0]).forEach(function (doc) { if (docs.has(doc)) n++; });
        out[f].set(value[0], n);
      });
    });
    return out;
  };

  /* What results show, as a promise: {kind, path, title, text, date, mark, beside, names: [[name, language]], lang}. */
  Index.prototype.records = function (docs) {
    var self = this;
    return Promise.all(docs.map(function (doc) {
      var k = kindOf(self, doc), local = doc - self.bases[k], starts = self.starts[k], at = before(starts, local);
      if (at === starts.length || starts[at] !== local) at--;
      return self.shelf.part(self.load, partName("docs-" + self.head.kinds[k].kind, at)).then(function (list) {
        var r = list[local - starts[at]];
        return {
          kind: self.head.kinds[k].kind, path: r[0], title: r[1], text: r[2] || "", date: r[3] || "", mark: r[4] || "", beside: r[5] || "",
          names: r[6] || [], lang: r[7] || "",
        };
      });
    }));
  };

  /* A text in pieces, those that were looked for marked: [{text, mark}]. */
  search.pieces = function (text, words) {
    var out = [];
    function put(s, mark) {
      if (!s) return;
      if (out.length && out[out.length - 1].mark === mark) out[out.length - 1].text += s;
      else out.push({ text: s, mark: mark });
    }
    function run(chars) {
      if (!search.isDense(chars[0])) {
        put(chars.join(""), search.words(chars.join("")).some(function (w) { return words.has(w); }));
        return;
      }
      var marks = chars.map(function (c, i) {
        var single = search.words(c)[0], pair = i + 1 < chars.length ? search.words(c + chars[i + 1])[0] : "";
        return words.has(pair) ? 2 : words.has(single) ? 1 : 0;
      });
      chars.forEach(function (c, i) { put(c, marks[i] > 0 || i > 0 && marks[i - 1] === 2); });
    }
    var word = /[\p{L}\p{N}\p{M}]+(?:['’.&][\p{L}\p{N}\p{M}]+)*/gu, last = 0, m;
    while ((m = word.exec(text))) {
      put(text.slice(last, m.index), false);
      last = m.index + m[0].length;
      var chars = Array.from(m[0]), start = 0;
      for (var i = 1; i <= chars.length; i++) {
        if (i === chars.length || search.isDense(chars[i]) !== search.isDense(chars[i - 1])) {
          run(chars.slice(start, i));
          start = i;
        }
      }
    }
    put(text.slice(last), false);
    return out;
  };

  /* The stretch of a text that has the most of what was looked for, in pieces. */
  search.snippet = function (text, words, size) {
    var pieces = search.pieces(text, words), at = 0, marks = [];
    pieces.forEach(function (p) {
      if (p.mark) marks.push({ from: at, key: p.text.toLowerCase() });
      at += p.text.length;
    });
    if (text.length <= size) return pieces;
    var from = 0, most = -1;
    marks.forEach(function (m, i) {
      var start = Math.max(0, m.from - size / 4), keys = new Set();
      for (var j = i; j < marks.length && marks[j].from < start + size * 0.9; j++) keys.add(marks[j].key);
      if (keys.size > most) {
        most = keys.size;
        from = start;
      }
    });
    from = edge(text, Math.floor(Math.min(from, text.length - size)), 30);
    var to = edge(text, from + size, 30), out = [];
    if (from > 0) out.push({ text: "… ", mark: false });
    at = 0;
    pieces.forEach(function (p) {
      var cut = p.text.slice(Math.max(0, from - at), Math.max(0, to - at));
      at += p.text.length;
      if (cut) out.push({ text: cut, mark: p.mark });
    });
    if (to < text.length) out.push({ text: " …", mark: false });
    return out;
  };

  /* A place at or after another where a word begins, if there is one near; never within a character. */
  function edge(text, from, reach) {
    if (from <= 0) return 0;
    if (from >= text.length) return text.length;
    var space = text.indexOf(" ", from);
    if (space >= 0 && space - from < reach) return space + 1;
    return /[\udc00-\udfff]/.test(text[from]) ? from + 1 : from;
  }

  /* The index, as a promise. load(name, failed, shelf) asks for a file of it. A page with more than one index gives each a shelf. */
  search.open = function (load, shelf) {
    shelf = shelf || own;
    return shelf.part(load, "index").then(function (head) { return new Index(head, load, shelf); });
  };
})(window.Dossier = window.Dossier || {});
