// Each page of the route list, at two widths, in two schemes and two languages: nothing for axe to find, nothing for the policy to
// report, nothing that scrolls sideways, nothing invalid.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, describe, it } from 'node:test';

import { HtmlValidate } from 'html-validate';

import { person, signIn } from '../support/browser.mjs';
import { pageRoutes, walk } from '../support/routes.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [390, 1440];
const SCHEMES = ['light', 'dark'];

/** Pages that no link leads to, because a letter or a machine does. */
const BY_LETTER = [
  /\{token\}/, /\/set-up$/, /\/invitation/, /\/verify/, /\/reset/, /\/new-password/, /\/code$/, /^\/sandbox\//, /\/authenticator/,
];

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
  { name: 'a visitor', sign: null, starts: ['/sign-in', '/claim', '/office/sign-in'] },
  { name: 'a customer', sign: 'customer', starts: ['/', '/usage', '/bills', '/payments', '/pay'] },
  { name: 'an administrator', sign: 'administrator', starts: ['/office'] },
];

export function everyPage(world) {
  describe('every page', () => {
    const routes = pageRoutes();
    const reached = new Set();

    for (const who of WHO) {
      it(`as ${who.name} meets it`, { timeout: 1_200_000 }, async () => {
        const { context, page, complaints } = await person(world.browser, world.url);
        try {
          if (who.sign) await signIn(page, world.people[who.sign].door, world.people[who.sign]);
          const found = await walk(page, who.starts, routes);
          const wrong = [];
          for (const language of ['en-US', 'es-US']) {
            await speak(page, who.starts[0], language);
            for (const [path, address] of found) {
              reached.add(path);
              wrong.push(...(await examine(page, address, language)));
            }
          }
          await speak(page, who.starts[0], 'en-US');
          assert.ok(found.size > 0, 'no page was found');
          assert.deepEqual([...wrong, ...complaints], []);
        } finally {
          await context.close();
        }
      });
    }

    it('was met', () => {
      const missed = routes
        .map(({ path }) => path)
        .filter((path) => !reached.has(path) && !BY_LETTER.some((letter) => letter.test(path)));
      assert.deepEqual(missed, [], 'no link leads there');
    });
  });
}

/** Presses the language switch unless the page speaks the language already. */
async function speak(page, address, language) {
  await page.goto(address);
  if ((await page.getAttribute('html', 'lang')) === language) return;
  await page.locator(`form[action="/language"] button[value="${language}"]`).first().click();
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
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
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(axe);
      const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
      for (const { id, nodes } of violations) {
        told(`${width} ${colorScheme}: ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
      }
    }
  }
  await page.setViewportSize({ width: 320, height: 800 });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (sideways > 0) told(`scrolls ${sideways} px sideways at 320`);
  return wrong;
}
