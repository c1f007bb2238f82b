// Two ways to use the same page: with a finger, and with the keyboard alone.

import assert from 'node:assert/strict';

import { press, reach, typeInto } from './keyboard.mjs';

/** A finger on the glass. */
export const touch = {
  name: 'by touch',
  press: (page, css) => page.locator(css).first().click(),
  type: (page, css, text) => page.fill(css, text),
  date: (page, css, day) => page.fill(css, day),
  mark: (page, css) => page.locator(css).first().check(),
  pick: (page, css, value) => page.selectOption(css, value),
};

/** Keys, and nothing else. */
export const keys = {
  name: 'with the keyboard alone',
  press,
  type: typeInto,
  /** A day is typed part by part, in the order that the browser shows. */
  async date(page, css, day) {
    const [year, month, date] = day.split('-');
    for (const typed of [month + date + year, date + month + year]) {
      await reach(page, css);
      await page.keyboard.type(typed);
      if (await page.inputValue(css) === day) return;
      await page.evaluate(() => document.activeElement.blur());
    }
    assert.fail(`the keyboard writes no ${day} into ${css}`);
  },
  /** A box is reached and marked with Space; of radio buttons one is reached, and arrows go to the others. */
  async mark(page, css) {
    const name = await page.locator(css).first().getAttribute('name');
    const isRadio = (await page.locator(css).first().getAttribute('type')) === 'radio';
    if (await page.locator(css).first().isChecked()) return;
    await reach(page, isRadio ? `[name="${name}"]` : css);
    for (let step = 0; isRadio && step < 12; step += 1) {
      if (await page.locator(css).first().isChecked()) return;
      await page.keyboard.press('ArrowDown');
    }
    if (!isRadio) await page.keyboard.press('Space');
    assert.ok(await page.locator(css).first().isChecked(), `the keyboard marks ${css}`);
  },
  async pick(page, css, value) {
    await reach(page, css);
    for (let step = 0; step < 40; step += 1) {
      if (await page.inputValue(css) === value) return;
      await page.keyboard.press('ArrowDown');
    }
    assert.fail(`the keyboard never comes to ${value} in ${css}`);
  },
};
