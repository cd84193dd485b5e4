/* Narrows a list down without reloading the page (list.html). Every choice is a plain link: this fetches its page, puts
   the new list in place, keeps history and focus, and says how much is left. On any trouble the link is just followed. */
(() => {
  "use strict";

  const place = () => document.querySelector("[data-listing]");
  const voice = document.querySelector("[data-announce]");
  if (!place() || !voice || !window.fetch || !window.history.pushState) return;
  let asked = null;

  async function show(address, focus) {
    asked?.abort();
    asked = new AbortController();
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asked.signal });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-listing]");
    if (!fresh) throw new Error("no list");
    const open = [...place().querySelectorAll("details")].map((fold) => fold.open);
    fresh.querySelectorAll("details").forEach((fold, number) => { fold.open = fold.open || Boolean(open[number]); });
    place().replaceWith(fresh);
    for (const link of document.querySelectorAll("header a[hreflang]")) {
      const other = page.querySelector(`header a[hreflang="${link.hreflang}"]`);
      if (other) link.href = other.getAttribute("href");
    }
    const count = fresh.querySelector("[data-count]");
    voice.textContent = count ? count.textContent.trim() : "";
    if (!focus) return;
    const target = fresh.querySelector(`[data-filter="${CSS.escape(focus)}"]`) || count;
    if (target === count) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  const fail = (address) => (reason) => { if (reason.name !== "AbortError") location.assign(address); };

  const here = () => location.pathname + location.search;
  let shown = here();

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-listing] a[data-filter]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link.href, link.dataset.filter).then(() => {
      history.pushState(null, "", link.href);
      shown = here();
    }).catch(fail(link.href));
  });
  // A step to a letter of the same list changes the hash only: nothing to fetch.
  addEventListener("popstate", () => {
    if (here() === shown) return;
    shown = here();
    show(location.href).catch(fail(location.href));
  });
})();
