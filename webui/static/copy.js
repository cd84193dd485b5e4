/* A button that copies the text beside it (snippet_parts.html). Hidden where a browser cannot do that. */
(() => {
  "use strict";

  if (!navigator.clipboard || !navigator.clipboard.writeText) return;

  function say(line, words) {
    // A screen reader stays silent when the same words come back, so the line is emptied first.
    line.textContent = "";
    setTimeout(() => { line.textContent = words; }, 50);
  }

  for (const piece of document.querySelectorAll("[data-copying]")) {
    const button = piece.querySelector("[data-copy-text]");
    const line = piece.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(piece.querySelector("textarea").value).then(
        () => say(line, line.dataset.copied),
        () => say(line, line.dataset.failed),
      );
    });
  }
})();
