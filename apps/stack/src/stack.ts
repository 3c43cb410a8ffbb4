import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWritable } from '@shiming/db';
import { connect } from '@shiming/db/client';
import { migrate } from '@shiming/db/migrate';
import {
  sandboxCredentials,
  sandboxMail,
  sandboxOperator,
  sandboxSms,
  sandboxSmsSettings,
  sandboxWeChat,
  vendorPaths,
} from '@shiming/sandbox';
import { startSandbox } from '@shiming/sandbox/server';
import { type RunningService, startService, waitUntilReady } from './children.ts';
import { keepRunning } from './keep-running.ts';
import { ministryDir, oidcDir, root } from './paths.ts';
import { freePort, type Ports } from './ports.ts';
import { registerServices } from './register-services.ts';
import { writeEnvironment } from './secrets.ts';
import { type Sqld, startSqld } from './sqld.ts';
import { putUpMenu } from './wechat-menu.ts';
import { readPortalsSetting } from './settings.ts';

export interface StackOptions {
  readonly ports: Ports;
  /** The folder for the database, the keys and the logs; made if it is not there. */
  readonly dataDir: string;
  /** The folder of the bundled Workers, which are run as they are; without it, wrangler runs their sources and watches them. */
  readonly bundles?: string;
  /** Whether the jobs run each minute (default), or by `runScheduled` alone. */
  readonly hasClock?: boolean;
  readonly log: (line: string) => void;
}

/** What is around a Worker. */
interface Outside {
  /** Where the person's browser finds the service: the Worker accepts changes from there only. */
  readonly publicOrigin: string;
  /** Where the vendors answer. */
  readonly sandboxUrl: string;
  /** Where the sandbox's mail server answers. */
  readonly smtpPort: number;
  readonly databaseUrl: string;
}

export interface WorkerOptions extends Outside {
  readonly dataDir: string;
  readonly bundles?: string | undefined;
  readonly port: number;
}

