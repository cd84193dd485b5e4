// The case finder with script: a box that filters the signs on the screen. Nothing that is typed leaves the page.
"use strict";
(() => {
  const box = document.querySelector("[data-sign-filter]");
  if (!box) return;
  const input = box.querySelector("input");
  const count = box.querySelector("[data-sign-count]");
  const groups = [...document.querySelectorAll("[data-sign-group]")];
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  // Each sign carries the other words people have for it, so that those find it too.
  const signs = [...document.querySelectorAll("[data-sign]")].map((label) => ({
    label,
    words: fold(`${label.textContent} ${label.dataset.sign}`),
  }));

  const say = (shown) => {
    const words = shown === 0 ? count.dataset.none : shown === 1 ? count.dataset.one : count.dataset.many;
    count.textContent = words.replace("{n}", shown);
  };
  const filter = () => {
    const asked = fold(input.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const sign of signs) {
      // What was chosen stays in sight, whatever is typed.
      const found = asked.every((word) => sign.words.includes(word));
      sign.label.hidden = !found && !sign.label.querySelector("input").checked;
      shown += found;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-sign]:not([hidden])");
    if (asked.length) say(shown);
    else count.textContent = "";
  };
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Escape" && input.value) {
      input.value = "";
      filter();
    }
  });
  box.hidden = false;
})();
