// One page of each kind, wide and narrow, light and dark, in English and Spanish: nothing for axe to find, nothing for the policy to
// report, nothing that scrolls sideways, nothing invalid.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';

import { HtmlValidate } from 'html-validate';

import { person, signedIn } from '../support/browser.mjs';
import { pageRoutes, walk } from '../support/routes.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Each language meets both widths and both schemes; over the two, each width meets each scheme. */
const LOOKS = {
  'en-US': [[390, 'light'], [1440, 'dark']],
  'es-US': [[390, 'dark'], [1440, 'light']],
};

/** Pages that no link leads to, because a letter, a form or a machine does. */
const BY_LETTER = [
  /\{token\}/, /\/set-up$/, /\/invitation/, /\/verify/, /\/reset/, /\/password\/new/, /\/code$/, /\/recovery$/, /^\/sandbox\//, /\/authenticator/,
  /^\/pay-link\//, /^\/quick-pay\/receipts\//, /^\/payments\/scheduled\//, /\/utility-files\/waiting$/, /^\/pay-bill\//, /\/sent$/, /\/return$/, /\/waiting\//, /\/unsubscribe$/,
  // From a state in which the built town has nothing: a draft of a rate, a bill that may be taken back, a credit, an account that
  // ended and owes, fees that were taken back together, a call that is open.
  /\/calls\/\{id\}$/, /\/edit$/, /\/cancellation$/, /\/refunds\/new$/, /\/write-offs\/new$/, /\/fee-reversals\/\{id\}$/,
  // Nobody in the built town has saved a way to pay.
  /\/removal$/, /\/autopay\/check$/, /\/pay\/later\/check$/,
  // Whoever signs in there rents no place out.
  /^\/premises$/,
  // No correction of the built town may be reversed.
  /\/corrections\/\{id\}\/reversal$/,
  // No place of the built town is there twice; any two can be looked at.
  /\/place-duplicates/,
  // From forms that are sent.
  /\/duplicates\/comparison$/, /\/pay\/together\/(check|\{key\})/, /\/more-time\/\{number\}$/, /\/more-time\/check$/,
];

/** What the letters and forms lead to, and can be opened all the same. */
const BESIDE = {
  customer: ['/pay/check?amount=5.00&tender=card', '/requests/new/problem?problem=gas_smell'],
  visitor: ['/register/sent', '/password/sent', '/claim/code/sent', '/sandbox/mail'],
  administrator: ['/office/place-duplicates/1/2', '/office/place-duplicates/1/2/merge?kept=1'],
};

const html = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // How the text is laid out is the templates' own affair; what it means is checked.
    'no-trailing-whitespace': 'off',
    'no-inline-style': 'error',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'long-title': 'off',
    'no-implicit-button-type': 'off',
    'require-sri': 'off',
    'tel-non-breaking': 'off',
    'valid-id': ['error', { relaxed: true }],
    'no-redundant-role': 'off',
    'prefer-native-element': 'off',
    'element-required-attributes': 'error',
  },
});

const WHO = [
  { name: 'visitor', starts: ['/sign-in', '/register', '/claim/code', '/quick-pay', '/office/sign-in'] },
  { name: 'customer', starts: ['/', '/usage', '/bills', '/payments', '/pay'] },
  { name: 'several', starts: ['/', '/pay/together'] },
  { name: 'late', starts: ['/', '/more-time'] },
  { name: 'crew', starts: ['/office/field'] },
  { name: 'administrator', starts: ['/office/requests?kind=bill_dispute', '/office', '/office/search?q=river', '/office/notices'] },
];

