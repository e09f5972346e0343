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
        var query = form.querySelector("input").value.trim();
        location.href = form.getAttribute("data-search") + (query ? "#q=" + encodeURIComponent(query) : "");
      });
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
      var field = document.getElementById("q") || document.getElementById("find");
      if (!field || !field.offsetParent) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  });
})(window.Dossier);
