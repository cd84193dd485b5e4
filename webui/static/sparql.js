/* The query page: a link that holds the question behind its # (so no server sees it before it is asked), prefixes by a
   button, Ctrl+Enter, the place of an error; and, where it is installed, an editor with colours in place of the field,
   fetched when the field comes into view. All of it works on the plain field too. Nothing is kept. */
(() => {
  "use strict";

  const form = document.querySelector("[data-query-form]");
  const area = form.querySelector("textarea");
  const line = form.querySelector("[role=status]");

  // What both fields can do; the editor puts its own in the place of these.
  const field = {
    read: () => area.value,
    write(text) { area.value = text; },
    go(row, column) {
      const rows = area.value.split("\n");
      const at = rows.slice(0, row - 1).reduce((sum, text) => sum + text.length + 1, 0) + units(rows[row - 1] || "", column);
      area.focus();
      area.setSelectionRange(at, at);
    },
    focus: () => area.focus(),
  };

  /* The engine counts signs, a browser counts UTF-16 units. */
  function units(text, column) {
    return [...text].slice(0, column - 1).join("").length;
  }

  function say(name) {
    // A screen reader stays silent when the same words come back, so the line is emptied first.
    line.textContent = "";
    setTimeout(() => { line.textContent = line.dataset[name]; }, 50);
  }

  function openShared() {
    if (!location.hash.startsWith("#query=")) return;
    let text;
    try {
      text = decodeURIComponent(location.hash.slice("#query=".length));
    } catch {
      return; // a link that was cut off in the middle of a sign
    }
    field.write(text);
    form.scrollIntoView();
    field.focus();
    say("opened");
  }

  function share() {
    const address = new URL(form.action);
    address.hash = "query=" + encodeURIComponent(field.read());
    navigator.clipboard.writeText(address.href).then(() => say("copied"), () => say("failed"));
  }

  function addPrefix(button) {
    const { prefix, namespace } = button.dataset;
    const declared = new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(field.read());
    if (!declared) field.write(`PREFIX ${prefix}: <${namespace}>\n${field.read()}`);
    say(declared ? "known" : "added");
  }

  function toPlace() {
    field.go(Number(form.dataset.line), Number(form.dataset.column));
  }

  function fetchEditor() {
    const styled = form.dataset.editorStyles.split(" ").map((address) => new Promise((done) => {
      const style = { rel: "stylesheet", href: address, onload: () => done(true), onerror: () => done(false) };
      document.head.append(Object.assign(document.createElement("link"), style));
    }));
    const keeping = withoutStorage();
    const scripts = [form.dataset.editor, form.dataset.editorJoin].map((address) => {
      const script = Object.assign(document.createElement("script"), { src: address, async: false });
      document.head.append(script);
      return script;
    });
    scripts[0].addEventListener("load", keeping);
    scripts[0].addEventListener("error", keeping);
    // The editor measures itself when it is made, so its style comes first; without style the plain field stays.
    scripts[1].addEventListener("load", async () => {
      if ((await Promise.all(styled)).every(Boolean)) joinQueryEditor(form, area, field, units);
    });
  }

  /* A library inside the editor tries every kind of storage out when it loads. Here it finds none, not even for a moment. */
  function withoutStorage() {
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = () => {};
    Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true });
    return () => {
      Storage.prototype.setItem = write;
      delete document.cookie;
    };
  }

  for (const hidden of document.querySelectorAll("[data-scripted], [data-prefix]")) hidden.hidden = false;
  for (const button of form.querySelectorAll("[data-prefix]")) button.addEventListener("click", () => addPrefix(button));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  const sharing = form.querySelector("[data-share-query]");
  if (navigator.clipboard && navigator.clipboard.writeText) {
    sharing.hidden = false;
    sharing.addEventListener("click", share);
  }
  const placing = document.querySelector("[data-to-place]");
  if (placing) placing.addEventListener("click", toPlace);
  // Later than the browser's own way to #antwoord, which takes the focus along.
  if (form.dataset.line) addEventListener("load", () => setTimeout(toPlace));
  openShared();
  addEventListener("hashchange", openShared);
  if (form.dataset.editor) {
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      fetchEditor();
    });
    watch.observe(area);
  }
})();
