// What a page gains where scripts run. Every action works without this file: it only saves time.
(() => {
  "use strict";
  const root = document.documentElement;
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

  // What was typed and not sent yet goes along when the language is switched: it waits in this tab for the same page, and for no other. Secrets
  // and files are typed and chosen again.
  const TYPED = "typed";
  const NOT_KEPT = ["hidden", "password", "file", "submit", "button"];
  const isBox = (field) => field.type === "checkbox" || field.type === "radio";
  const typedFields = () =>
    [...document.querySelectorAll("main form :is(input, select, textarea)[name]")].filter(
      (field) => !NOT_KEPT.includes(field.type) && field.autocomplete !== "one-time-code",
    );
  const spot = (field) => [field.form.getAttribute("action"), field.name, isBox(field) ? field.value : ""].join(" ");
  const keepTyped = (at) => {
    const fields = typedFields().map((field) => [spot(field), isBox(field) ? field.checked : field.value]);
    sessionStorage.setItem(TYPED, JSON.stringify({ at, fields: Object.fromEntries(fields) }));
  };
  const putTyped = () => {
    const held = JSON.parse(sessionStorage.getItem(TYPED) ?? "null");
    sessionStorage.removeItem(TYPED);
    if (held?.at !== location.pathname) return;
    for (const field of typedFields()) {
      const typed = held.fields[spot(field)];
      const part = isBox(field) ? "checked" : "value";
      if (typed === undefined || field[part] === typed) continue;
      field[part] = typed;
      field.closest("details")?.setAttribute("open", "");
    }
  };
  // A browser that keeps nothing for a page says so by an error; then the switch does what it does without scripts.
  const whereKept = (work) => {
    try {
      work();
    } catch {}
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !/^(\/office)?\/language$/.test(form.getAttribute("action"))) return;
    whereKept(() => keepTyped(new URL(form.elements.back.value, location.href).pathname));
  });

  // The summary of what is wrong takes the focus, so that it is read first.
  const focusErrors = (scope) => scope.querySelector?.(".errors")?.focus();

  document.addEventListener("change", (event) => {
    const box = event.target;
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

  // A part of town is drawn by clicks on the map; its corners stand in the field beside it, where they can be typed as well.
  const corners = (map) => document.getElementById(map.dataset.areaMap);
  const isPasted = (field) => field.value.trim().startsWith("{");
  const typedCorners = (field) =>
    field.value
      .split("\n")
      .map((line) => line.trim().split(/[\s,;]+/).map(Number))
      .filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
  const drawArea = (map) => {
    const { width, height } = map.querySelector("svg").viewBox.baseVal;
    const { south, west, north, east } = map.dataset;
    const across = (degrees) => ((degrees * 1e6 - west) / (east - west)) * width;
    const down = (degrees) => ((north - degrees * 1e6) / (north - south)) * height;
    const points = typedCorners(corners(map)).map(([up, right]) => `${across(right).toFixed(1)},${down(up).toFixed(1)}`);
    // A first corner alone is shown as a line of no length.
    map.querySelector(".drawn").setAttribute("points", points.length === 1 ? `${points[0]} ${points[0]}` : points.join(" "));
  };
  const setCorners = (map, lines) => {
    const field = corners(map);
    field.value = lines.join("\n");
    const by = field.form?.elements.namedItem("by");
    if (by && lines.length > 0) by.value = "drawn";
    drawArea(map);
  };
  const linesOf = (field) => field.value.split("\n").filter((line) => line.trim() !== "");
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const map = target?.closest("[data-area-map]");
    if (!map || isPasted(corners(map))) return;
    const field = corners(map);
    if (target.closest("[data-area-clear]")) setCorners(map, []);
    else if (target.closest("[data-area-undo]")) setCorners(map, linesOf(field).slice(0, -1));
    else if (target.closest("svg")) {
      const svg = target.closest("svg");
      const { width, height } = svg.viewBox.baseVal;
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const { south, west, north, east } = map.dataset;
      const up = north - (at.y / height) * (north - south);
      const right = Number(west) + (at.x / width) * (east - west);
      setCorners(map, [...linesOf(field), `${(up / 1e6).toFixed(6)}, ${(right / 1e6).toFixed(6)}`]);
    }
  });
  document.addEventListener("input", (event) => {
    for (const map of document.querySelectorAll("[data-area-map]")) if (corners(map) === event.target) drawArea(map);
  });

  const ready = (scope) => {
    for (const part of scope.querySelectorAll?.("[data-needs-script]") ?? []) part.hidden = false;
    for (const part of scope.querySelectorAll?.("[data-with-passkeys]") ?? []) part.hidden = !window.PublicKeyCredential;
    for (const part of scope.querySelectorAll?.("[data-without-passkeys]") ?? []) part.hidden = !!window.PublicKeyCredential;
    for (const place of scope.querySelectorAll?.("[data-total]") ?? []) total(place.closest("form"));
    for (const map of scope.querySelectorAll?.("[data-area-map]") ?? []) drawArea(map);
    focusErrors(scope);
  };
  whereKept(putTyped);
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

  // A signed-out session ends its live stream; the page then says so instead of showing old figures as new. A form that is open in place stays: it
  // says so itself when it is sent, and keeps what was typed.
  document.addEventListener("signed-out", () => {
    if (document.querySelector("[data-in-place-of]:not([hidden])")) return;
    location.assign(location.pathname.startsWith("/office") ? "/office/sign-in" : "/sign-in");
  });
})();
