/* Suggestions while typing, for every search field of the site: an editable combobox with a list (ARIA 1.2, APG).
   Without this the form just searches; so does Enter when no suggestion was chosen. */
(() => {
  "use strict";

  const WAIT = 120;
  let made = 0;

  function enhance(form) {
    const input = form.querySelector("input[type=search]");
    if (!input || input.hasAttribute("aria-controls")) return;
    const list = document.createElement("ul");
    const name = form.querySelector("label");
    list.id = `suggestions-${++made}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", name ? name.textContent.trim() : input.name);
    list.hidden = true;
    input.after(list);
    for (const [key, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(key, value);

    let timer = 0;
    let asked = null;
    let chosen = -1;
    const options = () => [...list.children];

    function choose(number) {
      chosen = number;
      options().forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
      const option = options()[chosen];
      if (!option) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function close() {
      clearTimeout(timer);
      asked?.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function show(found) {
      list.replaceChildren(...found.map((item, number) => {
        const option = document.createElement("li");
        const label = document.createElement("span");
        const kind = document.createElement("span");
        label.textContent = item.label;
        if (item.lang && item.lang !== document.documentElement.lang) label.lang = item.lang;
        kind.textContent = item.type;
        kind.className = "kind";
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.dataset.href = item.href;
        option.append(label, " ", kind);
        return option;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      choose(-1);
    }

    async function ask() {
      const words = input.value.trim();
      asked?.abort();
      if (words.length < 2) return close();
      asked = new AbortController();
      const address = new URL(form.action);
      address.pathname += "/suggesties";
      address.search = new URLSearchParams({ q: words });
      try {
        const answer = await fetch(address, { signal: asked.signal });
        const found = answer.ok ? (await answer.json()).suggestions : [];
        if (document.activeElement === input) show(found);
      } catch (reason) {
        if (reason.name !== "AbortError") show([]);
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      const count = list.hidden ? 0 : list.children.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!count) { if (event.key === "ArrowDown") ask(); return; }
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const next = chosen + step;
        choose(next < -1 ? count - 1 : next >= count ? -1 : next);
      } else if (event.key === "Escape" && count) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && count && chosen >= 0) {
        event.preventDefault();
        location.assign(options()[chosen].dataset.href);
      } else if (event.key === "Tab") {
        close();
      }
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    // The field keeps the focus while an option is pressed; a click then goes to its page.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.href);
    });
  }

  document.querySelectorAll("form.search[action$='/zoeken']").forEach(enhance);
})();
