import { shanghaiDate } from '@shiming/domain';
import { readPortals } from '../settings.ts';
import { type Query, queries } from '../testing/bench-procedures.ts';
import { staffSession } from '../testing/bench-world.ts';
import { newAddress } from './browser.ts';
import { contestant } from './cases.ts';
import { type Call, load } from './load.ts';
import { byTurns, type Contestant, type Measured } from './measure.ts';
import { partOf } from './part.ts';
import type { Ours } from './parties.ts';
import { heldCase, signedInBrowser } from './people.ts';
import { table } from './report.ts';

const callsOfRound = 100;
const connections = 2;

interface ProceduresResult {
  readonly measured: readonly (Measured & { by: string; bytes: number })[];
  /** Those that were refused as they were called, with the refusal. */
  readonly refused: readonly { path: string; why: string }[];
}

/** What a page gives the procedures that read something in particular. */
async function inputsOf(ours: Ours): Promise<Record<string, object>> {
  const { caseId } = await heldCase(ours);
  const { browser } = await signedInBrowser(ours);
  const [service] = await browser.client.entry.services.query();
  const to = shanghaiDate(Date.now());
  return {
    'desk.queue': {},
    'desk.case': { caseId },
    'entry.enter': { serviceId: service?.id },
    'helpDesk.tickets': { kind: 'ticket' },
    'statistics.view': { from: `${to.slice(0, 8)}01`, to },
  };
}

async function measure(ours: Ours, rounds: number): Promise<ProceduresResult> {
  const { browser } = await signedInBrowser(ours);
  const { holder } = await heldCase(ours);
  await ours.forget('allowance');
  const cookies = new Map<Query['by'], string>([
    ['applicant', browser.cookies()],
    ['reviewer', `__Host-staff=${holder}`],
  ]);
  const cookieOf = async (by: Query['by']): Promise<string> => {
    if (by === 'applicant' || by === 'organisation') return cookies.get('applicant') ?? '';
    const cookie = cookies.get(by) ?? `__Host-staff=${await staffSession(ours.world, by)}`;
    cookies.set(by, cookie);
    return cookie;
  };
  const inputs = await inputsOf(ours);
  const prefixes = readPortals().map(({ prefix }) => prefix);
  const called: { contestant: Contestant; by: string; bytes: number }[] = [];
  const refused: { path: string; why: string }[] = [];
  for (const { path, by } of queries) {
    const input = inputs[path];
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const headers = { cookie: await cookieOf(by), 'cf-connecting-ip': newAddress() };
    let why = '';
    // Some read what only one of the portals has.
    for (const prefix of prefixes) {
      const call: Call = { path: `${prefix}/trpc/${path}${query}`, headers };
      const answer = await fetch(`${ours.url}${call.path}`, { headers });
      const text = await answer.text();
      if (!answer.ok) {
        why ||= /"app":\{"code":"([\w.]+)"/.exec(text)?.[1] ?? String(answer.status);
        continue;
      }
      const calls = Array.from({ length: callsOfRound }, () => call);
      const one = contestant(
        `${prefix}/${path}`.replace(/^\//, ''),
        ours,
        async () => () => load(ours.port, connections, calls),
      );
      called.push({ contestant: one, by, bytes: Buffer.byteLength(text) });
      why = '';
      break;
    }
    // An organisation signs in by a session of another kind, which nobody has here.
    if (why === 'session.required' && by !== 'organisation') {
      throw new Error(`${path} is not asked by whom it is for.`);
    }
    if (why !== '') refused.push({ path, why });
  }
  const measured = await byTurns(
    called.map((each) => each.contestant),
    rounds,
  );
  return {
    measured: measured.map((each, index) => ({
      ...each,
      by: called[index]?.by ?? '',
      bytes: called[index]?.bytes ?? 0,
    })),
    refused,
  };
}

const cpu = ({ workerdUs, sqldUs }: Measured) => workerdUs.median + (sqldUs?.median ?? 0);

export const proceduresPart = partOf<ProceduresResult>({
  id: 'procedures',
  title: 'What pages read',
  isUsual: true,
  measure: async (context) => measure(await context.ours(), context.rounds),
  render: ({ measured, refused }) =>
    `Every query that a page of somebody who is signed in calls, at the portals and in the console; the dearest first. ${connections} at once,
medians of microseconds of CPU a request.

${table(
  ['procedure', 'by', 'workerd, µs', 'sqld, µs', 'rows', 'bytes', 'ms'],
  measured
    .toSorted((a, b) => cpu(b) - cpu(a))
    .map((each) => [
      each.name,
      each.by,
      each.workerdUs.median.toFixed(0),
      each.sqldUs?.median.toFixed(0) ?? '–',
      each.rows?.median.toFixed(0) ?? '–',
      String(each.bytes),
      each.callMs.median.toFixed(1),
    ]),
)}

Not measured, since what they are about was not there: ${refused.map(({ path, why }) => `${path} (${why})`).join(', ')}.`,
});
