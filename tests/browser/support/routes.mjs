// The pages of the route list, and the real addresses that a walk through the house finds for them.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const list = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'it', 'house', 'routes.txt');

/** What a browser keeps instead of showing. */
const FILES = /(\.(csv|js|json|txt|pdf|xml)|\/pdf|\/photo|\/packet|\/routes\/[^/]+\/file|\/(documents|photos)\/[^/]+)$/;

/** Addresses a browser gets but a person does not read: streams, files and exports. */
const NO_PAGES = [/^\/static\//, /^\/live\//, /^\/office\/live\//, /^\/sandbox\/v1\//, FILES];

/** `GET /bills/{number} customer` → `{ path: '/bills/{number}', key: 'customer', pattern }`. */
export function pageRoutes() {
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('GET '))
    .map((line) => line.trim().split(/\s+/))
    .map(([, path, key]) => ({ path, key, pattern: patternOf(path) }))
    .filter(({ path }) => !NO_PAGES.some((none) => none.test(path)));
}

function patternOf(path) {
  const parts = path.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`);
}

/** Follows links from the given addresses, opening one address of each route, and tells which it found. */
export async function walk(page, starts, routes) {
  const found = new Map();
  const waiting = [...starts];
  const seen = new Set();
  while (waiting.length > 0) {
    const address = waiting.shift();
    const path = address.split(/[?#]/)[0];
    if (seen.has(address)) continue;
    seen.add(address);
    const route = bestRoute(routes, path);
    if (!route || found.has(route.path)) continue;
    const answer = await page.goto(address, { waitUntil: 'domcontentloaded' });
    const landed = new URL(page.url()).pathname;
    const kind = answer?.headers()['content-type'] ?? '';
    if (!kind.startsWith('text/html') || answer.status() !== 200) continue;
    const reached = bestRoute(routes, landed);
    if (reached && !found.has(reached.path)) found.set(reached.path, page.url());
    if (landed === path) found.set(route.path, address);
    // The mail of the town is everybody's: its letters lead to what is not this person's.
    if (landed === '/sandbox/mail') continue;
    const links = await page.$$eval('a[href]', (all) => all.map((link) => new URL(link.getAttribute('href'), document.baseURI).href));
    const origin = new URL(page.url()).origin;
    for (const link of links) {
      const url = new URL(link);
      if (url.origin === origin && !FILES.test(url.pathname)) waiting.push(url.pathname + url.search);
    }
  }
  return found;
}

/** The route an address belongs to: the one with the fewest `{parts}`. */
function bestRoute(routes, path) {
  return routes
    .filter(({ pattern }) => pattern.test(path))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
}
