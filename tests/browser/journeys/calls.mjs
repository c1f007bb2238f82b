// A call, from the ring to the last word, by keys alone and against the clock: how long a clerk's hands and head would take.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { signedIn } from '../support/browser.mjs';
import { Clerk } from '../support/clerk.mjs';

const ACCOUNT = /\/office\/accounts\/\d+$/;

export function calls(world) {
  describe('a call, by keys alone', () => {
    const call = (name, limit, work) => it(name, { timeout: 120_000 }, async (t) => {
      const { context, page, complaints } = await signedIn(world, 'clerk', { viewport: { width: 1440, height: 900 } });
      try {
        await page.goto('/office');
        const clerk = new Clerk(page);
        await work(clerk, page);
        t.diagnostic(`${name}: ${clerk.told()}`);
        assert.ok(clerk.seconds < limit, `${name} takes ${clerk.told()}; at most ${limit} s`);
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    call('a high bill is disputed, answered and told in writing', 90, async (clerk, page) => {
      await rings(clerk, page, 'priya ram');
      await clerk.goes('q', /disputes\/new$/);
      await clerk.to('main tbody a');
      await clerk.goes('Enter', /bill=/);
      await clerk.picks('[name=reason]', 'too_much_use');
      await clerk.writes('[name=words]', 'Nobody was home for two weeks.');
      await clerk.to('#bill button.btn');
      await clerk.goes('Enter', /\/office\/requests\//);
      await clerk.finds('stands', '[data-doings] button', /\/outcomes\/upheld$/);
      await clerk.writes('[name=reasons]', 'The meter was read twice and agrees with the hours it sent.');
      await clerk.to('main form:not([action*=calls]) button.btn');
      await clerk.goes('Enter', /\/office\/requests\/[^/]+$/);
      await page.getByText('Decided').first().waitFor();
      await hangsUp(clerk, page, 'high_bill');
    });

    call('a bill is parted into monthly payments', 45, async (clerk, page) => {
      await rings(clerk, page, 'walter koch');
      await clerk.opens('a', '#in-place a[href*="installments=3"]');
      await clerk.to('#in-place a[href*="installments=3"]');
      await clerk.opens('Enter', '#in-place [name=agree]');
      await clerk.marks('#in-place [name=agree]');
      await clerk.to('#in-place form[action$="/arrangements"] button');
      await clerk.press('Enter');
      await clerk.sees(page.locator('#in-place').waitFor({ state: 'hidden' }));
      await hangsUp(clerk, page, 'more_time');
    });

    call('a household moves from one house to another', 120, async (clerk, page) => {
      const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
      await rings(clerk, page, 'edith halv');
      await clerk.goes('m', /\/move$/);
      await clerk.dates('[name=stop_on]', day);
      await clerk.dates('[name=start_on]', day);
      await clerk.writes('main [name=q]', '35 orch');
      await clerk.press('Enter');
      await clerk.sees(page.locator('main [name=premise]').first().waitFor());
      await clerk.picks('[name=mail]', 'place');
      await clerk.to('main button[value=look]');
      await clerk.press('Enter');
      await clerk.sees(page.locator('main button[value=do]').waitFor());
      await clerk.to('main button[value=do]');
      await clerk.goes('Enter', ACCOUNT);
      await page.getByText('35 Orchard Street').first().waitFor();
      await hangsUp(clerk, page, 'moving');
    });
  });
}

/** The telephone rings: the caller is found, and the call begins. */
async function rings(clerk, page, name) {
  await clerk.finds(name, '#found a', ACCOUNT);
  await clerk.press('c');
  await clerk.sees(page.locator('.call-bar').waitFor());
}

async function hangsUp(clerk, page, topic) {
  await clerk.press('c');
  await clerk.picks('[name=call_topic]', topic);
  await clerk.writes('[name=call_text]', 'All told.');
  await clerk.to('[name=call_solved]');
  await clerk.press('Space');
  await clerk.to('.call-bar form[action$="/end"] button:not([data-draft-drop])');
  await clerk.press('Enter');
  await clerk.sees(page.locator('.call-bar').waitFor({ state: 'detached' }));
}
