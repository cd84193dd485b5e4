/* Shows the actions this device can do (share_parts.html): print, copy the address, the device's own share sheet.
   Nothing is sent and nothing is kept. */
(() => {
  "use strict";

  const can = {
    print: typeof window.print === "function",
    copy: Boolean(navigator.clipboard && navigator.clipboard.writeText),
    share: typeof navigator.share === "function",
  };
  const act = { print: () => window.print(), copy, share };

  function say(group, name) {
    const line = group.querySelector("[role=status]");
    line.textContent = "";
    // A screen reader stays silent when the same words come back, so the line is emptied first.
    setTimeout(() => { line.textContent = line.dataset[name]; }, 50);
  }

  function copy(group) {
    return navigator.clipboard.writeText(location.href).then(
      () => say(group, "copied"),
      () => say(group, "failed"),
    );
  }

  function share(group) {
    return navigator.share({ title: document.title, url: location.href }).catch((reason) => {
      // Closing the share sheet is a choice; anything else falls back to copying.
      if (reason.name === "AbortError") return;
      if (can.copy) copy(group); else say(group, "failed");
    });
  }

  for (const group of document.querySelectorAll("[data-sharing]")) {
    for (const [name, button] of Object.keys(act).map((key) => [key, group.querySelector(`[data-${key}]`)])) {
      if (!button || !can[name]) continue;
      button.hidden = false;
      button.addEventListener("click", () => act[name](group));
      group.hidden = false;
    }
  }
})();
