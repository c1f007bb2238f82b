// A new customer who reads Spanish, on a phone: everything a household does with its utility, by touch and then with the keyboard alone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { person, signedIn, signIn } from '../support/browser.mjs';
import { keys, touch } from '../support/hands.mjs';
import { fillCard } from '../support/money.mjs';
import { letter, unclaimed } from '../support/newcomers.mjs';

const PHONE = { viewport: { width: 375, height: 760 }, locale: 'es-US', acceptDownloads: true };
const PASSWORD = 'a quiet river bend';

export function newcomer(world) {
  describe('a new customer, in Spanish, on a phone', () => {
    for (const hand of [touch, keys]) {
      it(hand.name, { timeout: 420_000 }, async () => {
        const account = await unclaimed(world);
        const email = `${hand === touch ? 'dedo' : 'teclas'}-${Date.now()}@post.example`;
        const { context, page, complaints } = await person(world.browser, world.url, PHONE);
        try {
          await claims(page, hand, account, email);
          const bill = await reads(page, hand);
          await questions(page, hand, bill);
          await pays(page, hand);
          await joinsAutopay(page, hand);
          await goesPaperless(page, hand);
          await choosesAlerts(page, hand);
          await movesHouse(page, hand);
          await reportsALeak(page, hand);
          await hearsOfAnOutage(world, page, hand, [account.number, email]);
          await takesGreenButton(page, hand);
          assert.deepEqual(complaints, []);
        } finally {
          await context.close();
        }
      });
    }
  });
}

