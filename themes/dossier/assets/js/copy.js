/* Copying: a button shows itself where the browser lets a page write to the clipboard. The text can be selected without it. */
(function (dossier) {
  "use strict";
  dossier.ready(function () {
    if (!navigator.clipboard) return;
    dossier.each("[data-copy]", function (button) {
      var label = button.textContent;
      button.hidden = false;
      button.addEventListener("click", function () {
        var from = document.getElementById(button.getAttribute("data-copy"));
        var text = from.tagName === "PRE" ? from.textContent : from.textContent.trim().replace(/\s+/g, " ");
        function say(word) {
          button.textContent = word;
          setTimeout(function () { button.textContent = label; }, 2000);
        }
        navigator.clipboard.writeText(text).then(
          function () { say(button.getAttribute("data-done")); },
          function () { say(button.getAttribute("data-failed")); });
      });
    });
  });
})(window.Dossier);
