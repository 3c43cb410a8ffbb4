import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export interface Ports {
  readonly web: number;
  readonly phone: number;
  readonly database: number;
  /** The sandbox's mail server. */
  readonly smtp: number;
}

const variables = {
  web: 'SHIMING_PORT',
  phone: 'SHIMING_PHONE_PORT',
  database: 'SHIMING_DB_PORT',
  smtp: 'SHIMING_SMTP_PORT',
} as const;

const defaults: Ports = { web: 8787, phone: 8788, database: 8789, smtp: 8790 };

/** Whether nothing holds a port of a loopback address. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      // A machine without IPv6 has nobody listening there.
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(true);
      else reject(error);
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Test files that run at once draw from ranges of their own: none listens where another has just found nobody. */
const ranges = 8;
const rangeSize = Math.floor((32_768 - 10_000) / ranges);

/** What was drawn here, whether or not its server listens by now. */
const drawn = new Set<number>();

/**
 * A TCP port of 127.0.0.1 that nobody uses at this moment, another one each time. Drawn from below those that systems give to outgoing
 * connections, or one of these could have it before the caller.
 */
export async function freePort(): Promise<number> {
  const first = 10_000 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % ranges) * rangeSize;
  for (;;) {
    const port = randomInt(first, first + rangeSize);
    if (drawn.has(port)) continue;
    drawn.add(port);
    if (await isFree(port, '127.0.0.1')) return port;
  }
}

/**
 * Throws a sentence that names the environment variable to change when `port` is in use on
 * loopback, IPv4 or IPv6 (browsers try both for `localhost`).
 */
export async function assertFree(port: number, variable: string): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    if (!(await isFree(port, host))) {
      throw new Error(
        `端口 ${port} 已被占用。请停止占用它的程序，或设置 ${variable}=其他端口。\n` +
          `Port ${port} is in use: stop what uses it, or set ${variable}=another port.`,
      );
    }
  }
}

/** The ports from the environment or their defaults, each checked to be free. */
export async function portsFromEnvironment(): Promise<Ports> {
  const read = async (name: keyof Ports): Promise<number> => {
    const variable = variables[name];
    const text = process.env[variable];
    const port = text === undefined || text === '' ? defaults[name] : Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`${variable}=${text}: 不是端口号 / is not a port number (1–65535).`);
    }
    await assertFree(port, variable);
    return port;
  };
  return {
    web: await read('web'),
    phone: await read('phone'),
    database: await read('database'),
    smtp: await read('smtp'),
  };
}

/** Free ports for a stack of its own. */
export async function freePorts(): Promise<Ports> {
  return {
    web: await freePort(),
    phone: await freePort(),
    database: await freePort(),
    smtp: await freePort(),
  };
}