export interface Stack {
  readonly webUrl: string;
  readonly phoneUrl: string;
  readonly databaseUrl: string;
  /** Stops sqld as a crash of the database would; `startDatabase` brings it back with its data. */
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  /** Starts the sandbox again, without anything that it had been sent. */
  restartSandbox(): Promise<void>;
  /** Runs the scheduled jobs of the Workers once, without waiting for the minute. */
  runScheduled(): Promise<void>;
  /** Settles with a sentence when the Worker or the database cannot be kept running. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

async function isOk(url: string, timeoutMs = 5_000): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  await response.body?.cancel();
  return response.ok;
}

/** How long a minute's jobs may take. */
const jobsMs = 90_000;

/** Runs the scheduled handler of the Worker that answers there, or of the one `named` beside it, as Cloudflare's clock would. */
export async function runScheduled(workerUrl: string, named?: string): Promise<void> {
  const headers = named === undefined ? {} : { 'mf-route-override': named };
  const signal = AbortSignal.timeout(jobsMs);
  const answer = await fetch(`${workerUrl}/cdn-cgi/local/scheduled`, { headers, signal });
  // A Worker that was asked itself would answer with a page.
  if (!answer.ok || (await answer.text()) !== 'ok') {
    throw new Error('The scheduled jobs failed; see worker.log.');
  }
}

/** The settings of a Worker on this machine, its keys excepted: every vendor is the sandbox. */
export const localSettings = (options: Outside): Record<string, string> => ({
  ENVIRONMENT: 'local',
  PORTALS: readPortalsSetting(),
  PUBLIC_ORIGIN: options.publicOrigin,
  // Which wrangler sets as Cloudflare does.
  CLIENT_ADDRESS_HEADER: 'cf-connecting-ip',
  DATABASE_URL: options.databaseUrl,
  DATABASE_AUTH_TOKEN: '',
  ALIYUN_SMS_ENDPOINT: `${options.sandboxUrl}${vendorPaths.aliyunSms}`,
  ALIYUN_ACCESS_KEY_ID: sandboxCredentials.aliyun.accessKeyId,
  ALIYUN_ACCESS_KEY_SECRET: sandboxCredentials.aliyun.accessKeySecret,
  ...sandboxSmsSettings,
  SMTP_HOST: '127.0.0.1',
  SMTP_PORT: String(options.smtpPort),
  SMTP_SECURE: 'none',
  SMTP_USERNAME: sandboxCredentials.smtp.username,
  SMTP_PASSWORD: sandboxCredentials.smtp.password,
  MAIL_FROM: sandboxMail.from,
  TENCENT_SMS_ENDPOINT: `${options.sandboxUrl}${vendorPaths.tencentSms}`,
  TENCENT_SMS_APP_ID: sandboxSms.tencentSdkAppId,
  TENCENT_FACEID_ENDPOINT: `${options.sandboxUrl}${vendorPaths.tencentFaceid}`,
  TENCENT_IAI_ENDPOINT: `${options.sandboxUrl}${vendorPaths.tencentIai}`,
  FACE_RECEIVER: '沙箱人脸核验服务（演示）',
  FACE_IMPACT_ASSESSMENT: '沙箱-演示',
  TENCENT_SECRET_ID: sandboxCredentials.tencent.secretId,
  TENCENT_SECRET_KEY: sandboxCredentials.tencent.secretKey,
  TENCENT_REGION: 'ap-guangzhou',
  RECORDS_ENDPOINT: `${options.sandboxUrl}${vendorPaths.records}`,
  RECORDS_SECRET_ID: sandboxCredentials.records.secretId,
  RECORDS_SECRET_KEY: sandboxCredentials.records.secretKey,
  ...sandboxOperator,
  WECHAT_API_ENDPOINT: `${options.sandboxUrl}${vendorPaths.wechat}`,
  WECHAT_APP_ID: sandboxCredentials.wechat.appId,
  WECHAT_ACCOUNT_ID: sandboxWeChat.accountId,
  WECHAT_APP_SECRET: sandboxCredentials.wechat.appSecret,
  WECHAT_TOKEN: sandboxCredentials.wechat.token,
  WECHAT_ENCODING_AES_KEY: sandboxCredentials.wechat.encodingAesKey,
});

/** By which people sign in with the sandbox's ministry. */
const ministrySettings = ({ sandboxUrl }: Outside) => ({
  MINISTRY_ISSUER: `${sandboxUrl}${vendorPaths.ministry}`,
  MINISTRY_CLIENT_ID: sandboxCredentials.ministry.clientId,
  MINISTRY_CLIENT_SECRET: sandboxCredentials.ministry.clientSecret,
});

const putUpSandboxMenu = (sandboxUrl: string): Promise<void> =>
  putUpMenu({ endpoint: `${sandboxUrl}${vendorPaths.wechat}`, ...sandboxCredentials.wechat });

/** How long a Worker may take to start: for what hangs, since a machine with much to do is no fault. */
const readyMs = 300_000;

/** The files of what the Workers of this machine are told. */
const writeSettings = (options: WorkerOptions): string[] =>
  writeEnvironment(options.dataDir, { ...localSettings(options), ...ministrySettings(options) });

/** Starts a Worker in workerd, built again whenever its sources change. Those of one folder find each other. */
async function startWrangler(
  name: string,
  folders: readonly string[],
  options: WorkerOptions,
): Promise<RunningService> {
  const { dataDir, port } = options;
  return startService({
    name,
    command: 'wrangler',
    args: [
      'dev',
      ...folders.map((folder) => `--config=${join(folder, 'wrangler.toml')}`),
      '--ip=127.0.0.1',
      `--port=${port}`,
      `--inspector-port=${await freePort()}`,
      `--persist-to=${join(dataDir, 'state')}`,
      '--show-interactive-dev-session=false',
      ...writeSettings(options).map((file) => `--env-file=${file}`),
    ],
    env: {
      WRANGLER_REGISTRY_PATH: join(dataDir, 'registry'),
      WRANGLER_LOG_PATH: join(dataDir, 'wrangler'),
      X_LOCAL_EXPLORER: 'false',
      X_LOCAL_OBSERVABILITY: 'false',
    },
    logFile: join(dataDir, `${name}.log`),
  });
}

/** Starts bundled Workers in one workerd. */
const startBundled = (bundles: string, options: WorkerOptions): RunningService =>
  startService({
    name: 'worker',
    command: process.execPath,
    args: [
      join(import.meta.dirname, 'bundled-workers.ts'),
      bundles,
      String(options.port),
      join(options.dataDir, 'state'),
      ...writeSettings(options),
    ],
    env: { WRANGLER_LOG_PATH: join(options.dataDir, 'wrangler') },
    logFile: join(options.dataDir, 'worker.log'),
  });

/** Starts the OpenID provider's Worker, which the one in front asks, and waits for its discovery. */
export async function startOidc(options: WorkerOptions): Promise<RunningService> {
  const { port } = options;
  const service = await startWrangler('oidc', [oidcDir], options);
  const discovery = `http://127.0.0.1:${port}/oidc/.well-known/openid-configuration`;
  await waitUntilReady(service, () => isOk(discovery), readyMs);
  return service;
}

/** Starts the Worker, and those beside it where they are bundled, and waits for `/healthz`. */
export async function startWorker(options: WorkerOptions): Promise<RunningService> {
  const { bundles, port, sandboxUrl } = options;
  const service =
    bundles === undefined
      ? await startWrangler('worker', [root, ministryDir], options)
      : startBundled(bundles, options);
  await putUpSandboxMenu(sandboxUrl);
  await waitUntilReady(service, () => isOk(`http://127.0.0.1:${port}/healthz`), readyMs);
  return service;
}

/** Calls the scheduled handlers every minute; answers how to stop. */
export function startClock(
  handlers: readonly Parameters<typeof runScheduled>[],
  log: (line: string) => void,
): () => void {
  const timer = setInterval(() => {
    for (const handler of handlers) {
      runScheduled(...handler).catch((error: unknown) => log(String(error)));
    }
  }, 60_000);
  return () => clearInterval(timer);
}

/** Starts sqld on the data folder and brings its tables up to date. */
export async function startDatabase(dataDir: string, port: number): Promise<Sqld> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const sqld = await startSqld({ dir: join(dataDir, 'sqld'), port });
  try {
    await migrate(sqld.url);
  } catch (error) {
    await sqld.stop();
    throw error;
  }
  return sqld;
}

