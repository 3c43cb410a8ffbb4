import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createShimingClient } from '@shiming/client';
import { connect } from '@shiming/db/client';
import {
  citizens,
  sandboxCredentials,
  sandboxMail,
  sandboxSms,
  vendorPaths,
} from '@shiming/sandbox';
import { startSandbox } from '@shiming/sandbox/server';
import { runTool, startService, waitUntilReady } from './children.ts';
import { runCommand } from './lifetime.ts';
import { root, webDist } from './paths.ts';
import { freePort } from './ports.ts';
import { startDatabase } from './stack.ts';

const rounds = 20;
const callsPerRound = 10;
/** Until the compilers of the isolate have little left to do: what is measured is a Worker that has been up a while. */
const warmUpRounds = 30;
/** How long workerd may tidy up after a request, on that request's account. */
const settleMs = 5;
const targetRatio = 1.1;

/** Runs the hasher alone, as the login calls it. */
const bareHash = `
import wasm from './argon2.wasm';
import { createArgon2Hasher } from ${JSON.stringify(join(root, 'packages/providers/src/password/argon2.ts'))};
import { webCrypto } from ${JSON.stringify(join(root, 'packages/providers/src/crypto/web-crypto.ts'))};
const hasher = createArgon2Hasher({ wasm, randomBytes: webCrypto.randomBytes });
export default {
  async fetch(request) {
    const { password, stored } = await request.json();
    return Response.json(await hasher.verify(password, stored));
  },
};`;

/** Builds a Worker into `outDir` as it would be deployed. */
async function bundle(outDir: string, args: readonly string[]): Promise<void> {
  const code = await runTool('wrangler', ['deploy', '--dry-run', '--outdir', outDir, ...args], {
    env: { WRANGLER_LOG_PATH: `${outDir}-log`, WRANGLER_LOG: 'error' },
  });
  if (code !== 0) throw new Error(`The Worker ${args.join(' ')} does not build.`);
}

/** Builds the Worker, and beside it a Worker of the product's own hasher alone. */
async function bundleBoth(dir: string): Promise<void> {
  mkdirSync(webDist, { recursive: true });
  await bundle(join(dir, 'login'), []);
  const source = join(dir, 'hash-source');
  mkdirSync(source);
  const providers = createRequire(join(root, 'packages/providers/package.json'));
  copyFileSync(providers.resolve('@phi-ag/argon2/argon2.wasm'), join(source, 'argon2.wasm'));
  writeFileSync(join(source, 'index.js'), bareHash);
  writeFileSync(
    join(source, 'wrangler.toml'),
    'name = "hash"\nmain = "index.js"\ncompatibility_date = "2026-11-01"\nminify = true\n',
  );
  await bundle(join(dir, 'hash'), ['--config', join(source, 'wrangler.toml')]);
}

const text = (value: string): string => JSON.stringify(value);
const key = (): string => randomBytes(32).toString('base64url');
const mib = (value: number): string => `${value.toFixed(0)} MiB`;

/** A bundle in workerd's own configuration, which is to stand in `dir` beside it. */
function workerConfig(dir: string, name: string, bindings: Record<string, string>) {
  const modules = ['index.js', ...globSync('*.wasm', { cwd: join(dir, name) })];
  const parts = modules.map((module) => {
    const type = module.endsWith('.wasm') ? 'wasm' : 'esModule';
    return `(name = ${text(module)}, ${type} = embed ${text(`${name}/${module}`)})`;
  });
  const values = Object.entries(bindings).map(
    ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`,
  );
  // A login touches no photo, but the Worker does not start without a place for them.
  if (name === 'login') values.push('(name = "PHOTOS", r2Bucket = "loopback")');
  return `(
    compatibilityDate = "2026-11-01", compatibilityFlags = ["nodejs_compat"],
    modules = [${parts.join(', ')}], bindings = [${values.join(', ')}], globalOutbound = "loopback")`;
}

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

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * The CPU of a login in a browser that has signed in before, against that of the bare password hash: by turns in one
 * workerd, so that whatever else the machine does falls on both. Each is a request over HTTP; the login is the whole
 * Worker as it is deployed, with sqld as its database, whose own work is not the Worker's and is not counted.
 */
async function bench(dir: string, stops: (() => Promise<void>)[]): Promise<void> {
  await bundleBoth(dir);

  const sqld = await startDatabase(dir, 0);
  stops.push(() => sqld.stop());
  const sandbox = await startSandbox({ port: 0, smtpPort: 0 });
  stops.push(() => sandbox.close());
  const [loginPort, hashPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${loginPort}`;
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "login", worker = .login),
    (name = "hash", worker = .hash),
    (name = "loopback", network = (allow = ["local"]))],
  sockets = [
    (name = "login", address = "127.0.0.1:${loginPort}", http = (), service = "login"),
    (name = "hash", address = "127.0.0.1:${hashPort}", http = (), service = "hash")]);
