// What is typed and not saved: it waits in this window, for the person who typed it, until it is saved or discarded. Without this file a page that
// is left forgets it, as pages do.
(() => {
  "use strict";
  const FIELDS = "textarea[name], select[name]";
  const named = (form) => `draft ${form.dataset.draft}`;
  const forms = () => document.querySelectorAll("form[data-draft]");
  const fields = (form) => [...form.elements].filter((field) => field.matches(FIELDS));
  const isTyped = (form) => fields(form).some((field) => field.matches("textarea") && field.value.trim() !== "");
  const read = (name) => {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null;
    }
  };
  const write = (name, draft) => {
    try {
      if (draft === null) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify(draft));
    } catch {
      // A browser that keeps nothing still shows the page.
    }
  };

  // The line that says so stands below the fields, hidden until there is something to say.
  const tell = (form) => {
    const line = form.querySelector("[data-draft-kept]");
    if (line) line.hidden = !isTyped(form);
  };
  const keep = (form, isSent) => {
    const values = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
    write(named(form), isTyped(form) ? { values, isSent } : null);
    tell(form);
  };

  // What was sent and answered with "saved" is no draft any more; a session that had ended, or a refusal, leaves it.
  const clear = () => {
    if (!document.querySelector(".flash.good")) return;
    try {
      const sent = Object.keys(sessionStorage).filter((name) => name.startsWith("draft ") && read(name)?.isSent);
      for (const name of sent) sessionStorage.removeItem(name);
    } catch {
      // As above.
    }
  };
  const bring = (form) => {
    const draft = read(named(form));
    if (draft && !isTyped(form)) {
      for (const field of fields(form)) field.value = draft.values?.[field.name] ?? field.value;
    }
    // A page that comes without "saved" has not saved it, also where what was typed comes back with what is wrong with it.
    if (draft) keep(form, false);
    tell(form);
  };

  document.addEventListener("input", (event) => {
    const form = event.target?.form;
    if (form?.dataset?.draft !== undefined) keep(form, false);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.dataset?.draft !== undefined) keep(event.target, true);
  });
  document.addEventListener("click", (event) => {
    const form = event.target instanceof Element ? event.target.closest("[data-draft-drop]")?.form : null;
    if (!form) return;
    for (const field of fields(form)) if (field.matches("textarea")) field.value = "";
    keep(form, false);
    form.querySelector("textarea")?.focus();
  });
  // A live part that was drawn anew says it again.
  document.addEventListener("htmx:after:swap", () => {
    for (const form of forms()) tell(form);
  });
  clear();
  for (const form of forms()) bring(form);
})();
