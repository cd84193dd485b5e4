/* The team scan with script: steps without a new page, so that the browser's Back and Forward lose nothing; counts and
   checks while filling in; a warning before leaving what is not saved. The scan is in the page alone: nothing is stored.
   Without this every step is an ordinary form. */
(() => {
  "use strict";

  const form = () => document.getElementById("scan");
  if (!form()) return;
  let shown = location.pathname;
  let touched = false;
  let downloading = false;
  let busy = false;

  const say = (words) => {
    const place = document.querySelector("[data-said]");
    if (place) place.textContent = words;
  };
  const bodyOf = (sent, by) => {
    const data = new FormData(sent);
    if (by?.name) data.append(by.name, by.value);
    return sent.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  };

  /* To another step ------------------------------------------------------------------------------------------- */

  function tell(words) {
    const place = document.createElement("p");
    place.className = "notice danger";
    place.setAttribute("role", "alert");
    place.dataset.told = "";
    place.textContent = words;
    document.querySelector("[data-told]")?.remove();
    form().before(place);
    place.scrollIntoView({ block: "center" });
  }

  async function go(to, body, by, traversed = false) {
    if (busy) return;
    busy = true;
    form().classList.add("busy");
    let page = null;
    try {
      const answer = await fetch(to.pathname, { method: "POST", body, headers: { Accept: "text/html" } });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      tell(form().dataset.offline);
    }
    busy = false;
    form().classList.remove("busy");
    if (page?.getElementById("scan")) {
      show(page, to, by, traversed);
      if (traversed) follow();
      return;
    }
    // An error page would take the place of what was typed: say what it says, and stay.
    if (page) tell(page.querySelector("main .lead")?.textContent || form().dataset.offline);
    if (location.pathname !== shown) history.pushState(null, "", shown);
  }

  function show(page, to, by, traversed) {
    const there = page.getElementById("scan").dataset.step;
    const address = to.pathname.split("/").slice(0, 3).join("/") + (there ? `/${there}` : "");
    page.querySelector("[autofocus]")?.removeAttribute("autofocus");
    for (const part of ["header", "main", "footer"]) document.querySelector(part).replaceWith(page.querySelector(part));
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    const same = address === shown;
    if (address !== (traversed ? to.pathname : location.pathname)) history.pushState(null, "", address);
    shown = address;
    for (const script of page.querySelectorAll("script[src]")) {
      if (![...document.scripts].some((one) => one.src === new URL(script.getAttribute("src"), location).href)) {
        const wanted = document.createElement("script");
        wanted.src = script.getAttribute("src");
        document.body.append(wanted);
      }
    }
    begin();
    const pressed = same && by?.name && document.querySelector(`#scan button[name="${by.name}"][value="${CSS.escape(by.value)}"]`);
    const faults = document.getElementById("fouten");
    // A place on the page becomes :target only by going there; that takes the focus along, so it comes first.
    if (to.hash && !faults) location.replace(to.hash);
    if (faults) faults.focus();
    else if (pressed) pressed.focus();
    else {
      window.scrollTo(0, 0);
      document.querySelector("main h1")?.focus({ preventScroll: true });
    }
    say(faults ? faults.querySelector("h2").textContent : pressed ? document.querySelector("[data-chosen]")?.textContent || "" : document.title);
    document.dispatchEvent(new CustomEvent("scan:shown"));
  }

  document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (sent !== form() && !sent.matches("form.upload")) return;
    const by = event.submitter;
    const to = new URL(by?.getAttribute("formaction") || sent.getAttribute("action"), location.href);
    if (by?.name === "doe") touched = true;
    if (/\/bestand\.\w+$/.test(to.pathname)) {
      // An attachment: the page stays.
      downloading = true;
      setTimeout(() => { downloading = false; }, 3000);
      if (by?.value === "scan") saved();
      return;
    }
    event.preventDefault();
    go(to, bodyOf(sent, by), by);
  });

  // Back and Forward: the step they lead to, with the newest scan. Between places on one page there is nothing to do.
  function follow() {
    if (location.pathname === shown || !/^\/[a-z]+\/teamscan(\/|$)/.test(location.pathname)) return;
    go(new URL(location.href), bodyOf(form()), null, true);
  }
  window.addEventListener("popstate", follow);

  /* Saving ---------------------------------------------------------------------------------------------------- */

  function mark(yes) {
    touched = !yes;
    const before = document.querySelector("[data-unsaved]");
    const after = document.querySelector("[data-saved-now]");
    if (before) before.hidden = yes;
    if (after) after.hidden = !yes;
  }
  function saved() {
    mark(true);
    say(document.querySelector("[data-saved-now]")?.textContent || "");
  }
  window.addEventListener("beforeunload", (event) => {
    if (touched && !downloading) event.preventDefault();
  });

  /* Counts and checks ------------------------------------------------------------------------------------------ */

  const number = (typed) => (/^\d+$/.test(typed.trim()) ? Number(typed) : null);

  function check(topic) {
    const fields = [...topic.querySelectorAll(".counts :is(select, input)")];
    const all = document.getElementById("gebieden").dataset;
    let before = Number(all.size);
    let said = "";
    for (const field of fields) {
      const count = number(field.value);
      const wrong = count !== null && count > before;
      if (wrong && !said) said = (count > Number(all.size) ? all.tooMany : all.grows).replace("{size}", all.size);
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (count !== null && !wrong) before = count;
    }
    topic.querySelectorAll(":scope > .error").forEach((error) => error.remove());
    if (!said) return;
    const place = document.createElement("p");
    place.className = "error";
    place.setAttribute("role", "alert");
    place.textContent = said;
    topic.querySelector(".counts").after(place);
  }

  function filled(topic) {
    const level = topic.querySelector(".levels :checked");
    return level ? level.value !== "" : [...topic.querySelectorAll(".counts :is(select, input)")].some((field) => field.value.trim());
  }

  function progress() {
    const place = document.querySelector("[data-progress]");
    if (!place) return;
    let [done, todo] = [0, 0];
    document.querySelectorAll(".area").forEach((area) => {
      const topics = [...area.querySelectorAll("[data-count]")];
      const ready = topics.filter(filled).length;
      const tally = document.querySelector(`[data-tally="${area.id.slice("gebied-".length)}"]`);
      if (tally) tally.textContent = `${ready}/${topics.length}`;
      done += ready;
      todo += topics.length;
    });
    place.querySelector("p").textContent = place.dataset.words.replace("{done}", done).replace("{todo}", todo);
    place.querySelector("progress").value = done;
  }

  function chosen() {
    const place = document.querySelector("[data-chosen]");
    if (!place) return;
    let count = 0;
    document.querySelectorAll(".area-fold").forEach((area) => {
      const here = area.querySelectorAll("input:checked").length;
      const tally = area.querySelector("[data-area]");
      tally.textContent = tally.textContent.replace(/\d+/, here);
      count += here;
    });
    place.textContent = place.dataset[count === 1 ? "one" : "many"].replace("{n}", count);
    const advice = document.querySelector("[data-advice]");
    advice.hidden = count <= Number(advice.dataset.advice);
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.form !== form() || !form().dataset.step) return;
    mark(false);
    const topic = field.closest("[data-count]");
    if (topic) {
      if (field.closest(".counts")) check(topic);
      progress();
    }
    if (field.name === "kies") chosen();
  });

  function begin() {
    document.querySelectorAll("[data-without-script]").forEach((words) => words.remove());
  }
  begin();
})();
