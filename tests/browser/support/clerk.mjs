// A clerk of flesh and blood: how long she would take is counted from what she presses, by the keystroke-level model (Card, Moran & Newell
// 1980), and from what she waits for the machine.

import assert from 'node:assert/strict';

/** Seconds for a key, of an average typist (40 words a minute). */
const KEY = 0.28;

/** Seconds for making up her mind, once for each thing that she looks at or decides. */
const MIND = 1.35;

export class Clerk {
  constructor(page) {
    this.page = page;
    this.keys = 0;
    this.minds = 0;
    this.waited = 0;
  }

  /** Seconds of her own so far: how long the machine takes is measured elsewhere. */
  get seconds() {
    return this.keys * KEY + this.minds * MIND;
  }

  told() {
    return `${this.keys} keys, ${this.minds} decisions: ${this.seconds.toFixed(0)} s, and ${(this.waited / 1000).toFixed(1)} s of waiting`;
  }

  async press(key) {
    this.keys += key.split('+').length;
    await this.page.keyboard.press(key);
  }

  async type(text) {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }

  /** Waits until the machine has done something. */
  async sees(what) {
    const began = performance.now();
    await what;
    await this.page.waitForLoadState();
    this.waited += performance.now() - began;
  }

  /** Decides on something, and waits for the page that it leads to. */
  async goes(key, address) {
    this.minds += 1;
    await this.press(key);
    await this.sees(this.page.waitForURL(address));
  }

  /** Decides on something that opens on the same page, and waits until it is there. */
  async opens(key, css) {
    this.minds += 1;
    await this.press(key);
    await this.sees(this.page.locator(css).first().waitFor());
  }

  /** Looks for a field, button or link, and comes to it by Tab, or by an arrow. */
  async to(css, key = 'Tab') {
    this.minds += 1;
    const isThere = (wanted) => document.activeElement?.matches(wanted) ?? false;
    for (let step = 0; step < 120; step += 1) {
      if (await this.page.evaluate(isThere, css)) return;
      await this.press(key);
    }
    assert.fail(`the keyboard never comes to ${css}`);
  }

  async writes(css, text) {
    await this.to(css);
    await this.type(text);
  }

  /** A day, part by part, as an American browser asks for it. */
  async dates(css, day) {
    const [year, month, date] = day.split('-');
    await this.writes(css, month + date + year);
    assert.equal(await this.page.inputValue(css), day);
  }

  /** Goes through a list with arrows until it says what she wants. */
  async picks(css, value) {
    await this.to(css);
    for (let step = 0; step < 40; step += 1) {
      if (await this.page.inputValue(css) === value) return;
      await this.press('ArrowDown');
    }
    assert.fail(`the keyboard never comes to ${value} in ${css}`);
  }

  async marks(css) {
    await this.to(css);
    await this.press('Space');
    assert.ok(await this.page.locator(css).first().isChecked(), `the keyboard marks ${css}`);
  }

  /** The palette: opened, typed into, and the first line of a kind taken. */
  async finds(text, line, address) {
    this.minds += 1;
    await this.press('/');
    await this.sees(this.page.locator('.finder[open]').waitFor());
    await this.type(text);
    await this.sees(this.page.locator(line).first().waitFor());
    await this.to(line, 'ArrowDown');
    await this.goes('Enter', address);
  }
}
