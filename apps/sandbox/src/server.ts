import { createAdaptorServer } from '@hono/node-server';
import { createSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

const defaultPort = 8788;

/**
 * Serves a sandbox on a port of this machine; port 0 takes a free one. The vendors' own limits are off, as the
 * product's are stricter. Rejects with the listening error (`EADDRINUSE` for a busy port).
 */
export async function startSandbox(options: {
  port: number;
  host?: string;
}): Promise<{ sandbox: Sandbox; url: string; close(): Promise<void> }> {
  const { port, host = '127.0.0.1' } = options;
  const sandbox = createSandbox({ vendorLimits: false });
  const server = createAdaptorServer({
    fetch: (request) => sandbox.serve(request),
    overrideGlobalObjects: false,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    sandbox,
    url: `http://${host}:${actualPort}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

async function run(): Promise<void> {
  const port = Number(process.env['SHIMING_PHONE_PORT'] ?? defaultPort);
  try {
    const { url } = await startSandbox({ port });
    process.stdout.write(`沙箱与手机 Sandbox and phone: ${url}\n`);
  } catch (error) {
    const isBusy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    process.stderr.write(
      isBusy
        ? `端口 ${port} 已被占用，请用 SHIMING_PHONE_PORT 换一个。 Port ${port} is busy; choose another with SHIMING_PHONE_PORT.\n`
        : `沙箱未能启动。 The sandbox did not start: ${String(error)}\n`,
    );
    process.exitCode = 1;
  }
}

if (import.meta.main) await run();
