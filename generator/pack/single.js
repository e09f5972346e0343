/* A report in one file: shows the page that the address leads to or into. Without this script the style does it; a search has an address of
   its own, which no style could understand. */
(function (dossier) {
  "use strict";
  var root = document.documentElement, home = document.querySelector(".one-home"), shown = null, timer = 0;
  var at = "", place = null; // the address that is shown; what brings the reader to his place in it, until he moves himself

  /* The page and the part of it that the address leads to. */
  function aim() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (e) { /* then as it is */ }
    var el = id ? document.getElementById(id) : null, page = el && el.closest(".one"), all = /^~all-(.+)$/.exec(id);
    if (el && all) return { all: all[1], page: pageIn(all[1]) };
    if (page) return { page: page, part: el === page ? null : el };
    if (el) return { page: shown || home, part: el }; // in the frame
    el = document.getElementById(id.replace(/~.*/, "")); // a search
    return { page: el && el.closest(".one") || home, search: /~/.test(id) };
  }

  function pageIn(lang) {
    if (shown && shown.lang === lang) return shown;
    return Array.prototype.find.call(document.querySelectorAll(".one"), function (p) { return p.lang === lang; });
  }

  function show() {
    var to = aim(), moved = to.page !== shown, start = !shown, kept = history.state && history.state.top;
    at = location.hash;
    if (shown) shown.classList.remove("is-on");
    if (moved) frame(to.page);
    shown = to.page;
    shown.classList.add("is-on");
    root.setAttribute("data-one", shown.lang);
    if (to.all) root.setAttribute("data-all", "");
    else root.removeAttribute("data-all");
    if (shown.querySelector("form.find")) root.setAttribute("data-find", "");
    else root.removeAttribute("data-find");
    root.lang = shown.lang;
    root.dir = shown.dir;
    document.title = shown.getAttribute("data-title");
    if (moved && !start && !to.search) {
      var h = shown.querySelector("h1");
      if (h) {
        h.tabIndex = -1;
        h.focus({ preventScroll: true });
      }
    }
    place = null;
    if (typeof kept === "number") place = function () { jump(kept); };
    else if (to.part) place = function () { to.part.scrollIntoView(moved ? { behavior: "instant" } : {}); };
    else if (moved || to.all) place = function () { jump(0); };
    if (!place) return;
    place();
    if (moved) settle(place);
  }

  /* The frame gets what it has of the page that is shown: the switch of languages, and the mark of where the reader is. */
  function frame(page) {
    var away = document.querySelector(".one-langs .langs"), langs = page.querySelector(".one-top .langs"), here = page.getAttribute("data-here");
    if (away) shown.querySelector(".one-top").appendChild(away);
    dossier.each(".one-frame", function (f) {
      var place = f.querySelector(".one-langs");
      if (f.lang === page.lang && place && langs) place.appendChild(langs);
      Array.prototype.forEach.call(f.querySelectorAll("nav a"), function (a) {
        if (place && place.contains(a)) return;
        var to = a.getAttribute("href");
        if (to === "#" + page.id) a.setAttribute("aria-current", "page");
        else if (to && to === here && a.closest("header")) a.setAttribute("aria-current", "true");
        else a.removeAttribute("aria-current");
      });
    });
  }

  /* A page that was not shown has no smooth way to a place in it. */
  function jump(top) { window.scrollTo({ top: top, behavior: "instant" }); }

  /* Fonts are read when a page is first shown with them, and what is above the place then changes its height. */
  function settle(again) {
    if (!document.fonts || document.fonts.status === "loaded") return;
    document.fonts.ready.then(function () { if (place === again) again(); });
  }

  /* Who goes back comes to where he was: each entry of the history keeps its place. Between the change of the address and hashchange the
     entry is a new one, and the place still that of the old: it is not noted. */
  function keep() {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (location.hash !== at) return;
      try { history.replaceState({ top: window.scrollY }, ""); } catch (e) { /* too often, or not here: then back leads to the top */ }
    }, 200);
  }

  /* Where a result of a search leads to: its address as the page that searches would have it as a file of its own. */
  dossier.place = function (form, address) {
    var base = "file:///" + form.closest(".one").getAttribute("data-path"), url = new URL(address, base), to = null;
    dossier.each(".one", function (p) { if (new URL(p.getAttribute("data-path"), "file:///").pathname === url.pathname) to = p; });
    return to ? "#" + to.id + (url.hash ? "~" + url.hash.slice(1) : "") : "#";
  };

  if (history.scrollRestoration) history.scrollRestoration = "manual";
  window.addEventListener("hashchange", function () {
    clearTimeout(timer);
    show();
  });
  window.addEventListener("popstate", function () {
    if (location.hash === at) show(); // several entries back, to the same address
  });
  window.addEventListener("scroll", keep, { passive: true });
  ["wheel", "touchmove", "pointerdown", "keydown"].forEach(function (name) {
    window.addEventListener(name, function () { place = null; }, { passive: true });
  });
  show();
})(window.Dossier);
