// Every journey, through one town and one browser.

import { after, before, describe } from 'node:test';

import { bills } from './journeys/bills.mjs';
import { calls } from './journeys/calls.mjs';
import { desk } from './journeys/desk.mjs';
import { everyPage } from './journeys/every_page.mjs';
import { newcomer } from './journeys/newcomer.mjs';
import { paying } from './journeys/paying.mjs';
import { rates } from './journeys/rates.mjs';
import { signIns } from './journeys/sign_ins.mjs';
import { weight } from './journeys/weight.mjs';
import { launch } from './support/browser.mjs';
import { openTown } from './support/house.mjs';
import { neighborOf, signInsOf } from './support/people.mjs';

describe('Mainstay in a browser', { concurrency: false }, () => {
  /** What the journeys share; filled before the first one. */
  const world = {};

  before(async () => {
    world.town = await openTown();
    world.url = world.town.url;
    world.people = signInsOf(world.town.printed());
    world.neighbor = neighborOf(world.town.printed());
    world.browser = await launch();
  }, { timeout: 600_000 });

  after(async () => {
    await world.browser?.close();
    await world.town?.close();
  });

  weight(world);
  bills(world);
  signIns(world);
  newcomer(world);
  rates(world);
  desk(world);
  calls(world);
  paying(world);
  everyPage(world);
});
