/* What is folded on the screen is whole without a script. This opens it where a link leads into it, and for printing, in browsers that do
   neither by themselves. */
(function (dossier) {
  "use strict";
  var opened = [];

  function show() {
    var id = location.hash.slice(1), el;
    try { el = id && document.getElementById(decodeURIComponent(id)); } catch (e) { return; } // no id of ours
    var fold = el && el.closest("details:not([open])");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    el.scrollIntoView();
  }

  dossier.ready(show);
  window.addEventListener("hashchange", show);
  window.addEventListener("beforeprint", function () {
    dossier.each("details.fold:not([open])", function (d) { d.open = true; opened.push(d); });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
    opened = [];
  });
})(window.Dossier);
