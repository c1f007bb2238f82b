// Chromium, and people at it who notice what the page complains about.

import { chromium } from 'playwright-core';

const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROME_PATH ?? 'chromium', headless: true, args: QUIET });
}

/** A browser of its own: a context with one page, and a list of what went wrong on it. */
export async function person(browser, url, options = {}) {
  const context = await browser.newContext({ baseURL: url, locale: 'en-US', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content[- ]Security[- ]Policy/i.test(message.text())) {
      complaints.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return { context, page, complaints };
}

/** Somebody who is signed in already: the first time at the door, afterwards by the cookie kept from then. */
export async function signedIn(world, who, options = {}) {
  world.cookies ??= {};
  if (!world.cookies[who]) {
    const first = await person(world.browser, world.url);
    await signIn(first.page, world.people[who].door, world.people[who]);
    world.cookies[who] = await first.context.storageState();
    await first.context.close();
  }
  return person(world.browser, world.url, { storageState: world.cookies[who], ...options });
}

/** Signs somebody in at a door, `/sign-in` or `/office/sign-in`. */
export async function signIn(page, door, { email, password }) {
  await page.goto(door);
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await page.locator('main form button').first().click();
  await page.waitForURL((address) => !address.pathname.endsWith('/sign-in'));
}
