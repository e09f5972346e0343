/* The way to the search: the field at the top of a page leads to the page that searches, and "/" leads to the field. */
(function (dossier) {
  "use strict";

  function typing(el) {
    return el && (el.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName));
  }

  dossier.ready(function () {
    dossier.each("form[data-search]", function (form) {
      form.hidden = false;
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        var query = form.querySelector("input").value.trim(), to = form.getAttribute("data-search");
        // In a report in one file the page that searches has a fragment itself.
        location.href = to + (query ? (to.charAt(0) === "#" ? "~" : "#") + "q=" + encodeURIComponent(query) : "");
      });
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
      var field = null;
      dossier.each("[aria-keyshortcuts='/']", function (f) { if (f.offsetParent) field = f; }); // that of the page, else that at its top
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  });
})(window.Dossier);
