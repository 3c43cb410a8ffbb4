import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createShimingClient } from '@shiming/client';
import { connect } from '@shiming/db/client';
import { startSandbox } from '@shiming/sandbox/server';
import { compatibility, startBareWorker } from './bare-worker.ts';
import { registerCitizen } from './bench-citizen.ts';
import { runTool } from './children.ts';
import { runCommand } from './lifetime.ts';
import { root } from './paths.ts';
import { freePort } from './ports.ts';
import { newKeys } from './secrets.ts';
import { localSettings, startDatabase } from './stack.ts';

const rounds = 40;
const callsPerRound = 10;
/** Logins enough for the heap to find its size, and as many again. */
const memoryRounds = 50;
/** Until the compilers of the isolate have little left to do: what is measured is a Worker that has been up a while. */
const warmUpRounds = 100;
/** How long workerd may tidy up after a request, on that request's account. */
const settleMs = 5;
const targetRatio = 1.1;
/** 10 KiB a login; an instance of the hash for each would be 19 MiB. */
const targetGrowthMib = 5;

/**
 * The Worker as it is deployed, and before it a path that does nothing but the hash, on the same instance: two
 * instances differ by a per cent for where in the machine's memory they happen to lie.
 */
const benchedWorker = (argon2: string) => `
import wasm from ${text(argon2)};
import worker from ${text(join(root, 'apps/worker/src/index.ts'))};
import { createArgon2Hasher } from ${text(join(root, 'packages/providers/src/password/argon2.ts'))};
import { webCrypto } from ${text(join(root, 'packages/providers/src/crypto/web-crypto.ts'))};
const { Instance } = WebAssembly;
let instance;
WebAssembly.Instance = function (module) { return (instance ??= new Instance(module)); };
const hasher = createArgon2Hasher({ wasm, randomBytes: webCrypto.randomBytes });
export default {
  ...worker,
  async fetch(request, env, execution) {
    if (new URL(request.url).pathname !== '/hash') return worker.fetch(request, env, execution);
    const { password, stored } = await request.json();
    return Response.json(await hasher.verify(password, stored));
  },
};`;

/** Builds what is measured into `dir/worker`. */
async function bundle(dir: string): Promise<void> {
  const source = join(dir, 'source');
  mkdirSync(source);
  const providers = createRequire(join(root, 'packages/providers/package.json'));
  const argon2 = providers.resolve('@phi-ag/argon2/argon2.wasm');
  writeFileSync(join(source, 'index.js'), benchedWorker(argon2));
  const config = join(source, 'wrangler.toml');
  const { date, flag } = compatibility;
  writeFileSync(
    config,
    `name = "bench"\nmain = "index.js"\ncompatibility_date = "${date}"\ncompatibility_flags = ["${flag}"]\nminify = true\nkeep_names = false\n`,
  );
  const args = ['deploy', '--dry-run', '--outdir', join(dir, 'worker'), '--config', config];
  const code = await runTool('wrangler', args, {
    env: { WRANGLER_LOG_PATH: join(dir, 'wrangler-log'), WRANGLER_LOG: 'error' },
  });
  if (code !== 0) throw new Error('The Worker does not build.');
}

const text = (value: string): string => JSON.stringify(value);
const verdict = (value: number, target: number) => (value > target ? 'ABOVE' : 'pass');
const mib = (value: number): string => `${value.toFixed(0)} MiB`;

/** Nanoseconds of CPU that all threads of a process have spent. */
function cpuNs(pid: number): number {
  if (process.platform === 'linux') {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
      const [spent] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ');
      return sum + Number(spent);
    }, 0);
  }
  const time = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' });
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1e9;
}

const residentMib = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

/**
 * What workerd keeps after it has tidied up, in MiB: its isolate as far as it can, when the next request enters it, by
 * the protocol of Chrome's developer tools.
 */
