/* Filters are links and work by CSS. This only tells a screen reader which one is on. */
(function (dossier) {
  "use strict";
  dossier.ready(function () {
    function mark() {
      dossier.each(".filters", function (nav) {
        var links = nav.querySelectorAll("a"), on = links[0];
        Array.prototype.forEach.call(links, function (a) { if (a.hash === location.hash) on = a; });
        Array.prototype.forEach.call(links, function (a) {
          if (a === on) a.setAttribute("aria-current", "true");
          else a.removeAttribute("aria-current");
        });
      });
    }
    window.addEventListener("hashchange", mark);
    mark();
  });
})(window.Dossier);
