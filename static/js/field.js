// Results of the field where there is no coverage: kept in the telephone, and sent later under their key, so that each is taken once. Without
// this file the same forms are sent as they are.
(() => {
  "use strict";
  const place = document.querySelector("[data-field-queue]");
  if (!place) return;

  // Where the telephone is, when a person asks for it.
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-locate]") : null;
    if (!button) return;
    const say = (words) => (button.querySelector("span").textContent = words);
    const found = ({ coords }) => {
      button.form.elements.latitude.value = coords.latitude.toFixed(5);
      button.form.elements.longitude.value = coords.longitude.toFixed(5);
      say(button.dataset.found);
    };
    if (!navigator.geolocation) say(button.dataset.none);
    else navigator.geolocation.getCurrentPosition(found, () => say(button.dataset.none), { enableHighAccuracy: true, timeout: 15000 });
  });

  if (!window.indexedDB) return;
  const list = place.querySelector("[data-queue-list]");
  const said = place.querySelector("[data-queue-said]");
  const open = () =>
    new Promise((done, fail) => {
      const asked = indexedDB.open("field", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("results", { keyPath: "key" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  const within = async (mode, work) => {
    const base = await open();
    try {
      return await new Promise((done, fail) => {
        const step = base.transaction("results", mode);
        const asked = work(step.objectStore("results"));
        step.oncomplete = () => done(asked.result);
        step.onabort = step.onerror = () => fail(step.error);
      });
    } finally {
      base.close();
    }
  };
  // Only one's own: a telephone may be handed on.
  const kept = async () => (await within("readonly", (results) => results.getAll())).filter((one) => one.who === place.dataset.who);
  const keep = (one) => within("readwrite", (results) => results.put(one));
  const drop = (key) => within("readwrite", (results) => results.delete(key));

  const show = async () => {
    const all = await kept();
    place.hidden = all.length === 0 && said.textContent === "";
    list.replaceChildren(
      ...all.map((one) => {
        const line = document.createElement("li");
        const title = document.createElement("b");
        title.textContent = one.title;
        const state = document.createElement("p");
        state.textContent = one.refused ? `${place.dataset.refused} ${one.refused}` : place.dataset.waits;
        line.append(title, state);
        if (one.refused) {
          const look = document.createElement("a");
          look.href = one.action.replace(/\/result$/, "");
          look.textContent = place.dataset.look;
          const away = document.createElement("button");
          away.type = "button";
          away.className = "btn line small";
          away.textContent = place.dataset.drop;
          away.addEventListener("click", () => drop(one.key).then(show));
          line.append(look, " ", away);
        }
        return line;
      }),
    );
    for (const job of document.querySelectorAll("[data-job]")) {
      const waits = all.some((one) => one.action === job.dataset.job && !one.refused);
      for (const form of job.querySelectorAll("form")) form.inert = waits;
    }
  };

  const page = (text) => new DOMParser().parseFromString(text, "text/html");
  // What was taken leads back to the page of the day; whatever else comes, a sign-in above all, took nothing.
  const isOfToday = (answer) => new URL(answer.url).pathname === "/office/field";

  // What a page says of a refusal, in the words that a person would read there.
  const refusal = (text) => {
    const found = page(text).querySelectorAll(".errors li, [data-refusal]");
    const words = [...found].map((one) => one.textContent.trim()).join(" ");
    return words || page(text).querySelector("h1")?.textContent.trim() || "";
  };

  let isSending = false;
  const send = async () => {
    if (isSending) return;
    isSending = true;
    try {
      const waiting = (await kept()).filter((one) => !one.refused);
      if (waiting.length === 0) return;
      const today = await fetch("/office/field", { headers: { "x-fresh": "1" } });
      if (!today.ok) return;
      const fresh = page(await today.text());
      // Whoever signed in since sends nothing of somebody else's.
      if (!isOfToday(today) || fresh.querySelector("[data-field-queue]")?.dataset.who !== place.dataset.who) {
        said.textContent = place.dataset.signIn;
        return;
      }
      const token = fresh.querySelector("input[name=csrf]")?.value;
      if (!token) return;
      said.textContent = "";
      for (const one of waiting) if (!(await sendOne(one, token))) return;
    } catch {
      // No coverage: they wait.
    } finally {
      isSending = false;
      await show();
    }
  };
  // Whether the next one may follow: what is refused waits for a person, and a server that is in trouble is left alone.
  const sendOne = async (one, token) => {
    const body = new FormData();
    body.append("csrf", token);
    for (const [name, value] of one.entries) body.append(name, value);
    const answer = await fetch(one.action, { method: "POST", body });
    const text = await answer.text();
    if (answer.ok && isOfToday(answer)) {
      await drop(one.key);
      const job = document.querySelector(`[data-job="${one.action}"]`);
      if (!job && location.pathname !== "/office/field") location.assign("/office/field");
      job?.remove();
      said.textContent = page(text).querySelector(".flash span")?.textContent.trim() ?? "";
      return true;
    }
    if (![403, 404, 409, 413, 422].includes(answer.status)) return false;
    await keep({ ...one, refused: refusal(text) });
    return true;
  };

  // Kept first, then sent: whatever happens on the way, nothing that was typed is lost, and the key sees to it that it counts once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.queue === undefined) return;
    event.preventDefault();
    hold(form);
  });
  const hold = async (form) => {
    const isFilled = ([name, value]) => name !== "csrf" && !(value instanceof File && value.size === 0);
    const result = {
      key: form.elements.key.value,
      who: place.dataset.who,
      action: new URL(form.action).pathname,
      title: form.dataset.title,
      entries: [...new FormData(form)].filter(isFilled),
    };
    try {
      await keep(result);
    } catch {
      // A browser that keeps nothing sends the form as it is.
      form.submit();
      return;
    }
    await show();
    place.scrollIntoView();
    send();
  };

  place.querySelector("[data-queue-now]").addEventListener("click", send);
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  setInterval(send, 30000);
  show().then(send);
  // What is on the screen the first time came before the worker: it is asked for again, so that it is kept.
  const keepAll = () => {
    const drawn = performance.getEntriesByType("resource").map(({ name }) => name);
    const ours = drawn.filter((name) => new URL(name).pathname.startsWith("/static/"));
    for (const address of ["/office/field", ...ours]) fetch(address).catch(() => undefined);
  };
  navigator.serviceWorker?.addEventListener("controllerchange", keepAll);
  navigator.serviceWorker?.register("/office/field/worker.js", { scope: "/office/field" }).catch(() => undefined);
})();
