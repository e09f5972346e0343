/* Appearance: system, light or dark, kept in this browser. It runs in the head, so that no page flashes in the wrong colours. */
window.Dossier = window.Dossier || {};
(function (dossier) {
  "use strict";
  var root = document.documentElement, key = "dossier-theme";

  function stored() {
    try { return localStorage.getItem(key); } catch (e) { return null; } // private mode, some file:// pages
  }
  function keep(theme) {
    try {
      if (theme === "system") localStorage.removeItem(key);
      else localStorage.setItem(key, theme);
    } catch (e) { /* it then holds for this page only */ }
  }
  function apply(theme) {
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
    else root.removeAttribute("data-theme");
  }
  function press() {
    var now = root.getAttribute("data-theme") || "system";
    dossier.each("[data-set-theme]", function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-set-theme") === now));
    });
  }

  dossier.each = function (selector, fn) { Array.prototype.forEach.call(document.querySelectorAll(selector), fn); };
  dossier.ready = function (fn) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", fn);
    else fn();
  };

  apply(stored());
  dossier.ready(function () {
    dossier.each(".theme", function (field) { field.hidden = false; });
    dossier.each("[data-set-theme]", function (button) {
      button.addEventListener("click", function () {
        var theme = button.getAttribute("data-set-theme");
        apply(theme);
        keep(theme);
        press();
      });
    });
    press();
  });
})(window.Dossier);
