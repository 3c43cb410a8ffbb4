import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { citizens } from '@shiming/sandbox';
import { startBareWorker } from '../bare-worker.ts';
import { buildOidc } from '../build.ts';
import { freePort } from '../ports.ts';
import { localSettings, startDatabase } from '../stack.ts';
import { agreeTo, createService, registerService, verified } from '../testing/bench-service.ts';
import { createBenchWorld } from '../testing/bench-world.ts';
import { cpuNs, type Spread, spreadOf } from './measure.ts';
import { type BenchContext, partOf } from './part.ts';
import { isConfirmed } from './people.ts';
import { table } from './report.ts';

const clientId = 'certification';
const redirectUri = 'https://service.example.cn/callback';
const publicOrigin = 'https://account.example.cn';
/** So many people sign in at once. */
const atOnce = 8;
const signInsPerRound = 40;
/** Until the compilers of the isolate have little left to do. */
const warmUpRounds = 2;
const targetMs = 20;

interface ServiceResult {
  readonly providerMs: Spread;
  readonly databaseMs: Spread;
  readonly signIns: number;
}

/** The CPU of a sign-in to a service: its request that is pushed, the browser's, and the code for tokens. */
async function measure({ dir, stops, rounds }: BenchContext): Promise<ServiceResult> {
  const own = join(dir, 'service');
  mkdirSync(own, { recursive: true });
  const sqld = await startDatabase(own, 0);
  stops.push(() => sqld.stop());
  const { world, settings: keys } = await createBenchWorld(sqld.url);
  const service = await createService(clientId);
  await registerService(world, clientId, { jwks: service.jwks });
  const citizen = citizens.find(isConfirmed);
  if (citizen === undefined) throw new Error('The authority confirms nobody.');
  const sessionToken = await verified(world, citizen);
  await agreeTo(world, sessionToken, clientId);
  const bundle = join(own, 'bundle');
  if ((await buildOidc(bundle, 'error')) !== 0) throw new Error('The provider does not build.');
  const port = await freePort();
  const outside = { sandboxUrl: 'http://127.0.0.1:9', smtpPort: 9 };
  const local = localSettings({ ...outside, publicOrigin, databaseUrl: sqld.url });
  const workerd = await startBareWorker({
    dir: own,
    bundle,
    port,
    settings: { ...local, ...keys },
    readyPath: '/oidc/.well-known/openid-configuration',
  });
  stops.push(() => workerd.stop());
  // As the Worker in front hands it on.
  const ask = (address: string | URL, init: RequestInit = {}) => {
    const { pathname, search, host } = new URL(address);
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-proto', 'https');
    headers.set('x-forwarded-host', host);
    const to = `http://127.0.0.1:${port}${pathname}${search}`;
    return fetch(to, { ...init, headers, redirect: 'manual' });
  };
  const connected = await service.connect(new URL(`${publicOrigin}/oidc`), ask);
  const open = async (url: URL) => {
    const answer = await ask(url, { headers: { cookie: `__Host-session=${sessionToken}` } });
    await answer.text();
    return new URL(answer.headers.get('location') ?? '');
  };
  const signInMany = async () => {
    let left = signInsPerRound;
    const one = async () => {
      for (; left > 0;) {
        left -= 1;
        await connected.signIn(redirectUri, open);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  };
  for (let round = 0; round < warmUpRounds; round += 1) await signInMany();
  const spent = [workerd.pid, sqld.service.pid];
  const measured: number[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = spent.map(cpuNs);
    await signInMany();
    measured.push(
      spent.map((pid, index) => (cpuNs(pid) - (before[index] ?? 0)) / 1e6 / signInsPerRound),
    );
  }
  const [providerMs, databaseMs] = [0, 1].map((index) =>
    spreadOf(measured.map((each) => each[index] ?? Number.NaN)),
  ) as [Spread, Spread];
  return { providerMs, databaseMs, signIns: rounds * signInsPerRound };
}

const row = (name: string, { median, least, most }: Spread) => [
  name,
  median.toFixed(1),
  least.toFixed(1),
  most.toFixed(1),
];

/** `pnpm bench service`. */
export const servicePart = partOf<ServiceResult>({
  id: 'service',
  title: 'A sign-in to a service',
  isUsual: false,
  measure,
  render: ({ providerMs, databaseMs, signIns }) =>
    `CPU of the OpenID provider's workerd and of its sqld, all threads, for one sign-in: a request that is pushed, the browser's request and
the code for tokens. ${signIns} of them, ${atOnce} at a time. Aim: at most ${targetMs} ms of the provider, ${providerMs.median > targetMs ? '**above**' : 'met'}.

${table(['', 'median, ms', 'least, ms', 'most, ms'], [row('provider', providerMs), row('sqld', databaseMs)])}`,
});
