// Forms of other pages, opened in place on the account screen: what stands below a page's `data-opens` comes into the panel, what is refused comes back
// there with what was typed, and what is done is told on the screen. Without this file, and for a page that opens nowhere, the link leads to the page.
(() => {
  "use strict";
  const panel = document.getElementById("in-place");
  if (!panel) return;
  const title = panel.querySelector("h2");
  const body = panel.querySelector("[data-in-place-body]");
  const screen = panel.dataset.inPlaceOf;
  const FIELD = "input:not([type=hidden]), select, textarea";
  let opener = null;

  // Two pages may use the same id: those of the panel get names of their own.
  const NAMES = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];
  const own = (id) => `opened-${id}`;
  const rename = (part) => {
    for (const element of [part, ...part.querySelectorAll("*")]) {
      if (element.id) element.id = own(element.id);
      for (const name of NAMES) {
        const ids = element.getAttribute(name);
        if (ids) element.setAttribute(name, ids.split(/\s+/).map(own).join(" "));
      }
      const link = element.getAttribute("href");
      if (link?.startsWith("#") && link.length > 1) element.setAttribute("href", `#${own(link.slice(1))}`);
    }
  };
  const isTyped = () =>
    !panel.hidden &&
    [...body.querySelectorAll("input[type=text], input[type=date], input[type=email], input[type=tel], textarea")].some(
      (field) => field.value !== field.defaultValue,
    );
  // What keeps a form from being sent is said above it, and what was typed stays for another try.
  const tell = (name) => {
    for (const line of panel.querySelectorAll("[data-in-place-unsent]")) line.hidden = line.dataset.inPlaceUnsent !== name;
    panel.querySelector("[data-in-place-unsent]:not([hidden])")?.focus();
  };
  const close = () => {
    body.replaceChildren();
    panel.hidden = true;
    if (opener?.isConnected) opener.focus();
  };
  const take = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const marker = page.querySelector("[data-opens]");
    if (!marker) return false;
    const parts = [];
    for (let next = marker.nextElementSibling; next; next = next.nextElementSibling) parts.push(next);
    parts.forEach(rename);
    title.textContent = page.querySelector("h1")?.textContent.trim() ?? title.textContent;
    body.replaceChildren(...parts);
    panel.hidden = false;
    tell("");
    const begins = body.querySelector("[data-begins]");
    const first = begins ? begins.querySelector(`${FIELD}, a, button`) : body.querySelector(FIELD);
    (body.querySelector(".errors") ?? first ?? panel).focus();
    return true;
  };

  // Asked for by a script, so that what the last change has to say waits for the next whole page.
  const ask = (address, more) => fetch(address, { ...more, headers: { "HX-Request": "true" } });
  const open = async (address) => {
    try {
      const answer = await ask(address);
      if (answer.ok && take(await answer.text())) return;
    } catch {
      // The page itself says what is wrong.
    }
    location.assign(address);
  };
  // Sent once more as a page of its own, with the button that was pressed.
  const sendWhole = (form, button) => {
    if (button?.name) {
      const pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = button.name;
      pressed.value = button.value;
      form.append(pressed);
    }
    form.submit();
  };
  // Whoever signed in anew in the meantime sends what they typed with the token of the new session. Nobody who is signed out has one.
  const renew = async (form) => {
    const answer = await ask(screen);
    if (new URL(answer.url).pathname !== screen) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form.elements.csrf.value = page.querySelector("[name=csrf]").value;
    return true;
  };
  const submit = async (form, button, isAgain = false) => {
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    const address = form.getAttribute("action");
    if (form.method === "get") {
      open(`${address}?${new URLSearchParams(data)}`);
      return;
    }
    const sent = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    const answer = await ask(address, { method: "POST", body: sent });
    if (answer.status === 400 && !isAgain) {
      if (await renew(form)) await submit(form, button, true);
      else {
        delete form.dataset.sent;
        tell("signed-out");
      }
    } else if (answer.ok && answer.redirected) location.assign(screen);
    // Nothing was done: what is no form of ours is shown as the page that it is.
    else if (!take(await answer.text())) sendWhole(form, button);
  };
  const send = async (form, button) => {
    tell("");
    try {
      await submit(form, button);
    } catch {
      delete form.dataset.sent;
      tell("no-answer");
    }
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-in-place-close]")) {
      close();
      return;
    }
    const link = target?.closest("a[href]");
    const isOpener = link?.dataset.inPlace !== undefined;
    if (!link || !(isOpener || panel.contains(link)) || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    if (!isOpener && new URL(link.href).pathname === screen) close();
    else if (isOpener && isTyped()) panel.focus();
    else {
      if (isOpener) opener = link;
      open(link.href);
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !panel.contains(event.target)) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
})();
