// Starts the demonstration town on a free port, with a database of its own that is gone afterwards.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? join(top, 'target');
  return process.env.MAINSTAY_BIN ?? join(target, 'debug', 'mainstay');
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The town, served: its address, what it printed, and how to end it. */
export async function openTown() {
  if (process.env.MAINSTAY_URL) {
    const printed = await readFile(process.env.MAINSTAY_TOLD ?? 'town.log', 'utf8');
    return { url: process.env.MAINSTAY_URL, printed: () => printed, close: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-journeys-'));
  const port = await freePort();
  const environment = {
    ...process.env,
    BIND: `127.0.0.1:${port}`,
    DATABASE_URL: join(folder, 'town.db'),
    PUBLIC_URL: `http://localhost:${port}`,
  };
  const child = spawn(binary(), ['demo'], { env: environment, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let ended = null;
  child.stdout.on('data', (bytes) => { printed += bytes; });
  child.stderr.on('data', (bytes) => { printed += bytes; });
  child.on('exit', (code, signal) => { ended = `it ended with ${code ?? signal}`; });
  child.on('error', (error) => { ended = String(error); });
  // By name: devices make passkeys for names alone.
  const url = `http://localhost:${port}`;
  const close = async () => {
    if (ended === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(timer);
    }
    await rm(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 3000; attempt += 1) {
    if (ended !== null) {
      await close();
      throw new Error(`the town did not open: ${ended}\n${printed}`);
    }
    try {
      const answer = await fetch(`${url}/sign-in`);
      if (answer.ok) return { url, printed: () => printed, close };
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await close();
  throw new Error(`the town did not open within five minutes\n${printed}`);
}
