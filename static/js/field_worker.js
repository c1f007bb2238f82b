// Keeps the page of the day's orders, and what it is drawn with, so that a telephone without coverage can open it again. What is fresh always
// comes first. Signing out throws it away, and so does a session that ended by itself; the page is of its day alone. Where an order's own page
// cannot be had, the day's page is: it has the same form.
const KEPT = "field";
const PAGE = "/office/field";
const A_DAY = 18 * 60 * 60 * 1000;
const isOfToday = (kept) => Date.now() - Date.parse(kept.headers.get("date") ?? "") < A_DAY;
addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  const isPage = pathname === PAGE;
  const isOrder = event.request.mode === "navigate" && pathname.startsWith(`${PAGE}/`);
  if (event.request.method !== "GET" || !(isPage || isOrder || pathname.startsWith("/static/"))) return;
  const fresh = async () => {
    try {
      const answer = await fetch(event.request);
      const isElsewhere = answer.redirected || answer.type === "opaqueredirect";
      if (isPage && (isElsewhere || answer.status === 403)) await caches.delete(KEPT);
      else if (answer.ok && !isElsewhere && !isOrder) (await caches.open(KEPT)).put(event.request, answer.clone());
      return answer;
    } catch (gone) {
      const wanted = isOrder ? PAGE : event.request;
      const kept = event.request.headers.has("x-fresh") ? undefined : await caches.match(wanted, { ignoreVary: true });
      if (kept && (!(isPage || isOrder) || isOfToday(kept))) return kept;
      if (kept) await caches.delete(KEPT);
      throw gone;
    }
  };
  event.respondWith(fresh());
});
// The page that brought this script here is looked after at once.
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
