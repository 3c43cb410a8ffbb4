import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '@shiming/db/client';
import { ticketsFor, testPassword } from '../testing/bench-world.ts';
import { cpuNs, median, type Spread, spreadOf } from './measure.ts';
import { partOf } from './part.ts';
import type { Ours } from './parties.ts';
import { signedInBrowser } from './people.ts';
import { table } from './report.ts';

const rounds = 40;
const callsPerRound = 10;
/** Until the compilers of the isolate have little left to do: what is measured is a Worker that has been up a while. */
const warmUpRounds = 40;
/** How long workerd may tidy up after a request, on that request's account. */
const settleMs = 5;
const targetRatio = 1.1;

interface LoginResult {
  readonly hashMs: Spread;
  readonly loginMs: Spread;
  /** Of each login to the hash before it. */
  readonly ratio: number;
  readonly pairs: number;
}

/** The CPU of a login in a browser that has signed in before, against that of the bare hash before it in the same isolate. */
async function measure(ours: Ours): Promise<LoginResult> {
  const { browser, citizen, stored } = await signedInBrowser(ours);
  const db = connect({ url: ours.sqld.url });
  const cpuMsOf = async (run: () => Promise<unknown>): Promise<number> => {
    const before = cpuNs(ours.workerd.pid);
    await run();
    await pause(settleMs);
    return (cpuNs(ours.workerd.pid) - before) / 1e6;
  };
  const hashOnce = async (): Promise<void> => {
    const body = JSON.stringify({ password: testPassword, stored });
    const answer = await fetch(`${ours.url}/hash`, { method: 'POST', body });
    const { isRight } = (await answer.json()) as { isRight: boolean };
    if (!isRight) throw new Error('The bare hash does not match.');
  };
  const signIn = (ticket: string) =>
    browser.client.login.signIn.mutate({ name: citizen.number, password: testPassword, ticket });
  const inRounds = async (times: number, run: (ticket: string) => Promise<unknown>) => {
    for (let round = 0; round < times; round += 1) {
      await ours.forget('allowance');
      const tickets = await ticketsFor(ours.world, 'login', browser.deviceId(), callsPerRound);
      for (const ticket of tickets) await run(ticket);
    }
  };
  await inRounds(warmUpRounds, signIn);
  const sinceMs = Date.now();
  const hashes: number[] = [];
  const logins: number[] = [];
  await inRounds(rounds, async (ticket) => {
    hashes.push(await cpuMsOf(hashOnce));
    logins.push(await cpuMsOf(() => signIn(ticket)));
  });
  const [known] = await db.all<{ times: number }>(
    `select count(*) as times from audit where action = 'login.signed_in' and at_ms >= ${sinceMs} and facts = '{"isKnownDevice":true}'`,
  );
  if (known?.times !== logins.length) {
    throw new Error(`Only ${known?.times} logins were those of a known browser.`);
  }
  const ratio = median(logins.map((login, index) => login / (hashes[index] ?? Number.NaN)));
  const pairs = logins.length;
  return { hashMs: spreadOf(hashes), loginMs: spreadOf(logins), ratio, pairs };
}

export const loginPart = partOf<LoginResult>({
  id: 'login',
  title: 'A login against its hash',
  isUsual: true,
  measure: async (context) => measure(await context.ours()),
  render: ({ hashMs, loginMs, ratio, pairs }) =>
    `CPU of workerd, all threads, by pairs in one isolate: ${pairs} times the hash alone and then a login in a browser that has
signed in before. sqld is not counted. Aim: at most ${targetRatio.toFixed(2)}.

${table(
  ['', 'median, ms', 'least, ms'],
  [
    ['Argon2id alone', hashMs.median.toFixed(2), hashMs.least.toFixed(2)],
    ['login', loginMs.median.toFixed(2), loginMs.least.toFixed(2)],
    [`login / hash: ${ratio.toFixed(3)} ${ratio > targetRatio ? '**above**' : 'met'}`, '', ''],
  ],
)}`,
});
