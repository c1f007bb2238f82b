// Whoever comes new: an account that nobody has claimed, and the letters that lead in.

import assert from 'node:assert/strict';

import { signedIn } from './browser.mjs';

/** The address that the newest letter to somebody leads to. */
export async function letter(page, to, path) {
  for (let look = 0; look < 20; look += 1) {
    await page.goto('/sandbox/mail');
    const mine = page.locator('main section.card').filter({ hasText: to }).locator(`a[href*="${path}"]`);
    if (await mine.count()) return mine.first().getAttribute('href');
    await page.waitForTimeout(500);
  }
  return assert.fail(`no letter to ${to} that leads to ${path}`);
}

/** An account that nobody has claimed, with the amount of its last bill, as a clerk can read both. */
export async function unclaimed(world) {
  const { context, page } = await signedIn(world, 'clerk');
  try {
    for (const name of ['Hansen', 'Koch', 'Nguyen', 'Booker', 'Olson']) {
      await page.goto(`/office/accounts?q=${name}`);
      const links = await page.$$eval('[data-rows] tbody a', (all) => all.map((link) => link.getAttribute('href')));
      for (const link of links.slice(0, 8)) {
        await page.goto(`${link}?tab=bills`);
        const claimed = await page.locator('.acct .badge.info').count();
        // A draft is not on anybody's table yet.
        const row = page.locator('[data-rows] tbody tr').filter({ hasNotText: 'Draft' }).first();
        if (claimed || !(await row.count())) continue;
        const billed = await row.locator('td.strong').first().textContent();
        return { number: link.split('/').pop(), billed: billed.replace(/[$,]/g, '').trim() };
      }
    }
    return assert.fail('every account is claimed');
  } finally {
    await context.close();
  }
}
