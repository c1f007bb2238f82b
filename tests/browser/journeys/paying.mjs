// Money: with the keyboard alone, with JavaScript off, from a bank, over the counter, and watched on two screens.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { signedIn } from '../support/browser.mjs';
import { press, reach, typeInto } from '../support/keyboard.mjs';
import { BANK, cents, fillCard, toSandbox } from '../support/money.mjs';

const fill = (page, css, text) => page.fill(css, text);

export function paying(world) {
  describe('paying', () => {
    it('works with the keyboard alone', { timeout: 120_000 }, async () => {
      const { context, page, complaints } = await signedIn(world, 'customer');
      try {
        await page.goto('/');
        await reach(page, '#hero a[href^="/pay"]');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/pay/);
        await typeInto(page, '[name=amount]', '5.00');
        await press(page, 'main form[action="/pay/check"] button');
        await page.locator('main form[action="/payments"]').waitFor();
        await press(page, 'main form[action="/payments"] button');
        await page.waitForURL(/\/sandbox\//);
        await fillCard(page, typeInto);
        await press(page, 'main form button');
        await page.waitForURL(/\/payments\//);
        await page.getByText('$5.00').first().waitFor();
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('works with JavaScript off', { timeout: 120_000 }, async () => {
      const { context, page } = await signedIn(world, 'customer', { javaScriptEnabled: false });
      try {
        await toSandbox(page, '6.00');
        await fillCard(page, fill);
        await page.locator('main form button').first().click();
        await page.waitForURL(/\/payments\//);
        assert.match(await page.textContent('main'), /6\.00/);
      } finally {
        await context.close();
      }
    });

    it('changes both open screens within a second', { timeout: 120_000 }, async () => {
      const customer = await signedIn(world, 'customer');
      const clerk = await signedIn(world, 'clerk');
      const payer = await signedIn(world, 'customer');
      try {
        await customer.page.goto('/');
        const before = await customer.page.textContent('#balance');
        await openAccount(clerk.page, customer.page);
        const clerkBefore = await clerk.page.textContent('#balance');
        await toSandbox(payer.page, '7.00');
        await fillCard(payer.page, fill);
        const posted = payer.page.waitForURL(/\/payments\//).then(() => Date.now());
        await payer.page.locator('main form button').first().click();
        const changed = ([css, old]) => document.querySelector(css)?.textContent !== old;
        const seen = async ({ page }, old) => {
          await page.waitForFunction(changed, ['#balance', old], { timeout: 15_000, polling: 20 });
          return Date.now();
        };
        const [at, ...screens] = await Promise.all([posted, seen(customer, before), seen(clerk, clerkBefore)]);
        for (const screen of screens) assert.ok(screen - at < 1000, `a screen changed ${screen - at} ms after the payment was back`);
        const focus = await customer.page.evaluate(() => document.activeElement?.tagName);
        assert.equal(focus, 'BODY', 'nothing takes the focus by itself');
        assert.deepEqual([...customer.complaints, ...clerk.complaints], []);
      } finally {
        await Promise.all([customer, clerk, payer].map(({ context }) => context.close()));
      }
    });

    it('from a bank account waits, then settles', { timeout: 180_000 }, async () => {
      const { context, page, complaints } = await signedIn(world, 'customer');
      try {
        await toSandbox(page, '8.00', 'bank_account');
        await page.fill('[name=routing_number]', '110000000');
        await page.fill('[name=account_number]', BANK);
        await page.locator('main form button').first().click();
        await page.waitForURL(/\/payments\/\d+$/);
        const receipt = page.url();
        assert.match(await page.textContent('main'), /Pending/);
        await page.goto('/');
        await page.getByText('$8.00 is on its way').first().waitFor();
        await page.goto(receipt);
        for (let look = 0; look < 40 && !/Posted/.test(await page.textContent('#payment .badge')); look += 1) {
          await page.waitForTimeout(1000);
          await page.goto(receipt);
        }
        assert.match(await page.textContent('#payment .badge'), /Posted/);
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('over the counter leaves a receipt', { timeout: 120_000 }, async () => {
      const customer = await signedIn(world, 'customer');
      const clerk = await signedIn(world, 'clerk');
      try {
        await customer.page.goto('/');
        await openAccount(clerk.page, customer.page);
        const before = cents(await clerk.page.textContent('#balance'));
        await clerk.page.keyboard.press('t');
        await clerk.page.waitForURL(/\/payments\/new/);
        await clerk.page.fill('[name=amount]', '9.00');
        await clerk.page.locator('main form:has([name=amount]) button').first().click();
        await clerk.page.waitForURL(/\/office\/(payments|accounts)\//);
        await clerk.page.getByText('$9.00').first().waitFor();
        await openAccount(clerk.page, customer.page);
        assert.equal(cents(await clerk.page.textContent('#balance')), before - 900);
        assert.deepEqual(clerk.complaints, []);
      } finally {
        await Promise.all([customer, clerk].map(({ context }) => context.close()));
      }
    });
  });
}

/** The account that the customer's page is about, at the office. */
async function openAccount(page, customer) {
  const told = await customer.textContent('.hello .tnum');
  await page.goto(`/office/accounts/${told.replace(/\D/g, '')}`);
  await page.locator('#balance').waitFor();
}