/** The page is in Spanish, and no wider than the phone. */
async function isInSpanish(page) {
  assert.match(await page.getAttribute('html', 'lang'), /^es/);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${page.url()} is ${wide} px wider than the phone`);
}

async function claims(page, hand, account, email) {
  await page.goto('/sign-in');
  if (!/^es/.test(await page.getAttribute('html', 'lang'))) {
    await hand.press(page, 'form[action="/language"] button');
    await page.waitForFunction(() => document.documentElement.lang.startsWith('es'));
  }
  await hand.press(page, 'main a[href="/register"]');
  await page.waitForURL(/\/register/);
  await hand.type(page, '[name=account]', account.number);
  await hand.type(page, '[name=proof]', account.billed);
  await hand.type(page, '[name=name]', 'Marisol Nueva');
  await hand.type(page, '[name=email]', email);
  await hand.type(page, '[name=new_password]', PASSWORD);
  await hand.press(page, 'main form button');
  await page.waitForURL(/\/register\/sent/);
  await page.goto(await letter(page, email, '/verify'));
  await hand.type(page, '[name=password]', PASSWORD);
  await hand.press(page, 'main form button');
  await page.waitForURL((address) => !address.pathname.startsWith('/verify'));
  if (new URL(page.url()).pathname !== '/') await signIn(page, '/sign-in', { email, password: PASSWORD });
  await page.locator('#balance').waitFor();
  await isInSpanish(page);
}

/** Opens the newest bill, and what one of its lines was worked from. */
async function reads(page, hand) {
  await page.goto('/bills');
  await hand.press(page, 'main a[href^="/bills/1"]');
  await page.waitForURL(/\/bills\/\d+$/);
  await hand.press(page, 'main .service details summary');
  await page.locator('main .service details[open]').first().waitFor();
  await isInSpanish(page);
  return new URL(page.url()).pathname;
}

async function questions(page, hand, bill) {
  await page.goto(`${bill}/dispute`);
  await hand.pick(page, '[name=reason]', 'too_much_use');
  await hand.mark(page, 'main .marks input[type=checkbox]');
  await hand.type(page, '[name=words]', 'Estuvimos de viaje y la casa estaba vacía.');
  await hand.press(page, 'main form[action$="/dispute"] button');
  await page.waitForURL(/\/requests\/\d+/);
  await isInSpanish(page);
  const broken = await page.$$eval('.facts dd.tnum', (all) => all.map((amount) => {
    const range = document.createRange();
    range.selectNodeContents(amount);
    return range.getClientRects().length > 1 ? amount.textContent : '';
  }).filter(Boolean));
  assert.deepEqual(broken, [], 'an amount is broken between its figures');
}

async function pays(page, hand) {
  await page.goto('/pay');
  await hand.type(page, '[name=amount]', '5.00');
  await hand.press(page, 'main form[action="/pay/check"] button');
  await page.locator('main form[action="/payments"]').waitFor();
  await isInSpanish(page);
  await hand.press(page, 'main form[action="/payments"] button');
  await givesCard(page, hand);
  await page.waitForURL(/\/payments\//);
  await page.getByText('$5.00').first().waitFor();
  await isInSpanish(page);
}

/** The processor's page. */
async function givesCard(page, hand) {
  await page.waitForURL(/\/sandbox\//);
  await fillCard(page, hand.type);
  await hand.press(page, 'main form button');
  await page.waitForURL((address) => !address.pathname.startsWith('/sandbox/'));
}

async function joinsAutopay(page, hand) {
  await page.goto('/payment-methods');
  await hand.press(page, 'main form[action="/payment-methods"] button');
  await givesCard(page, hand);
  await page.goto('/autopay');
  await hand.press(page, 'main form[action="/autopay/check"] button');
  await page.waitForURL(/\/autopay\/check/);
  await isInSpanish(page);
  await hand.mark(page, '[name=agree]');
  await hand.press(page, 'main form[action="/autopay"] button');
  await page.locator('main form[action="/autopay/end"]').waitFor();
}

async function goesPaperless(page, hand) {
  await page.goto('/delivery');
  await hand.mark(page, '[name=delivery][value=email]');
  await hand.press(page, 'main form[action="/delivery"] button');
  await page.locator('.note.good').first().waitFor();
  await isInSpanish(page);
}

async function choosesAlerts(page, hand) {
  await page.goto('/alerts');
  await hand.mark(page, '[name=high_bill_email]');
  await hand.type(page, '[name=high_bill_over]', '150');
  await hand.press(page, 'main form[action="/alerts"] button');
  await page.locator('.note.good').first().waitFor();
  assert.ok(await page.locator('[name=high_bill_email]').isChecked());
  await isInSpanish(page);
}

/** A weekday two or three weeks ahead on which the office is open: Wednesdays are no holidays of that kind. */
function wednesday(daysBefore = 0) {
  const day = new Date(Date.now() + 14 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((10 - day.getUTCDay()) % 7) - daysBefore);
  return day.toISOString().slice(0, 10);
}

async function movesHouse(page, hand) {
  await page.goto('/requests/new/move');
  await hand.date(page, '[name=stop_on]', wednesday());
  await hand.date(page, '[name=start_on]', wednesday(1));
  await hand.type(page, '[name=place]', '210 Bluff Road');
  await hand.press(page, 'main form[action="/requests/new/move"] button');
  await page.waitForURL(/\/requests\/\d+/);
  await isInSpanish(page);
}

async function reportsALeak(page, hand) {
  await page.goto('/requests/new/problem');
  await hand.press(page, 'main a[href*="street_leak"]');
  await page.waitForURL(/street_leak/);
  await hand.type(page, '[name=place]', 'Frente a 210 Bluff Road');
  await hand.type(page, '[name=words]', 'Sale agua de la calle desde anoche.');
  await hand.press(page, 'main form[action="/requests/new/problem"] button');
  await page.waitForURL(/\/requests\/\d+/);
  await isInSpanish(page);
}

/** The office declares an outage on this account; its customer is told by mail and on the page. */
async function hearsOfAnOutage(world, page, hand, [number, email]) {
  const manager = await signedIn(world, 'manager');
  try {
    await manager.page.goto('/office/outages/new');
    await manager.page.selectOption('[name=service]', 'electric');
    await manager.page.selectOption('[name=by]', 'accounts');
    await manager.page.fill('[name=numbers]', number);
    await manager.page.fill('[name=words_en]', 'A line is down.');
    await manager.page.fill('[name=words_es]', 'Se cayó una línea.');
    await manager.page.locator('main form button:not([type=button])').first().click();
    await manager.page.locator('main form button[value=tell]').click();
    await manager.page.waitForURL(/\/office\/outages\/\d+/);
  } finally {
    await manager.context.close();
  }
  assert.match(await letter(page, email, '/outages'), /\/outages/);
  await page.goto('/');
  await hand.press(page, 'main .note a[href^="/outages/"]');
  await page.getByText('Se cayó una línea.').first().waitFor();
  await isInSpanish(page);
}

async function takesGreenButton(page, hand) {
  await page.goto('/usage');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    hand.press(page, 'main a[href$="green-button.xml"]'),
  ]);
  assert.match(await readFile(await file.path(), 'utf8'), /<IntervalReading|<ns\d:IntervalReading|IntervalBlock/);
}
