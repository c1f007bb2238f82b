// The desk: a clerk with a caller on the line goes by keys, and the open call stands on top of every page.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { signIn, signedIn } from '../support/browser.mjs';

export function desk(world) {
  describe('the desk', () => {
    it('keeps a note that nobody saved', { timeout: 120_000 }, async () => {
      const { context, page, complaints } = await signedIn(world, 'clerk');
      try {
        await page.goto('/office');
        await page.keyboard.press('Control+K');
        await page.keyboard.type('bend');
        await page.locator('#found a').first().click();
        await page.waitForURL(/\/office\/accounts\/\d+/);
        const account = page.url();
        await page.fill('#text', 'She calls back on Friday.');
        await page.getByText('Not saved yet.').waitFor();

        await page.goto('/office/requests');
        await page.goto(account);
        await page.getByText('Not saved yet.').waitFor();
        assert.equal(await page.inputValue('#text'), 'She calls back on Friday.');

        // What was saved is no draft any more.
        await page.getByRole('button', { name: 'Save note' }).click();
        await page.getByText('The note is saved.').waitFor();
        assert.equal(await page.inputValue('#text'), '');
        await page.goto(account);
        assert.equal(await page.inputValue('#text'), '');
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('opens a form in place, and closes it', { timeout: 120_000 }, async () => {
      const { context, page, complaints } = await signedIn(world, 'clerk');
      try {
        await page.goto('/office');
        await page.keyboard.press('Control+K');
        await page.keyboard.type('bend');
        await page.locator('#found a').first().click();
        await page.waitForURL(/\/office\/accounts\/\d+/);
        const account = page.url();
        await page.fill('#text', 'She has a letter of her doctor.');
        await page.locator('a[data-in-place][href$="/holds/new"]').click();
        const panel = page.locator('#in-place');
        await panel.locator('[name=kind]').waitFor();
        assert.equal(await page.evaluate(() => document.activeElement.name), 'kind');

        // What is refused comes back in place, and the note beside it is still there.
        await panel.locator('form button.btn').first().click();
        await panel.locator('.errors').waitFor();
        assert.equal(await page.inputValue('#text'), 'She has a letter of her doctor.');
        assert.equal(page.url(), account);
        await panel.locator('[data-in-place-close]').click();
        assert.equal(await panel.isVisible(), false);
        // The browser itself notes that the answer was a refusal.
        assert.deepEqual(complaints.filter((text) => !text.includes('422')), []);
      } finally {
        await context.close();
      }
    });

    it('keeps what was typed in place when nothing answers, and when the session has ended', { timeout: 120_000 }, async () => {
      const { context, page } = await signedIn(world, 'clerk');
      try {
        await page.goto('/office/accounts?q=bend');
        await page.locator('main tbody a[href^="/office/accounts/"]').first().click();
        await page.waitForURL(/\/office\/accounts\/\d+/);
        await page.locator('a[data-in-place][href$="/holds/new"]').click();
        const panel = page.locator('#in-place');
        const reason = panel.locator('textarea').first();
        await reason.fill('Her doctor writes on Monday.');
        const send = panel.locator('form button.btn').first();
        const said = (name) => panel.locator(`[data-in-place-unsent=${name}]`);

        await context.setOffline(true);
        await send.click();
        await said('no-answer').waitFor();
        await context.setOffline(false);
        await context.clearCookies();
        await send.click();
        await said('signed-out').waitFor();
        assert.equal(await said('no-answer').isVisible(), false);
        assert.equal(await reason.inputValue(), 'Her doctor writes on Monday.');

        // Signed in again in another tab, the same form is taken: what is missing in it is asked for, and nothing is typed twice.
        const other = await context.newPage();
        await signIn(other, world.people.clerk.door, world.people.clerk);
        await send.click();
        await panel.locator('.errors').waitFor();
        assert.equal(await said('signed-out').isVisible(), false);
        assert.equal(await reason.inputValue(), 'Her doctor writes on Monday.');
      } finally {
        await context.close();
      }
    });

    it('goes by keys through a call', { timeout: 120_000 }, async () => {
      const { context, page, complaints } = await signedIn(world, 'clerk');
      try {
        await page.goto('/office');
        await page.keyboard.press('Control+K');
        await page.locator('.finder[open]').waitFor();
        await page.keyboard.type('bend');
        await page.locator('#found a').first().waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/office\/accounts\/\d+/);

        // What the account offers is in the palette too; Escape leaves everything as it was.
        await page.keyboard.press('/');
        await page.locator('.finder[open] [data-doings] button', { hasText: 'Call begins' }).waitFor();
        await page.keyboard.press('Escape');
        await page.locator('.finder[open]').waitFor({ state: 'detached' });
        await page.keyboard.press('c');
        await page.locator('.call-bar').waitFor();
        // The keys are there once the page is.
        await page.waitForLoadState();

        await page.keyboard.press('Control+K');
        await page.keyboard.type('enter a read');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/reads\/new$/);
        assert.match(await page.textContent('.call-bar [data-running]'), /^\d\d:\d\d$/);

        await page.keyboard.press('?');
        const help = page.locator('.keys-help[open]');
        await help.waitFor();
        assert.match(await help.textContent(), /Wrap up the call/);
        await page.keyboard.press('Escape');
        await help.waitFor({ state: 'detached' });

        await page.keyboard.press('c');
        await page.selectOption('[name=call_topic]', 'meter_or_read');
        await page.fill('[name=call_text]', 'Read the dial out on the telephone.');
        await page.check('[name=call_solved][value=yes]');
        await page.locator('.call-bar form[action$="/end"] button:not([data-draft-drop])').click();
        await page.locator('.call-bar').waitFor({ state: 'detached' });
        await page.getByText('Read the dial out on the telephone.').first().waitFor();
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('shows an account in three columns at 1280 px, and in fewer with large letters', { timeout: 60_000 }, async () => {
      const { context, page, complaints } = await signedIn(world, 'clerk', { viewport: { width: 1280, height: 900 } });
      try {
        await page.goto('/office/accounts?q=bend');
        await page.locator('main tbody a[href^="/office/accounts/"]').first().click();
        await page.waitForURL(/\/office\/accounts\/\d+/);
        const lefts = () => page.$$eval('.cols > div', (columns) => new Set(columns.map((one) => Math.round(one.getBoundingClientRect().left))).size);
        const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.equal(await lefts(), 3);
        assert.ok(await sideways() <= 0, 'nothing goes sideways');
        await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
        assert.equal(await lefts(), 1);
        assert.ok(await sideways() <= 0, 'nor with letters of double size');
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });
  });
}
