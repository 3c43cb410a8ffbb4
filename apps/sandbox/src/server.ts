import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createSandbox, vendorPaths } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import { sandboxCredentials } from './credentials.ts';
import { portals } from '@shiming/domain';
import type { MinistryServer } from './ministry.ts';
import { startMailServer } from './smtp.ts';

export { startMailServer } from './smtp.ts';

const defaults = { phonePort: 8788, smtpPort: 8790, servicePort: 8787 } as const;

/**
 * Serves a sandbox on two ports of this machine, HTTP and SMTP (default 8790); port 0 takes a free one. WeChat pushes
 * go to `pushUrl`, and the ministry sends people back to `publicOrigin`. The SMS vendors' own limits are off, as the product's are stricter. Rejects with the listening
 * error (`EADDRINUSE` for a busy port, which it names in `port`).
 */
export async function startSandbox(options: {
  port: number;
  host?: string;
  smtpPort?: number;
  pushUrl?: string;
  /** Where the service is, to which the ministry sends people back (default: port 8787 of this machine). */
  publicOrigin?: string;
  /** How many messages are remembered. */
  remembers?: number;
  /** The vendors' clock. */
  now?: () => number;
}): Promise<{ sandbox: Sandbox; url: string; smtpPort: number; close(): Promise<void> }> {
  const {
    port,
    host = '127.0.0.1',
    smtpPort = defaults.smtpPort,
    pushUrl = `http://127.0.0.1:${defaults.servicePort}/wechat`,
    publicOrigin = `http://localhost:${defaults.servicePort}`,
  } = options;
  const sandbox = createSandbox({
    vendorLimits: false,
    ...(options.remembers === undefined ? {} : { remembers: options.remembers }),
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  sandbox.wechat.setPush(fetch, pushUrl);
  // Its library is as large as the rest of the sandbox, and few need it.
  let ministry: Promise<MinistryServer> | null = null;
  const ministryOf = () =>
    (ministry ??= import('./ministry.ts').then(({ createMinistryServer }) =>
      createMinistryServer(`${url()}${vendorPaths.ministry}`, {
        ...sandboxCredentials.ministry,
        redirectUris: ['', ...portals.map(({ id }) => `/${id}`)].map(
          (prefix) => `${publicOrigin}${prefix}/login/ministry`,
        ),
        mode: sandbox.ministry,
        slowMs: 8_000,
      }),
    ));
  const front = new Hono();
  front.all('/service/*', async (c) => {
    const { servicesAt } = await import('./service.ts');
    const origin = `http://localhost:${new URL(url()).port}`;
    return servicesAt(`${publicOrigin}/oidc`, origin).fetch(c.req.raw);
  });
  front.all('*', (c) => sandbox.serve(c.req.raw));
  const listener = getRequestListener(front.fetch, {
    overrideGlobalObjects: false,
  });
  const server = createServer((request, response) => {
    const answering = request.url?.startsWith(`${vendorPaths.ministry}/`)
      ? ministryOf().then((server) => server(request, response))
      : listener(request, response);
    answering.catch(() => response.destroy());
  });
  const url = () => {
    const address = server.address();
    return `http://${host}:${typeof address === 'object' && address !== null ? address.port : port}`;
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const closeHttp = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  try {
    const smtp = await startMailServer({
      mail: sandbox.mail,
      port: smtpPort,
      credentials: sandboxCredentials.smtp,
    });
    return {
      sandbox,
      url: url(),
      smtpPort: smtp.port,
      close: async () => {
        await Promise.all([closeHttp(), smtp.close()]);
      },
    };
  } catch (error) {
    await closeHttp();
    throw error;
  }
}

const portOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);

async function run(): Promise<void> {
  const port = portOf('SHIMING_PHONE_PORT', defaults.phonePort);
  const smtpPort = portOf('SHIMING_SMTP_PORT', defaults.smtpPort);
  const servicePort = portOf('SHIMING_PORT', defaults.servicePort);
  try {
    const { url } = await startSandbox({
      port,
      smtpPort,
      pushUrl: `http://127.0.0.1:${servicePort}/wechat`,
      publicOrigin: `http://localhost:${servicePort}`,
    });
    process.stdout.write(
      `沙箱与手机 Sandbox and phone: ${url}\n邮件 Mail: smtp://127.0.0.1:${smtpPort}\n`,
    );
  } catch (error) {
    const isBusy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const busy =
      isBusy && 'port' in error && error.port === smtpPort
        ? { port: smtpPort, name: 'SHIMING_SMTP_PORT' }
        : { port, name: 'SHIMING_PHONE_PORT' };
    process.stderr.write(
      isBusy
        ? `端口 ${busy.port} 已被占用，请用 ${busy.name} 换一个。 Port ${busy.port} is busy; choose another with ${busy.name}.\n`
        : `沙箱未能启动。 The sandbox did not start: ${String(error)}\n`,
    );
    process.exitCode = 1;
  }
}

if (import.meta.main) await run();
