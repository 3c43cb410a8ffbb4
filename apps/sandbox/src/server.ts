import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import { sandboxCredentials } from './credentials.ts';
import { startMailServer } from './smtp.ts';

export { startMailServer } from './smtp.ts';

const defaults = { phonePort: 8788, smtpPort: 8790, servicePort: 8787 } as const;

/**
 * Serves a sandbox on two ports of this machine, HTTP and SMTP (default 8790); port 0 takes a free one. WeChat pushes
 * go to `pushUrl`. The SMS vendors' own limits are off, as the product's are stricter. Rejects with the listening
 * error (`EADDRINUSE` for a busy port, which it names in `port`).
 */
export async function startSandbox(options: {
  port: number;
  host?: string;
  smtpPort?: number;
  pushUrl?: string;
}): Promise<{ sandbox: Sandbox; url: string; smtpPort: number; close(): Promise<void> }> {
  const {
    port,
    host = '127.0.0.1',
    smtpPort = defaults.smtpPort,
    pushUrl = `http://127.0.0.1:${defaults.servicePort}/wechat`,
  } = options;
  const sandbox = createSandbox({ vendorLimits: false });
  sandbox.wechat.setPush(fetch, pushUrl);
  const server = createAdaptorServer({
    fetch: (request) => sandbox.serve(request),
    overrideGlobalObjects: false,
  }) as Server;
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
    const address = server.address();
    const actualPort = typeof address === 'object' && address !== null ? address.port : port;
    return {
      sandbox,
      url: `http://${host}:${actualPort}`,
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
