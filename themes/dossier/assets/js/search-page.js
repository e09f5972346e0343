/* The page that searches. The query and the filters stand in the fragment of the address, so a search can be kept, sent and gone back to.
   Everything that a result shows is put into the page as text. */
(function (dossier) {
  "use strict";
  var search = dossier.search;
  var first = 10, further = 20, quoted = 220, pause = 120;

  dossier.ready(function () { dossier.each("form[data-index]", page); });

  function page(form) {
    /* In a report in one file: what stands in front of the ids, and of the query in the address. There is a page for each language. */
    var at = form.getAttribute("data-at") || "";
    function part(id) { return document.getElementById(at + id); }
    var lang = form.closest("[lang]").lang, words = JSON.parse(part("search-words").textContent);
    var field = part("q"), status = part("search-status"), list = part("search-results");
    var more = part("search-more"), lists = part("search-lists"), clear = form.querySelector("[type=reset]");
    var selects = Array.prototype.slice.call(form.querySelectorAll("[data-filter]"));
    var index = null, shelf = at ? search.shelf() : null, turn = 0, timer = 0, written = null, found = null, shown = 0;

    form.hidden = false;

    /* ---- the index */

    function load(name, lost, shelf) {
      if (at) { // what a file would bring is there
        dossier.embedded[at][name]({ search: shelf });
        return;
      }
      var script = document.createElement("script");
      script.src = form.getAttribute("data-index") + name + ".js";
      script.onload = script.onerror = lost; // after a good file it is too late to count
      document.head.appendChild(script);
    }

    function opened() {
      return search.open(load, shelf).then(function (x) {
        if (!index) {
          index = x;
          choices();
        }
        return x;
      });
    }

    function number(n) {
      try { return n.toLocaleString(lang); } catch (e) { return String(n); }
    }

    /* "12 results", in the plural that the language has for the number. */
    function results(n) {
      var text = words.results["100"];
      try {
        var rules = new Intl.PluralRules(lang);
        Object.keys(words.results).forEach(function (sample) {
          if (rules.select(Number(sample)) === rules.select(n)) text = words.results[sample];
        });
      } catch (e) { /* the plural of many will do */ }
      return text.replace("{n}", number(n));
    }

    /* ---- filters */

    function values(which) {
      if (which === "kind") {
        return index.head.kinds.filter(function (k) { return k.n > 0; }).map(function (k) { return [k.kind, words.kinds[k.kind] || k.kind, k.n]; });
      }
      return index.head.facets[which] || [];
    }

    function choices() {
      selects.forEach(function (select) {
        var which = select.getAttribute("data-filter"), all = values(which), chosen = select.value || pending[which] || "";
        select.parentElement.hidden = !all.length;
        all.forEach(function (v) {
          var option = document.createElement("option");
          option.value = v[0];
          option.textContent = v[1];
          select.appendChild(option);
        });
        select.value = chosen;
      });
    }

    /* How many results each choice would leave, where that is known. */
    function count(counts) {
      selects.forEach(function (select) {
        var which = select.getAttribute("data-filter"), known = counts && counts[which], labels = new Map();
        values(which).forEach(function (v) { labels.set(v[0], v[1]); });
        Array.prototype.forEach.call(select.options, function (option) {
          if (!option.value) return;
          var n = known ? known.get(option.value) || 0 : -1;
          option.textContent = labels.get(option.value) + (n < 0 ? "" : " (" + number(n) + ")");
          option.disabled = n === 0 && option.value !== select.value;
        });
      });
    }

    /* ---- the address */

    var pending = {}; // filters of the address, until the index says what there is to choose

    function state() {
      var out = { q: field.value.trim(), filters: {} };
      selects.forEach(function (select) {
        var value = select.value || (index ? "" : pending[select.getAttribute("data-filter")]);
        if (value) out.filters[select.getAttribute("data-filter")] = value;
      });
      return out;
    }

    function fragment(s) {
      var parts = s.q ? ["q=" + encodeURIComponent(s.q)] : [];
      Object.keys(s.filters).forEach(function (which) { parts.push(which + "=" + encodeURIComponent(s.filters[which])); });
      return parts.length ? at + parts.join("&") : at.replace(/~$/, "");
    }

    function read() {
      var out = { q: "", filters: {} };
      if (location.hash.slice(1, at.length + 1) !== at) return out;
      location.hash.slice(at.length + 1).split("&").forEach(function (part) {
        var at = part.indexOf("="), key = part.slice(0, at), value = part.slice(at + 1);
        if (at < 0) return;
        try { value = decodeURIComponent(value.replace(/\+/g, " ")); } catch (e) { return; }
        if (key === "q") out.q = value;
        else if (selects.some(function (s) { return s.getAttribute("data-filter") === key; })) out.filters[key] = value;
      });
      return out;
    }

    function restore() {
      var s = read();
      field.value = s.q;
      pending = s.filters;
      selects.forEach(function (select) { select.value = s.filters[select.getAttribute("data-filter")] || ""; });
      run(s);
    }

    /* While somebody types the address changes in place; what is sent off can be gone back to. */
    function write(s, keep) {
      var to = "#" + fragment(s);
      if (to === written || to === "#" && !location.hash) return;
      written = to;
      if (keep) location.hash = to;
      else location.replace(to);
    }

    /* ---- results */

    function element(name, className, text) {
      var el = document.createElement(name);
      if (className) el.className = className;
      if (text) el.textContent = text;
      return el;
    }

    function marked(parent, pieces) {
      pieces.forEach(function (piece) {
        parent.appendChild(piece.mark ? element("mark", "", piece.text) : document.createTextNode(piece.text));
      });
      return parent;
    }

    function inMark(id) {
      var word = words.marks[id];
      if (!word) return null;
      var out = element("span", "st st-" + id.slice(2)), ns = "http://www.w3.org/2000/svg";
      var svg = document.createElementNS(ns, "svg"), use = document.createElementNS(ns, "use");
      svg.setAttribute("class", "mark");
      svg.setAttribute("viewBox", "0 0 16 16");
      svg.setAttribute("aria-hidden", "true");
      use.setAttribute("href", "#" + id);
      svg.appendChild(use);
      out.appendChild(svg);
      out.appendChild(document.createTextNode(word));
      return out;
    }

    /* A date as precise as the record has it; what is more than one point, or not sure, as its years. */
    function date(iso) {
      var m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(iso);
      if (!m) return (iso.match(/\d{4}/g) || []).filter(function (y, i, all) { return all.indexOf(y) === i; }).join("–");
      if (!m[2]) return m[1];
      var format = { year: "numeric", month: "short", timeZone: "UTC" };
      if (m[3]) format.day = "numeric";
      try {
        return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, format).format(new Date(Date.UTC(+m[1], m[2] - 1, +(m[3] || 1))));
      } catch (e) { return iso; }
    }

    function hits(pieces) { return pieces.filter(function (p) { return p.mark; }).length; }

    /* The name by which a record was found, when it is not its title. */
    function otherName(record, set, title) {
      var best = null, most = hits(title);
      record.names.forEach(function (n) {
        var pieces = search.pieces(n[0], set);
        if (hits(pieces) > most) {
          best = { pieces: pieces, lang: n[1] || "" };
          most = hits(pieces);
        }
      });
      return best;
    }

    function result(record, set) {
      var li = element("li"), title = search.pieces(record.title, set), p = element("p", "rows-title"), a = marked(element("a"), title);
      a.href = at ? dossier.place(form, record.path) : record.path;
      a.dir = "auto";
      if (record.lang) a.lang = record.lang;
      p.appendChild(a);
      li.appendChild(p);
      var meta = element("p", "rows-meta");
      meta.appendChild(element("span", "kind", words.kinds[record.kind] || record.kind));
      var mark = inMark(record.mark);
      if (mark) meta.appendChild(mark);
      if (record.date) meta.appendChild(element("span", "date", date(record.date)));
      if (record.beside) meta.appendChild(marked(element("bdi"), search.pieces(record.beside, set)));
      li.appendChild(meta);
      var other = otherName(record, set, title);
      if (other) {
        var also = element("p", "text", words.also + " "), name = marked(element("bdi"), other.pieces);
        if (other.lang) name.lang = other.lang;
        also.appendChild(name);
        li.appendChild(also);
      }
      if (record.text) {
        var text = marked(element("p", "text"), search.snippet(record.text, set, quoted));
        text.dir = "auto";
        li.appendChild(text);
      }
      return li;
    }

    function links() { return list.querySelectorAll(".rows-title a"); }

    function show(mine, docs, then) {
      return index.records(docs).then(function (records) {
        if (mine !== turn) return;
        if (!shown) list.textContent = "";
        records.forEach(function (record) { list.appendChild(result(record, found.words)); });
        shown += records.length;
        list.hidden = !shown;
        more.hidden = shown >= found.total;
        if (then) then();
      });
    }

    function say(text) { if (status.textContent !== text) status.textContent = text; }

    function run(s, then) {
      var mine = ++turn;
      if (!s.q && !Object.keys(s.filters).length) {
        found = null;
        list.textContent = "";
        list.hidden = more.hidden = clear.hidden = true;
        lists.hidden = false;
        say("");
        if (index) count(null);
        return Promise.resolve();
      }
      return opened().then(function (x) { return x.find(s.q, s.filters); }).then(function (answer) {
        if (mine !== turn) return;
        found = answer;
        shown = 0;
        count(answer.counts);
        clear.hidden = !Object.keys(s.filters).length;
        lists.hidden = true;
        return show(mine, answer.docs.slice(0, first), function () {
          say(!answer.total ? words.none : answer.partly ? words.partly + " " + results(answer.total) : results(answer.total));
          if (then) then();
        });
      }).catch(function () {
        if (mine !== turn) return;
        lists.hidden = false;
        say(words.failed);
      });
    }

    /* ---- what a reader does */

    function later() {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var s = state();
        write(s, false);
        run(s);
      }, pause);
    }

    function now(then) {
      clearTimeout(timer);
      var s = state();
      write(s, true);
      run(s, then);
    }

    function go(step) {
      var all = Array.prototype.slice.call(links()), at = all.indexOf(document.activeElement) + step;
      if (at < 0) field.focus();
      else if (at < all.length) all[at].focus();
    }

    field.addEventListener("input", function (event) { if (!event.isComposing) later(); });
    field.addEventListener("compositionend", later);
    field.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" && links().length) {
        event.preventDefault();
        links()[0].focus();
      }
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      now(function () { if (links().length) links()[0].focus(); });
    });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      selects.forEach(function (select) { select.value = ""; });
      pending = {};
      field.focus();
      now();
    });
    selects.forEach(function (select) {
      select.addEventListener("change", function () { now(); });
      // A large index has the numbers of the choices in a file of its own.
      select.addEventListener("focus", function () {
        opened().then(function (x) {
          if (x.canCount()) return;
          x.countable().then(function () { run(state()); });
        }).catch(function () { /* the choices then stand without numbers */ });
      });
    });
    list.addEventListener("keydown", function (event) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        go(step);
      } else if (event.key === "Escape") {
        field.focus();
        field.select();
      }
    });
    more.addEventListener("click", function () {
      var from = shown;
      show(turn, found.docs.slice(from, from + further), function () { if (links()[from]) links()[from].focus(); });
    });
    window.addEventListener("hashchange", function () {
      if (location.hash !== written) restore();
      written = null;
    });
    restore();
    opened().catch(function () { /* said when it is asked */ });
  }
})(window.Dossier);
