// A bill, read to the cent: its lines add up to its services, its services to its total, and a line to its own working.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { signedIn } from '../support/browser.mjs';
import { cents } from '../support/money.mjs';

export function bills(world) {
  describe('a bill', () => {
    it('adds up from its workings', { timeout: 120_000 }, async () => {
      const { context, page, complaints } = await signedIn(world, 'customer');
      try {
        await page.goto('/bills');
        await page.locator('main .entries a').first().click();
        await page.waitForURL(/\/bills\/\d+/);
        let whole = 0;
        for (const service of await page.locator('section.service').all()) {
          const amount = cents(await service.locator('.figure').textContent());
          const lines = await service.locator('.bill-lines tbody tr').all();
          let sum = 0;
          for (const line of lines) {
            const billed = cents(await line.locator('td').textContent());
            const told = await line.locator('th').innerText();
            sum += billed;
            agrees(told, billed);
          }
          assert.equal(sum, amount, await service.locator('h2').textContent());
          whole += amount;
        }
        const total = cents(await page.locator('.totals .total').first().locator('.tnum').textContent());
        assert.equal(whole, total, 'the services come to the bill');
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('prints on calm pages', { timeout: 60_000 }, async () => {
      const { context, page } = await signedIn(world, 'customer');
      try {
        await page.goto('/bills');
        await page.locator('main .entries a').first().click();
        await page.waitForURL(/\/bills\/\d+/);
        const paper = await page.pdf({ format: 'Letter' });
        const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
        assert.ok(sheets >= 1 && sheets <= 2, `a bill of a household takes ${sheets} sheets`);
      } finally {
        await context.close();
      }
    });
  });
}

/** "8.053 thousand gallons at $5.34 each" comes to the amount of its line, rounded once. */
function agrees(told, billed) {
  const found = told.match(/([\d,.]+) [A-Za-z ]+ at \$([\d.]+) each/);
  if (!found) return;
  const exact = Number(found[1].replaceAll(',', '')) * Number(found[2]) * 100;
  // Quantities are shown to four decimals, and the last slice of a split charge takes the cent that is over.
  assert.ok(Math.abs(exact - billed) <= 1.01, `${told}: ${exact} against ${billed}`);
}