/** Starts the database and keeps it running: a sqld whose writers wait for ever is started again, too. */
async function keepDatabase(dataDir: string, port: number, log: (line: string) => void) {
  const first = await startDatabase(dataDir, port);
  const { url } = first;
  const keeper = keepRunning(first.service, {
    start: async () => (await startSqld({ dir: join(dataDir, 'sqld'), port: first.port })).service,
    isAnswering: () => isWritable(connect({ url, deadlineMs: 8_000 })),
    log,
  });
  return { url, ...keeper };
}

/**
 * Starts the product on this machine: sqld, migrations, the sandbox, and the Worker with the SPA
 * as last built. Whatever had started is stopped again if a later part does not come up.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { ports, dataDir, bundles, hasClock = true, log } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).toReversed()) await step();
  };
  try {
    log('启动数据库 / Starting the database …');
    let database = await keepDatabase(dataDir, ports.database, log);
    stops.push(() => database.stop());

    log('启动“手机”和模拟的外部系统 / Starting the phone and the vendors …');
    const openSandbox = () =>
      startSandbox({
        port: ports.phone,
        smtpPort: ports.smtp,
        pushUrl: `http://127.0.0.1:${ports.web}/wechat`,
        publicOrigin: `http://localhost:${ports.web}`,
      });
    let sandbox = await openSandbox();
    stops.push(() => sandbox.close());

    log('启动服务 / Starting the service …');
    const webUrl = `http://localhost:${ports.web}`;
    const phoneUrl = `http://localhost:${ports.phone}`;
    const workerUrl = `http://127.0.0.1:${ports.web}`;
    const outside = {
      dataDir,
      publicOrigin: webUrl,
      sandboxUrl: sandbox.url,
      smtpPort: sandbox.smtpPort,
      databaseUrl: database.url,
    };
    await registerServices(database.url, phoneUrl);
    // What has a clock.
    const scheduled: Parameters<typeof runScheduled>[] = [[workerUrl]];
    if (bundles === undefined) {
      const port = await freePort();
      const provider = await startOidc({ ...outside, port });
      scheduled.push([`http://127.0.0.1:${port}`]);
      stops.push(() => provider.stop());
    } else {
      scheduled.push([workerUrl, 'shiming-oidc']);
    }
    const start = () => startWorker({ ...outside, bundles, port: ports.web });
    const worker = keepRunning(await start(), {
      start,
      // Whatever it answers: that the database is away is no fault of the Worker's.
      isAnswering: () => isOk(`${workerUrl}/healthz`, 6_000).then(() => true),
      log,
    });
    stops.push(() => worker.stop());
    if (hasClock) {
      const stopClock = startClock(scheduled, log);
      stops.push(async () => stopClock());
    }

    return {
      webUrl,
      phoneUrl,
      databaseUrl: database.url,
      stopDatabase: () => database.stop(),
      startDatabase: async () => {
        database = await keepDatabase(dataDir, ports.database, log);
      },
      restartSandbox: async () => {
        await sandbox.close();
        sandbox = await openSandbox();
        // A connection to the one before may be found closed only by what it is used for.
        await putUpSandboxMenu(sandbox.url).catch(() => putUpSandboxMenu(sandbox.url));
      },
      runScheduled: async () => {
        for (const handler of scheduled) await runScheduled(...handler);
      },
      broken: Promise.race([worker.broken, database.broken]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
