// What the office gains where scripts run: keys, the palette, the time of an open call. Every action works without this file: it only saves time.
(() => {
  "use strict";
  if (document.documentElement.dataset.density !== "compact") return;

  // Single keys can be turned off: one must never surprise a person who dictates or uses a screen reader.
  const keep = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      // A browser that keeps nothing still shows the page.
    }
  };
  const keysAreOn = () => {
    try {
      return localStorage.getItem("keys") !== "off";
    } catch {
      return true;
    }
  };
  for (const box of document.querySelectorAll("[data-keys-switch]")) {
    box.checked = keysAreOn();
    box.addEventListener("change", () => keep("keys", box.checked ? null : "off"));
  }

  // What the page can do, read from the page itself: `data-acts` around links and buttons, `data-act` on one (with other words, where its own
  // do not say it), `data-pages` around the areas. Nothing of it is written down twice.
  const ACTS = "[data-acts] a, [data-acts] button, [data-act]";
  const PAGES = "[data-pages] a";
  const words = (element) => {
    if (element.dataset.act) return element.dataset.act;
    const copy = element.cloneNode(true);
    for (const part of copy.querySelectorAll("kbd, svg")) part.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const doing = (element) => ({
    element,
    name: words(element),
    key: element.dataset.key ?? "",
    group: element.closest("[data-pages]")?.getAttribute("aria-label") ?? "",
  });
  const doings = () => [...document.querySelectorAll(ACTS), ...document.querySelectorAll(PAGES)].map(doing);
  const act = ({ element }) => {
    element.click();
    // What opens in place is written into at once.
    const opened = element.matches("summary") ? element.parentElement : null;
    opened?.querySelector("select, textarea, input:not([type=hidden])")?.focus();
  };
  const made = (name, text, classes = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    element.className = classes;
    return element;
  };

  // The palette: the field that finds accounts, in a dialog, with what the page can do above what it finds.
  const finder = document.querySelector("[data-finder]");
  const field = finder?.querySelector("[data-find]");
  const list = finder?.querySelector("[data-doings]");
  const isOpen = () => finder?.open ?? false;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const line = (one) => {
    const button = made("button", "");
    button.type = "button";
    button.append(made("span", one.name));
    if (one.group) button.append(made("span", one.group, "muted xs"));
    if (one.key) button.append(made("kbd", one.key));
    button.addEventListener("click", () => {
      finder.close();
      act(one);
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  };
  const offer = () => {
    const typed = plain(field.value).split(/\s+/).filter(Boolean);
    const fits = ({ name }) => typed.every((word) => plain(name).includes(word));
    list.replaceChildren(...(isOpen() ? doings().filter(fits).map(line) : []));
  };
  const open = () => {
    if (!finder || isOpen()) return;
    finder.showModal();
    field.select();
    offer();
  };
  field?.addEventListener("input", offer);
  finder?.addEventListener("close", () => {
    // Behind the dialog the field is the header's again, with nothing in it, and keys are keys of the page.
    if (finder.contains(document.activeElement)) document.activeElement.blur();
    field.value = "";
    list.replaceChildren();
    finder.querySelector("#found")?.replaceChildren();
  });
  finder?.addEventListener("click", (event) => {
    if (event.target === finder && isOpen()) finder.close();
  });
  finder?.addEventListener("keydown", (event) => {
    const lines = [...finder.querySelectorAll(".hits a, .hits button")];
    const at = lines.indexOf(document.activeElement);
    if (event.key === "ArrowDown") lines[Math.min(at + 1, lines.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (lines[at - 1] ?? field).focus();
    else if (event.key === "Enter" && event.target === field && isOpen() && field.value.trim() !== "" && list.firstElementChild)
      list.firstElementChild.firstElementChild.click();
    else return;
    event.preventDefault();
  });

  // Whoever leaves a dialog by Escape stands on the page in the same moment: the browser itself takes the focus out of it only when it draws
  // again, and a key pressed before that would be taken for typing.
  for (const dialog of [finder, document.querySelector("[data-keys-help]")])
    dialog?.addEventListener("cancel", () => document.activeElement?.blur());

  // The help: every key of the office, and those of the page as it stands.
  const help = document.querySelector("[data-keys-help]");
  const explain = () => {
    if (!help || help.open) return;
    const here = doings().filter(({ key }) => key !== "");
    const rows = here.flatMap(({ key, name }) => {
      const term = document.createElement("dt");
      term.append(made("kbd", key));
      return [term, made("dd", name)];
    });
    help.querySelector("[data-keys-here]").replaceChildren(...rows);
    help.showModal();
  };
  for (const button of document.querySelectorAll("[data-opens-keys]")) button.addEventListener("click", explain);

  // Keys: Ctrl+K or "/" opens the palette, "?" the help, a letter in [data-key] presses its button, J and K move through the rows.
  const typing = (element) => element?.closest("input, textarea, select, [contenteditable]") !== null;
  const move = (step) => {
    const links = [...document.querySelectorAll("[data-rows] tbody tr a:first-of-type")];
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
  };
  document.addEventListener("keydown", (event) => {
    const isAside = document.querySelector("dialog:modal") !== null;
    const isPalette = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if (isPalette && finder) {
      event.preventDefault();
      if (!isAside) open();
      return;
    }
    if (isAside || !keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/" || event.key === "?") {
      event.preventDefault();
      (event.key === "/" ? open : explain)();
    } else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (/^[a-z]$/.test(event.key)) {
      const element = document.querySelector(`[data-key="${event.key.toUpperCase()}"]`);
      if (!element) return;
      event.preventDefault();
      act({ element });
    }
  });

  // A page of one task begins where its work does: at the first field, choice or row. What went wrong is read before.
  const begins = document.querySelector("[data-begins]");
  if (begins && location.hash === "" && !document.querySelector(".errors"))
    begins.querySelector("input:not([type=hidden]), select, textarea, a, button")?.focus({ preventScroll: true });

  // How long the open call lasts so far: counted on from what the page knew when it was made. Without this file its beginning is enough.
  const arrived = performance.now();
  const lasts = (seconds) => {
    const two = (number) => String(number).padStart(2, "0");
    const minutes = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    return seconds < 3600 ? minutes : `${Math.floor(seconds / 3600)}:${minutes}`;
  };
  const clocks = [...document.querySelectorAll("[data-running]")];
  const tick = () => {
    const passed = Math.floor((performance.now() - arrived) / 1000);
    for (const place of clocks) place.textContent = lasts(Number(place.dataset.running) + passed);
  };
  if (clocks.length > 0) setInterval(tick, 1000);
  tick();
})();
