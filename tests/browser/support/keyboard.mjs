// A person without a mouse: Tab, Space, Enter, arrows and letters.

import assert from 'node:assert/strict';

/** Tabs on until the element has the focus. */
export async function reach(page, css) {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, css);
    if (isThere) {
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, 'none', `the focus shows on ${css}`);
      return;
    }
  }
  assert.fail(`the keyboard never comes to ${css}`);
}

/** Comes to a field and types over what is in it. */
export async function typeInto(page, css, text) {
  await reach(page, css);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Comes to a button or link and presses it. */
export async function press(page, css) {
  await reach(page, css);
  await page.keyboard.press('Enter');
}
