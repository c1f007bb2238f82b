// Keeps the page of the day's orders, and what it is drawn with, so that a telephone without coverage can open it again. What is fresh always
// comes first; signing out throws it away.
const KEPT = "field";
addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  const isKept = pathname === "/office/field" || pathname.startsWith("/static/");
  if (event.request.method !== "GET" || !isKept) return;
  const fresh = async () => {
    try {
      const answer = await fetch(event.request);
      if (answer.ok && !answer.redirected) (await caches.open(KEPT)).put(event.request, answer.clone());
      return answer;
    } catch (gone) {
      const kept = event.request.headers.has("x-fresh") ? undefined : await caches.match(event.request);
      if (kept) return kept;
      throw gone;
    }
  };
  event.respondWith(fresh());
});
