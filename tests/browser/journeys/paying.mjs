// Money, three ways: with the keyboard alone, with JavaScript off, and watched on two screens.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { person, signIn } from '../support/browser.mjs';

const CARD = '4242424242424242';

export function paying(world) {
  describe('paying', () => {
    it('works with the keyboard alone', { timeout: 120_000 }, async () => {
      const { context, page, complaints } = await person(world.browser, world.url);
      try {
        await signIn(page, world.people.customer.door, world.people.customer);
        await reach(page, 'a[href^="/pay"]:visible');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/pay/);
        await typeInto(page, '[name=amount]', '5.00');
        await press(page, /\/sandbox\/|\/pay\//);
        if (!page.url().includes('/sandbox/')) await press(page, /\/sandbox\//);
        await fillCard(page, async (css, text) => typeInto(page, css, text));
        await press(page, /\/pay/);
        await page.waitForFunction(() => document.querySelector('main')?.textContent.includes('5.00'));
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('works with JavaScript off', { timeout: 120_000 }, async () => {
      const { context, page } = await person(world.browser, world.url, { javaScriptEnabled: false });
      try {
        await signIn(page, world.people.customer.door, world.people.customer);
        await toSandbox(page, '6.00');
        await fillCard(page, (css, text) => page.fill(css, text));
        await page.locator('main button').last().click();
        await page.waitForURL(/\/pay/);
        assert.match(await page.textContent('main'), /6\.00/);
      } finally {
        await context.close();
      }
    });

    it('changes both open screens within a second', { timeout: 120_000 }, async () => {
      const customer = await person(world.browser, world.url);
      const clerk = await person(world.browser, world.url);
      const payer = await person(world.browser, world.url);
      try {
        await signIn(customer.page, '/sign-in', world.people.customer);
        await signIn(payer.page, '/sign-in', world.people.customer);
        await signIn(clerk.page, '/office/sign-in', world.people.clerk);
        await customer.page.goto('/');
        const before = await customer.page.textContent('#balance');
        await openAccount(clerk.page, customer.page);
        await toSandbox(payer.page, '7.00');
        await fillCard(payer.page, (css, text) => payer.page.fill(css, text));
        const clerkBefore = await clerk.page.textContent('#balance');
        await payer.page.locator('main button').last().click();
        const changed = ([css, old]) => document.querySelector(css)?.textContent !== old;
        await Promise.all([
          customer.page.waitForFunction(changed, ['#balance', before], { timeout: 5000 }),
          clerk.page.waitForFunction(changed, ['#balance', clerkBefore], { timeout: 5000 }),
        ]);
        assert.deepEqual([...customer.complaints, ...clerk.complaints], []);
      } finally {
        await Promise.all([customer, clerk, payer].map(({ context }) => context.close()));
      }
    });
  });
}
