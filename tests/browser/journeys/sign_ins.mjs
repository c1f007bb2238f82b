// Coming in: a newcomer claims an account, and somebody who forgot the password chooses another.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { person, signIn } from '../support/browser.mjs';
import { letter, unclaimed } from '../support/newcomers.mjs';

export function signIns(world) {
  describe('coming in', () => {
    it('as a newcomer with an account number and a bill', { timeout: 180_000 }, async () => {
      const account = await unclaimed(world);
      const newcomer = { email: 'newcomer@post.example', password: 'a quiet river bend' };
      const { context, page, complaints } = await person(world.browser, world.url);
      try {
        await page.goto('/sign-in');
        await page.locator('main a[href="/register"]').click();
        await page.waitForURL(/\/register/);
        await page.fill('[name=account]', account.number);
        await page.fill('[name=proof]', account.billed);
        await page.fill('[name=name]', 'Quincy Newcomer');
        await page.fill('[name=email]', newcomer.email);
        await page.fill('[name=new_password]', newcomer.password);
        await page.locator('main form button').first().click();
        await page.waitForURL(/\/register\/sent/);
        await page.goto(await letter(page, newcomer.email, '/verify'));
        await page.fill('[name=password]', newcomer.password);
        await page.locator('main form button').first().click();
        await page.waitForURL((address) => !address.pathname.startsWith('/verify'));
        if (new URL(page.url()).pathname !== '/') await signIn(page, '/sign-in', newcomer);
        assert.match(await page.textContent('h1'), /Quincy/);
        assert.equal((await page.textContent('.hello .tnum')).replace(/\D/g, ''), account.number.replace(/\D/g, ''));
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('after a forgotten password', { timeout: 120_000 }, async () => {
      const neighbor = world.neighbor;
      const { context, page, complaints } = await person(world.browser, world.url);
      try {
        await page.goto('/sign-in');
        await page.locator('main a[href="/password/forgotten"]').click();
        await page.waitForURL(/\/password\/forgotten/);
        await page.fill('[name=email]', neighbor);
        await page.locator('main form button').first().click();
        await page.waitForURL(/\/password\/sent/);
        await page.goto(await letter(page, neighbor, '/password/new'));
        await page.fill('[name=new_password]', 'another quiet bend');
        await page.locator('main form button').first().click();
        await page.waitForURL((address) => address.pathname !== '/password/new');
        if (new URL(page.url()).pathname !== '/') {
          await signIn(page, '/sign-in', { email: neighbor, password: 'another quiet bend' });
        }
        await page.locator('#balance').waitFor();
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('with a passkey in place of the password', { timeout: 120_000 }, async () => {
      const edith = { email: 'edith.halvorson@post.example', password: 'larkspur-neighbor' };
      const { context, page, complaints } = await person(world.browser, world.url);
      try {
        const device = await context.newCDPSession(page);
        await device.send('WebAuthn.enable');
        const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
          options: {
            protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
            isUserVerified: true, automaticPresenceSimulation: true,
          },
        });
        await signIn(page, '/sign-in', edith);
        await page.goto('/security');
        await page.locator('main a[href^="/security/passkeys"]').click();
        await page.fill('[name=password]', edith.password);
        await page.locator('main form button').first().click();
        await page.locator('form[data-passkey] button').click();
        await page.locator('main .list a[href*="/removal"]').waitFor();
        await signOut(page);

        await page.locator('form[action="/sign-in/passkey"] button').click();
        await page.locator('form[data-passkey] button').click();
        await page.locator('#balance').waitFor();

        await page.goto('/security/passkeys');
        await page.locator('main .list a[href*="/removal"]').click();
        await page.fill('[name=password]', edith.password);
        await page.locator('main form button').first().click();
        await page.waitForURL((address) => address.pathname === '/security/passkeys');
        await signOut(page);
        // The device still shows it; here it opens nothing.
        await page.locator('form[action="/sign-in/passkey"] button').click();
        await page.locator('form[data-passkey] button').click();
        await page.waitForURL(/\/sign-in$/);
        await page.locator('.note.bad').waitFor();
        // A device without any says so, and the page stays.
        await device.send('WebAuthn.clearCredentials', { authenticatorId });
        await page.locator('form[action="/sign-in/passkey"] button').click();
        await page.locator('form[data-passkey] button').click();
        await page.locator('[data-passkey-failed]').waitFor();
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('in another language, with what was typed', { timeout: 60_000 }, async () => {
      const { context, page, complaints } = await person(world.browser, world.url);
      try {
        await page.goto('/register');
        await page.fill('[name=name]', 'Quincy Newcomer');
        await page.fill('[name=new_password]', 'a quiet river bend');
        const language = await page.getAttribute('html', 'lang');
        await page.locator('form[action="/language"] button').click();
        await page.waitForFunction((before) => document.documentElement.lang !== before, language);
        assert.equal(await page.inputValue('[name=name]'), 'Quincy Newcomer');
        assert.equal(await page.inputValue('[name=new_password]'), '', 'no secret is kept');
        // The same page begins empty later.
        await page.goto('/register');
        assert.equal(await page.inputValue('[name=name]'), '');
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });

    it('is told kindly what went wrong', { timeout: 60_000 }, async () => {
      const { context, page } = await person(world.browser, world.url);
      try {
        await page.goto('/sign-in');
        await page.fill('[name=email]', 'nobody@post.example');
        await page.fill('[name=password]', 'not the password');
        await page.locator('main form button').first().click();
        await page.locator('.errors').waitFor();
        assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('errors')), 'the summary has the focus');
        assert.match(await page.title(), /^Error:/);
        const lost = await page.goto('/no-such-page');
        assert.equal(lost.status(), 404);
        assert.ok(await page.locator('main a.btn').count(), 'there is a way on');
      } finally {
        await context.close();
      }
    });
  });
}

/** Out by the button that every page has, and at the sign-in again. */
async function signOut(page) {
  await page.locator('form[action^="/sign-out"] button').first().evaluate((button) => button.click());
  await page.waitForURL(/\/sign-in/);
}
