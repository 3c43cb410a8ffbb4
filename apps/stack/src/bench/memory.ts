import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../ports.ts';
import { ticketsFor, testPassword } from '../testing/bench-world.ts';
import { flows, load } from './load.ts';
import { residentMib } from './measure.ts';
import { partOf } from './part.ts';
import type { Ours } from './parties.ts';
import { photoSender, signedInBrowser } from './people.ts';
import { photoOf, putPhoto } from './photo.ts';
import { table } from './report.ts';

/** Logins enough for the heap to find its size, and as many again. */
const usualLogins = 500;
const batch = 100;
/** As many as one account may send in an hour. */
const photosOfHour = 60;
const settleMs = 5;
/** 10 KiB a login; an instance of the hash for each would be 19 MiB. */
const targetGrowthMib = 5;

interface MemoryResult {
  readonly steps: readonly { after: string; workerdMib: number; sqldMib: number }[];
  readonly growthMib: number;
  readonly photoGrowthMib: number;
}

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

async function measure(ours: Ours, logins: number): Promise<MemoryResult> {
  const { browser, citizen } = await signedInBrowser(ours);
  // An inspector makes an isolate slower, so the measured one has none and this is another.
  const inspectorPort = await freePort();
  const workerd = await ours.restart([`--inspector-addr=127.0.0.1:${inspectorPort}`]);
  const steps: { after: string; workerdMib: number; sqldMib: number }[] = [];
  const step = async (after: string) => {
    const enter = () => fetch(`${ours.url}/healthz`);
    const workerdMib = await keptMib(workerd.pid, inspectorPort, enter);
    steps.push({ after, workerdMib, sqldMib: residentMib(ours.sqld.service.pid) });
    return workerdMib;
  };
  const signIn = (ticket: string) =>
    browser.client.login.signIn.mutate({ name: citizen.number, password: testPassword, ticket });
  const signInTimes = async (times: number) => {
    for (let done = 0; done < times; done += batch) {
      await ours.forget('allowance');
      const tickets = await ticketsFor(ours.world, 'login', browser.deviceId(), batch);
      await flows(
        tickets.map((ticket) => () => signIn(ticket)),
        2,
      );
    }
  };
  const cookie = await photoSender(ours);
  const sendPhotos = async (times: number) => {
    for (let done = 0; done < times; done += photosOfHour) {
      await ours.forget('allowance');
      const puts = Array.from({ length: Math.min(photosOfHour, times - done) }, (_, index) =>
        // The other cases leave the second picture on another side, where it may not come twice.
        putPhoto(cookie, 'a', photoOf(3 + (index % 4))),
      );
      await load(ours.port, 1, puts);
    }
  };
  await step('the start');
  await signInTimes(usualLogins);
  const before = await step(`${usualLogins} logins`);
  await signInTimes(logins);
  const growthMib = (await step(`${logins} more`)) - before;
  await sendPhotos(photosOfHour);
  const photos = Math.max(photosOfHour, logins / 10);
  const beforePhotos = await step(`${photosOfHour} photos`);
  await sendPhotos(photos);
  const photoGrowthMib = (await step(`${photos} more`)) - beforePhotos;
  await ours.restart();
  return { steps, growthMib, photoGrowthMib };
}

const judged = (mib: number) =>
  `${mib.toFixed(1)} MiB, at most ${targetGrowthMib}: ${mib > targetGrowthMib ? '**above**' : 'met'}`;

/** `pnpm bench memory 10000`: so many logins, and a tenth as many photos. */
export const memoryPart = partOf<MemoryResult>({
  id: 'memory',
  title: 'Memory',
  isUsual: true,
  measure: async (context) => measure(await context.ours(), context.numbers[0] ?? usualLogins),
  render: ({ steps, growthMib, photoGrowthMib }) =>
    `Resident memory in MiB, workerd's after its garbage is collected; what the second half of each adds is its growth: of the
logins ${judged(growthMib)}; of the photos ${judged(photoGrowthMib)}.

${table(
  ['after', 'workerd', 'sqld'],
  steps.map(({ after, workerdMib, sqldMib }) => [after, workerdMib.toFixed(0), sqldMib.toFixed(0)]),
)}`,
});