const login :Workerd.Worker = ${workerConfig(dir, 'login', {
    ENVIRONMENT: 'local',
    PUBLIC_ORIGIN: url,
    DATABASE_URL: sqld.url,
    VAULT_KEYS: `k1:${key()}`,
    INDEX_KEYS: `k1:${key()}`,
    TOKEN_KEY: key(),
    AUDIT_KEY: key(),
    ALIYUN_SMS_ENDPOINT: `${sandbox.url}${vendorPaths.aliyunSms}`,
    ALIYUN_ACCESS_KEY_ID: sandboxCredentials.aliyun.accessKeyId,
    ALIYUN_ACCESS_KEY_SECRET: sandboxCredentials.aliyun.accessKeySecret,
    ALIYUN_SMS_SIGN_NAME: sandboxSms.signName,
    ALIYUN_SMS_TEMPLATE_CODE: sandboxSms.aliyunTemplateCode,
    ALIYUN_SMS_NOTICE_TEMPLATE_CODE: sandboxSms.aliyunNoticeTemplateCode,
    ALIYUN_SMS_REVIEW_TEMPLATE_CODE: sandboxSms.aliyunReviewTemplateCode,
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(sandbox.smtpPort),
    SMTP_SECURE: 'none',
    SMTP_USERNAME: sandboxCredentials.smtp.username,
    SMTP_PASSWORD: sandboxCredentials.smtp.password,
    MAIL_FROM: sandboxMail.from,
    MAIL_FROM_NAME: sandboxSms.signName,
    TENCENT_SMS_ENDPOINT: `${sandbox.url}${vendorPaths.tencentSms}`,
    TENCENT_SMS_APP_ID: sandboxSms.tencentSdkAppId,
    TENCENT_SMS_SIGN_NAME: sandboxSms.signName,
    TENCENT_SMS_TEMPLATE_ID: sandboxSms.tencentTemplateId,
    TENCENT_SMS_NOTICE_TEMPLATE_ID: sandboxSms.tencentNoticeTemplateId,
    TENCENT_SMS_REVIEW_TEMPLATE_ID: sandboxSms.tencentReviewTemplateId,
    TENCENT_FACEID_ENDPOINT: `${sandbox.url}${vendorPaths.tencentFaceid}`,
    TENCENT_SECRET_ID: sandboxCredentials.tencent.secretId,
    TENCENT_SECRET_KEY: sandboxCredentials.tencent.secretKey,
    TENCENT_REGION: 'ap-guangzhou',
    WECHAT_API_ENDPOINT: `${sandbox.url}${vendorPaths.wechat}`,
    WECHAT_APP_ID: sandboxCredentials.wechat.appId,
    WECHAT_APP_SECRET: sandboxCredentials.wechat.appSecret,
    WECHAT_TOKEN: sandboxCredentials.wechat.token,
    WECHAT_ENCODING_AES_KEY: sandboxCredentials.wechat.encodingAesKey,
  })};