async function keptMib(pid: number, inspectorPort: number, enter: () => Promise<unknown>) {
  const socket = new WebSocket(`ws://127.0.0.1:${inspectorPort}/worker`);
  await once(socket, 'open');
  const collected = once(socket, 'message').then(() => true);
  socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
  do await enter();
  while (!(await Promise.race([collected, pause(settleMs, false)])));
  socket.close();
  return residentMib(pid);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * The CPU of a login in a browser that has signed in before, against that of the bare password hash: by turns in one
 * workerd, so that whatever else the machine does falls on both. Each is a request over HTTP; the login is the whole
 * Worker as it is deployed, with sqld as its database, whose own work is not the Worker's and is not counted. Then, in
 * another workerd, the memory that logins leave behind.
 */
async function bench(dir: string, stops: (() => Promise<void>)[]): Promise<void> {
  await bundle(dir);

  const sqld = await startDatabase(dir, 0);
  stops.push(() => sqld.stop());
  const sandbox = await startSandbox({ port: 0, smtpPort: 0 });
  stops.push(() => sandbox.close());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const outside = { sandboxUrl: sandbox.url, smtpPort: sandbox.smtpPort };
  const settings = {
    ...localSettings({ ...outside, publicOrigin: url, databaseUrl: sqld.url }),
    ...newKeys(),
  };
  const start = async (args: readonly string[] = []) => {
    const workerd = await startBareWorker({
      dir,
      bundle: join(dir, 'worker'),
      port,
      settings,
      args,
    });
    stops.push(() => workerd.stop());
    return workerd;
  };
  // An inspector makes an isolate slower.
  const workerd = await start();

  // A new address each round: what is measured are logins, not the limits of one address.
  let address = 0;
  const client = createShimingClient({
    url,
    fetch: (request) => {
      request.headers.set('cf-connecting-ip', `203.0.113.${address}`);
      return fetch(request);
    },
  });
  const db = connect({ url: sqld.url });
  const ticketFor = async (purpose: 'register' | 'login'): Promise<string> => {
    const drawn = await client.puzzle.draw.mutate({ purpose });
    if (drawn.way === 'ticket') return drawn.ticket;
    if (drawn.way === 'work') throw new Error('The address has had too many puzzles.');
    const { puzzleId } = drawn;
    const puzzles = await db.all<{ id: string; x: number }>('select id, x from puzzle');
    const x = puzzles.find(({ id }) => id === puzzleId)?.x ?? -1;
    return (await client.puzzle.solve.mutate({ puzzleId, x })).ticket;
  };

  const { citizen, password } = await registerCitizen(client, {
    ticket: () => ticketFor('register'),
    codeTo: async (mobile) => sandbox.sandbox.phone.lastCode(mobile) ?? '',
  });
  const { number } = citizen;
  const [account] = await db.all<{ stored: string }>('select password_hash as stored from account');

  const hashOnce = async (): Promise<void> => {
    const body = JSON.stringify({ password, stored: account?.stored });
    const answer = await fetch(`${url}/hash`, { method: 'POST', body });
    const { isRight } = (await answer.json()) as { isRight: boolean };
    if (!isRight) throw new Error('The bare hash does not match.');
  };
  const cpuMsOf = async (run: () => Promise<unknown>): Promise<number> => {
    const before = cpuNs(workerd.pid);
    await run();
    await pause(settleMs);
    return (cpuNs(workerd.pid) - before) / 1e6;
  };

  const signIn = (ticket: string) => client.login.signIn.mutate({ name: number, password, ticket });
  const inRounds = async (times: number, run: (ticket: string) => Promise<unknown>) => {
    for (let round = 0; round < times; round += 1) {
      address += 1;
      // The address is that of many people, each with a puzzle of their own.
      await db.run('delete from allowance');
      for (let call = 0; call < callsPerRound; call += 1) await run(await ticketFor('login'));
    }
  };

  await inRounds(warmUpRounds, signIn);
  const sinceMs = Date.now();
  const hashes: number[] = [];
  const logins: number[] = [];
  const ratios: number[] = [];
  await inRounds(rounds, async (ticket) => {
    const hash = await cpuMsOf(hashOnce);
    const login = await cpuMsOf(() => signIn(ticket));
    hashes.push(hash);
    logins.push(login);
    ratios.push(login / hash);
  });
  const [known] = await db.all<{ times: number }>(
    `select count(*) as times from audit where action = 'login.signed_in' and at_ms >= ${sinceMs} and facts = '{"isKnownDevice":true}'`,
  );
  if (known?.times !== logins.length) {
    throw new Error(`Only ${known?.times} logins were those of a known browser.`);
  }
  const ratio = median(ratios);
  console.log(`CPU of workerd, all threads, median of ${logins.length} calls by turns
  Argon2id hash alone   ${median(hashes).toFixed(2)} ms
  login, known browser  ${median(logins).toFixed(2)} ms
  login / hash, by pair ${ratio.toFixed(3)}   target ≤ ${targetRatio.toFixed(2)}   ${verdict(ratio, targetRatio)}`);

  await workerd.stop();
  const inspectorPort = await freePort();
  const inspected = await start([`--inspector-addr=127.0.0.1:${inspectorPort}`]);
  const kept = () => keptMib(inspected.pid, inspectorPort, () => fetch(`${url}/healthz`));
  await inRounds(memoryRounds, signIn);
  const before = await kept();
  await inRounds(memoryRounds, signIn);
  const growth = (await kept()) - before;
  const times = memoryRounds * callsPerRound;
  console.log(`Resident memory of workerd, garbage collected
  after ${times} logins      ${mib(before)}
  growth in ${times} more    ${mib(growth)}     target ≤ ${mib(targetGrowthMib)}   ${verdict(growth, targetGrowthMib)}`);
}

await runCommand(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'shiming-bench-'));
  const stops: (() => Promise<void>)[] = [];
  try {
    await bench(dir, stops);
  } finally {
    for (const stop of stops.toReversed()) await stop();
    rmSync(dir, { recursive: true, force: true });
  }
});