export function everyPage(world) {
  describe('every page', { concurrency: 2 }, () => {
    const routes = pageRoutes();
    world.reached ??= new Set();

    for (const who of WHO) {
      it(`as a ${who.name} meets it`, { timeout: 900_000 }, async () => {
        const isVisitor = who.name === 'visitor';
        const { context, page, complaints } = isVisitor
          ? await person(world.browser, world.url)
          : await signedIn(world, who.name);
        try {
          const found = await walk(page, [...who.starts, ...(BESIDE[who.name] ?? [])], routes);
          assert.ok(found.size > 0, 'no page was found');
          // Neighbors show what the customer's own state does not: where they begin, and what nobody has met by now.
          if (world.people[who.name]?.isNeighbor) {
            for (const [path, address] of found) {
              if (world.reached.has(path) && !who.starts.includes(address)) found.delete(path);
            }
          }
          const wrong = [];
          for (const language of Object.keys(LOOKS)) {
            await speak(page, who.starts.at(-1), language);
            for (const [path, address] of found) {
              world.reached.add(path);
              wrong.push(...(await examine(page, address, language)));
            }
          }
          await speak(page, who.starts.at(-1), 'en-US');
          // A link of an old letter answers 410, and the browser's console says so.
          assert.deepEqual([...wrong, ...complaints.filter((told) => !told.includes('410'))], []);
        } finally {
          await context.close();
        }
      });
    }
  });

  it('every page was met', () => {
    const missed = pageRoutes()
      .map(({ path }) => path)
      .filter((path) => !world.reached.has(path) && !BY_LETTER.some((letter) => letter.test(path)));
    assert.deepEqual(missed, [], 'no link leads there');
  });
}

/** Presses the language switch unless the page speaks the language already. */
async function speak(page, address, language) {
  await page.setViewportSize({ width: 390, height: 900 });
  await page.goto(address);
  if ((await page.getAttribute('html', 'lang')) === language) return;
  await page.locator(`form[action$="/language"] button[value="${language}"]`).first().click();
  await page.waitForFunction((wanted) => document.documentElement?.lang === wanted, language);
}

async function examine(page, address, language) {
  const wrong = [];
  const answer = await page.goto(address, { waitUntil: 'load' });
  const told = (what) => wrong.push(`${address} (${language}): ${what}`);
  const spoken = await page.getAttribute('html', 'lang');
  if (spoken !== language) told(`speaks ${spoken}`);
  const report = await html.validateString(await answer.text());
  for (const result of report.results) {
    for (const message of result.messages) told(`html ${message.line}: ${message.ruleId}: ${message.message}`);
  }
  await page.evaluate(axe);
  for (const [width, colorScheme] of LOOKS[language]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const options = { runOnly: { type: 'tag', values: RULES }, resultTypes: ['violations'] };
    const { violations } = await page.evaluate((asked) => window.axe.run(document, asked), options);
    for (const { id, nodes } of violations) {
      told(`${width} ${colorScheme}: ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  for (const lost of await page.evaluate(invisible)) told(`with forced colors: ${lost}`);
  await page.emulateMedia({ forcedColors: 'none' });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) told(`scrolls ${wide} px sideways with letters of double size`);
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await page.setViewportSize({ width: 320, height: 800 });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (sideways > 0) told(`scrolls ${sideways} px sideways at 320`);
  return wrong;
}

/** Buttons and fields of which nothing is seen where the system's colors stand in for the page's: no edge, and the ground of what is around. */
function invisible() {
  const isSeen = (element) => element.checkVisibility?.() ?? true;
  const ground = (element) => getComputedStyle(element).backgroundColor;
  const isClear = (element) => /^rgba\(.*, 0\)$/.test(ground(element));
  const hasEdge = (element) => {
    const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(element);
    return (borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0) || outlineStyle !== 'none';
  };
  const around = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (!isClear(up)) return ground(up);
    }
    return 'none';
  };
  const isLost = (element) => !hasEdge(element) && (isClear(element) || ground(element) === around(element));
  // Quiet ones are words alone by design.
  return [...document.querySelectorAll('button.btn:not(.quiet), a.btn:not(.quiet), input.input, select.input, textarea.input')]
    .filter((element) => isSeen(element) && isLost(element))
    .slice(0, 3)
    .map((element) => element.outerHTML.slice(0, 120));
}
