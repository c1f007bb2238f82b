// What comes over the wire: the first load of the portal home with its fonts, and a change of page.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { signedIn } from '../support/browser.mjs';

const FIRST_LOAD = 120 * 1024;
const PAGE_CHANGE = 30 * 1024;

export function weight(world) {
  describe('weight', () => {
    it('of the first load and of a page change', { timeout: 120_000 }, async () => {
      const { context, page } = await signedIn(world, 'customer');
      try {
        const wire = await context.newCDPSession(page);
        let bytes = 0;
        wire.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
        await wire.send('Network.enable');
        // The event stream of a live page never ends, so the network is never idle: wait for the fonts instead.
        const settle = async () => {
          await page.evaluate(() => document.fonts.ready);
          await page.waitForTimeout(500);
        };
        await page.goto('/', { waitUntil: 'load' });
        await settle();
        const first = bytes;
        bytes = 0;
        await page.goto('/bills', { waitUntil: 'load' });
        await settle();
        const change = bytes;
        assert.ok(first > 1000, `the first load was counted: ${first}`);
        assert.ok(first <= FIRST_LOAD, `first load ${first} bytes`);
        assert.ok(change <= PAGE_CHANGE, `page change ${change} bytes`);
        console.log(`first load ${first} bytes, page change ${change} bytes`);
      } finally {
        await context.close();
      }
    });
  });
}
