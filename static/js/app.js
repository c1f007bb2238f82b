// What a page gains where scripts run. Every action works without this file: it only saves time.
(() => {
  "use strict";
  const root = document.documentElement;
  const keep = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      // A browser that keeps nothing still shows the page.
    }
  };
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };

  // Light or dark, when a person chooses one against the system: kept in a cookie, so that the next page comes in it at once.
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-theme-switch]")) {
      root.dataset.theme = isDark() ? "light" : "dark";
      document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
    }
    if (target?.closest("[data-print]")) print();
    const copy = target?.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy);
  });

  // A form is sent once: the second press of an impatient finger does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.again !== undefined) return;
    if (form.dataset.sent !== undefined) event.preventDefault();
    else if (form.method === "post") form.dataset.sent = "";
  });
  // Coming back by the Back button finds the form ready again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  document.addEventListener("htmx:after:request", (event) => {
    if (event.target instanceof HTMLFormElement) delete event.target.dataset.sent;
  });

  // The summary of what is wrong takes the focus, so that it is read first.
  const focusErrors = (scope) => scope.querySelector?.(".errors")?.focus();

  // Keys of the office: "/" finds, a letter in [data-key] presses its button, J and K move through the rows.
  // They can be turned off: a single key must never surprise a person who dictates or uses a screen reader.
  const keysAreOn = () => kept("keys") !== "off";
  const typing = (element) => element?.closest("input, textarea, select, [contenteditable]") !== null;
  const move = (step) => {
    const links = [...document.querySelectorAll("[data-rows] tbody tr a:first-of-type")];
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (root.dataset.density !== "compact" || !keysAreOn()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector("[data-find]")?.focus();
    } else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (/^[a-z]$/.test(event.key)) document.querySelector(`[data-key="${event.key.toUpperCase()}"]`)?.click();
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.dataset.keysSwitch !== undefined) keep("keys", box.checked ? null : "off");
    // A chosen file's text goes into the field that is sent.
    if (box instanceof HTMLInputElement && box.dataset.fills && box.files?.[0]) {
      box.files[0].text().then((text) => {
        const field = document.getElementById(box.dataset.fills);
        if (field) field.value = text;
      });
    }
    // A select that only changes what is shown sends its form by itself.
    if (box instanceof Element && box.closest("form[data-at-once]")) box.closest("form").requestSubmit();
  });

  // A passkey: the device is asked what the form holds, and its answer goes with the form.
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const answered = async (question) => {
    const publicKey = { ...question, challenge: bytes(question.challenge) };
    for (const list of ["allowCredentials", "excludeCredentials"])
      publicKey[list] = (question[list] ?? []).map((known) => ({ ...known, id: bytes(known.id) }));
    if (question.user) publicKey.user = { ...question.user, id: bytes(question.user.id) };
    const key = await (question.user ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
    const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = key.response;
    const parts = { clientDataJSON, attestationObject, authenticatorData, signature, userHandle };
    const given = Object.entries(parts).filter(([, part]) => part);
    const response = Object.fromEntries(given.map(([name, part]) => [name, text(part)]));
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response });
  };
  const askDevice = async (form) => {
    const failed = document.querySelector("[data-passkey-failed]");
    if (failed) failed.hidden = true;
    try {
      form.elements.credential.value = await answered(JSON.parse(form.dataset.passkey).publicKey);
      form.submit();
    } catch {
      if (failed) failed.hidden = false;
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.passkey === undefined) return;
    event.preventDefault();
    delete form.dataset.sent;
    askDevice(form);
  });

  // The running total of the amounts that are ticked; the page after this one says it in any case.
  const total = (form) => {
    const place = form?.querySelector("[data-total]");
    if (!place) return;
    let cents = 0;
    for (const box of form.querySelectorAll("[name^='pay-']:checked")) {
      const amount = form.elements.namedItem(box.name.replace("pay-", "amount-"));
      const typed = Number((amount?.value ?? "").replace(/[$,\s]/g, ""));
      if (Number.isFinite(typed)) cents += Math.round(typed * 100);
    }
    place.textContent = (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
  };
  document.addEventListener("input", (event) => total(event.target?.form));

  const ready = (scope) => {
    for (const box of scope.querySelectorAll?.("[data-keys-switch]") ?? []) box.checked = keysAreOn();
    for (const part of scope.querySelectorAll?.("[data-needs-script]") ?? []) part.hidden = false;
    for (const part of scope.querySelectorAll?.("[data-with-passkeys]") ?? []) part.hidden = !window.PublicKeyCredential;
    for (const part of scope.querySelectorAll?.("[data-without-passkeys]") ?? []) part.hidden = !!window.PublicKeyCredential;
    for (const place of scope.querySelectorAll?.("[data-total]") ?? []) total(place.closest("form"));
    focusErrors(scope);
  };
  ready(document);
  document.addEventListener("htmx:after:swap", (event) => ready(event.target instanceof Element ? event.target : document));

  // Where the live stream cannot be had, the page stays as it is: an error page never lands in the middle of it.
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const kind = ctx.response.raw.headers.get("Content-Type") ?? "";
    if (ctx.sourceElement?.hasAttribute?.("hx-sse:connect") && !kind.includes("text/event-stream")) event.preventDefault();
  });

  // Whoever signs out leaves no page of the field's work in the telephone.
  if (location.pathname === "/office/sign-in") window.caches?.delete("field");

  // A signed-out session ends its live stream; the page then says so instead of showing old figures as new.
  document.addEventListener("signed-out", () => location.assign("/sign-in"));
})();
