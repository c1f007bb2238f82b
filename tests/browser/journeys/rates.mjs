// A price list: a clerk drafts it, another person publishes it, and its author cannot.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { signedIn } from '../support/browser.mjs';

export function rates(world) {
  describe('a rate schedule', () => {
    it('is published by a second person', { timeout: 120_000 }, async () => {
      const clerk = await signedIn(world, 'clerk');
      const manager = await signedIn(world, 'manager');
      try {
        const draft = await drafted(clerk.page, 'W-J1');
        await clerk.page.locator('form[action$="/submission"] button').click();
        await clerk.page.locator('form[action$="/submission"]').waitFor({ state: 'detached' });
        assert.equal(await clerk.page.locator('form[action$="/publication"]').count(), 0, 'its author cannot publish it');
        await manager.page.goto(draft);
        await manager.page.fill('[name=from]', '2027-03-01');
        await manager.page.locator('form[action$="/publication"] button').click();
        await manager.page.locator('form[action$="/publication"]').waitFor({ state: 'detached' });
        assert.match(await manager.page.textContent('.acct .badge'), /Published/);
        // A second draft stays, so that its pages are met as well.
        await drafted(clerk.page, 'W-J2');
        assert.deepEqual([...clerk.complaints, ...manager.complaints], []);
      } finally {
        await Promise.all([clerk, manager].map(({ context }) => context.close()));
      }
    });
  });
}

/** Drafts a water schedule by the form, and gives the address of its page. */
async function drafted(page, code) {
  await page.goto('/office/rates/new');
  await page.fill('[name=code]', code);
  await page.selectOption('[name=service]', 'water');
  await page.fill('[name=name_en]', 'Water for the journey');
  await page.fill('[name=name_es]', 'Agua para el recorrido');
  await page.fill('[name=effective_from]', '2027-03-01');
  await page.fill('[name=base]', '12.50');
  await page.selectOption('[name=unit]', 'kgal');
  await page.fill('[name=block_1_price]', '4.10');
  await page.locator('main form button').first().click();
  await page.waitForURL(/\/office\/rates\/\d+$/);
  return page.url();
}
