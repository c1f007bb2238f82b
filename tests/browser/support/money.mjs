// The way through a payment, as the journeys walk it.

import assert from 'node:assert/strict';

export const CARD = '4242424242424242';
export const BANK = '000123456789';

/** From the home page to the processor's page, with this amount. */
export async function toSandbox(page, amount, tender = 'card') {
  await page.goto('/pay');
  await page.fill('[name=amount]', amount);
  await page.check(`[name=tender][value=${tender}]`);
  await page.locator('main form button').first().click();
  await page.locator('main form[action="/payments"] button').waitFor();
  const again = page.locator('[name=again]');
  if (await again.count()) await again.check();
  await page.locator('main form[action="/payments"] button').click();
  await page.waitForURL(/\/sandbox\//);
}

export async function fillCard(page, fill) {
  await fill(page, '[name=card_number]', CARD);
  await fill(page, '[name=expiry]', '12/34');
  await fill(page, '[name=cvc]', '123');
}

/** `$1,234.56` or `1,234.56` in cents; a minus is U+2212. */
export function cents(text) {
  const found = text.match(/([−-]?)\s*\$?\s*([\d,]+)\.(\d\d)/);
  assert.ok(found, `an amount: ${text}`);
  const value = Number(found[2].replaceAll(',', '')) * 100 + Number(found[3]);
  return found[1] ? -value : value;
}
