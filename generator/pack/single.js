/* A report in one file: shows the page that the address leads to or into. Without this script the style does it; a search has an address
   of its own, which no style could understand. */
(function (dossier) {
  "use strict";
  var root = document.documentElement, home = document.querySelector(".one-home"), search = document.getElementById("search-form"), before = null;

  function show() {
    var id = location.hash.slice(1), all = id === "all", start = before === null, el = null;
    try { id = decodeURIComponent(id); } catch (e) { /* then as it is */ }
    var query = /^[^#]*#(\w+=.*)$/.exec(location.hash.slice(1)); // the field at the top leads to the search with a query
    if (query) { location.replace("#" + query[1]); return; }
    if (id && !all) el = document.getElementById(id);
    var page = el && el.closest(".one");
    if (!page && search && /^(q|kind|country|authority|status|year)=/.test(id)) page = search.closest(".one");
    page = page || home;
    if (before && before !== page) before.classList.remove("is-on");
    page.classList.add("is-on");
    root.setAttribute("data-one", all ? "all" : page.lang);
    root.lang = page.lang;
    root.dir = page.dir;
    document.title = page.getAttribute("data-title");
    var moved = before !== page;
    before = page;
    if (el && el !== page) el.scrollIntoView();
    else if (moved && !start) {
      window.scrollTo(0, 0);
      if (!search || !search.contains(document.activeElement)) page.focus({ preventScroll: true });
    }
  }
  window.addEventListener("hashchange", show);
  show();
})(window.Dossier);
