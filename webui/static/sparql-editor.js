/* Puts YASQE, the editor of YASGUI, in the place of the plain field (sparql.js fetches both). Its own storage, its links,
   its requests and its completion at other hosts are off; Tab leaves it, as it leaves every field. */
window.joinQueryEditor = (form, area, field, units) => {
  "use strict";

  const Editor = window.Yasqe;
  if (!Editor) return;

  const label = form.querySelector(`label[for="${area.id}"]`);
  const prefixes = [...form.querySelectorAll("[data-prefix]")].map(
    ({ dataset }) => `${dataset.prefix}: <${dataset.namespace}>`,
  );
  Editor.forkAutocompleter("prefixes", { name: "our-prefixes", get: () => prefixes, persistenceId: null }, false);
  Editor.defaults.autocompleters = ["our-prefixes", "variables"];

  const had = { focus: document.activeElement === area, from: area.selectionStart, to: area.selectionEnd };
  const box = area.parentNode.insertBefore(document.createElement("div"), area.nextSibling);
  const editor = new Editor(box, {
    value: area.value,
    inputStyle: "contenteditable",
    screenReaderLabel: label.textContent,
    viewportMargin: Infinity,
    lineWrapping: true,
    editorHeight: "auto",
    resizeable: false,
    showQueryButton: false,
    syntaxErrorCheck: false,
    createShareableLink: null,
    consumeShareLink: null,
    persistenceId: null,
    prefixCcApi: null,
    extraKeys: {
      Tab: false,
      "Shift-Tab": false,
      Esc: false,
      "Ctrl-S": false,
      "Ctrl-Enter": () => form.requestSubmit(),
      "Cmd-Enter": () => form.requestSubmit(),
    },
  });

  const input = editor.getInputField();
  input.setAttribute("role", "textbox");
  input.setAttribute("aria-multiline", "true");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (area.hasAttribute(name)) input.setAttribute(name, area.getAttribute(name));
  }
  label.addEventListener("click", () => editor.focus());
  editor.on("changes", () => { area.value = editor.getValue(); });
  area.hidden = true;
  area.required = false;

  field.read = () => editor.getValue();
  field.write = (text) => editor.setValue(text);
  field.go = (row, column) => {
    const place = { line: row - 1, ch: units(editor.getLine(row - 1) || "", column) };
    editor.focus();
    editor.setCursor(place);
    editor.scrollIntoView(place, 80);
  };
  field.focus = () => editor.focus();
  if (had.focus) {
    editor.focus();
    editor.setSelection(editor.posFromIndex(had.from), editor.posFromIndex(had.to));
  }
};