const hash :Workerd.Worker = ${workerConfig(dir, 'hash', {})};
`;
  const configFile = join(dir, 'bench.capnp');
  writeFileSync(configFile, config, { mode: 0o600 });
  const wrangler = createRequire(import.meta.url).resolve('wrangler/package.json');
  const { default: binary } = createRequire(wrangler)('workerd') as { default: string };
  const workerd = startService({
    name: 'workerd',
    command: binary,
    args: ['serve', configFile],
    logFile: join(dir, 'workerd.log'),
  });
  stops.push(() => workerd.stop());
  await waitUntilReady(workerd, async () => (await fetch(`${url}/healthz`)).ok, 15_000);

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
    const { puzzleId } = await client.puzzle.draw.mutate({ purpose });
    const puzzles = await db.all<{ id: string; x: number }>('select id, x from puzzle');
    const x = puzzles.find(({ id }) => id === puzzleId)?.x ?? -1;
    return (await client.puzzle.solve.mutate({ puzzleId, x })).ticket;
  };

  const citizen = citizens.find(
    ({ outcome, validity: { end } }) => outcome === 'match' && end !== null,
  );
  if (citizen === undefined) throw new Error('The sandbox has no citizen.');
  const { documentType, number, name, mobile, validity } = citizen;
  const [year = '', month = '', day = ''] = validity.start.split('-');
  await client.registration.saveDocument.mutate({
    documentType,
    number,
    name,
    validityStart: { year, month, day },
    validityTerm: String(Number(validity.end?.slice(0, 4)) - Number(year)),
    hasConsented: true,
  });
  const password = 'Lanhua-82*river';
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  const contact = { email: 'someone@example.com', mobile, ticket: await ticketFor('register') };
  await client.registration.sendCode.mutate(contact);
  const code = sandbox.sandbox.phone.lastCode(mobile) ?? '';
  await client.registration.proveContact.mutate({ code });
  await client.registration.submit.mutate({ hasAgreed: true });
  const [account] = await db.all<{ stored: string }>('select password_hash as stored from account');

  const hashOnce = async (): Promise<void> => {
    const body = JSON.stringify({ password, stored: account?.stored });
    const answer = await fetch(`http://127.0.0.1:${hashPort}`, { method: 'POST', body });
    const { isRight } = (await answer.json()) as { isRight: boolean };
    if (!isRight) throw new Error('The bare hash does not match.');
  };
  const cpuMsOf = async (run: () => Promise<void>): Promise<number> => {
    const before = cpuNs(workerd.pid);
    await run();
    await pause(settleMs);
    return (cpuNs(workerd.pid) - before) / 1e6;
  };

  const logins: number[] = [];
  const hashes: number[] = [];
  let memoryBefore = 0;
  let sinceMs = 0;
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    if (round === 0) {
      memoryBefore = residentMib(workerd.pid);
      sinceMs = Date.now();
    }
    address += 1;
    const tickets: string[] = [];
    while (tickets.length < callsPerRound) tickets.push(await ticketFor('login'));
    let login = 0;
    let hash = 0;
    for (const ticket of tickets) {
      hash += await cpuMsOf(hashOnce);
      login += await cpuMsOf(() => client.login.signIn.mutate({ number, password, ticket }));
    }
    if (round < 0) continue;
    hashes.push(hash / callsPerRound);
    logins.push(login / callsPerRound);
  }
  const [known] = await db.all<{ times: number }>(
    `select count(*) as times from audit where action = 'login.signed_in' and at_ms >= ${sinceMs} and facts = '{"isKnownDevice":true}'`,
  );
  if (known?.times !== rounds * callsPerRound) {
    throw new Error(`Only ${known?.times} logins were those of a known browser.`);
  }
  const ratio = median(logins.map((login, round) => login / (hashes[round] ?? Number.NaN)));
  const verdict = ratio > targetRatio ? 'ABOVE' : 'pass';
  console.log(`CPU of workerd, all threads, median of ${rounds} rounds of ${callsPerRound}
  Argon2id hash alone   ${median(hashes).toFixed(2)} ms
  login, known browser  ${median(logins).toFixed(2)} ms
  login / hash          ${ratio.toFixed(3)}   target ≤ ${targetRatio.toFixed(2)}   ${verdict}
Resident memory of workerd
  before ${rounds * callsPerRound} logins     ${mib(memoryBefore)}
  after                 ${mib(residentMib(workerd.pid))}`);
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
