import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { startService, waitUntilReady } from './children.ts';
import { runCommand, stopWithUs } from './lifetime.ts';
import { dataDir, webDir, webDist } from './paths.ts';
import { freePort, portsFromEnvironment } from './ports.ts';
import { readPortals, readPortalsSetting } from './settings.ts';
import { registerServices } from './register-services.ts';
import { startClock, startDatabase, startOidc, startWorker } from './stack.ts';

await runCommand(async () => {
  const ports = await portsFromEnvironment();
  // The Worker's static assets come from Vite here, but wrangler wants their folder to exist.
  mkdirSync(webDist, { recursive: true });

  const sqld = await startDatabase(dataDir, ports.database);
  const sandboxUrl = `http://127.0.0.1:${ports.phone}`;
  const sandbox = startService({
    name: 'sandbox',
    command: process.execPath,
    args: [
      '--watch',
      '--watch-preserve-output',
      fileURLToPath(import.meta.resolve('@shiming/sandbox/server')),
    ],
    env: {
      SHIMING_PHONE_PORT: String(ports.phone),
      SHIMING_SMTP_PORT: String(ports.smtp),
      SHIMING_PORT: String(ports.web),
    },
    logFile: join(dataDir, 'sandbox.log'),
  });
  await waitUntilReady(sandbox, async () => (await fetch(`${sandboxUrl}/healthz`)).ok, 15_000);

  const webUrl = `http://localhost:${ports.web}`;
  const workerPort = await freePort();
  const workerUrl = `http://127.0.0.1:${workerPort}`;
  const outside = {
    dataDir,
    publicOrigin: webUrl,
    sandboxUrl,
    smtpPort: ports.smtp,
    databaseUrl: sqld.url,
  };
  await registerServices(sqld.url, `http://localhost:${ports.phone}`);
  const oidcPort = await freePort();
  const oidc = await startOidc({ ...outside, port: oidcPort });
  const worker = await startWorker({ ...outside, port: workerPort });
  const stopClock = startClock([[workerUrl], [`http://127.0.0.1:${oidcPort}`]], console.error);

  process.env['PORTALS'] = readPortalsSetting();
  const prefixes = readPortals()
    .map(({ prefix }) => prefix)
    .join('|');
  const vite = await createServer({
    root: webDir,
    configFile: join(webDir, 'vite.config.ts'),
    server: {
      host: '127.0.0.1',
      port: ports.web,
      strictPort: true,
      proxy: {
        // Every page of the console is its one document.
        '^/console(/|$)': { target: workerUrl, bypass: () => '/console.html' },
        [`^(?:${prefixes})/(?:trpc|photos|wechat)(?:/|$)`]: workerUrl,
        '/desk/photos': workerUrl,
        '^/(?:oidc|\\.well-known)/': workerUrl,
        '/healthz': workerUrl,
      },
    },
  });
  await vite.listen();

  // Vite would end the process at once, before the others have stopped.
  process.removeAllListeners('SIGTERM');
  stopWithUs(async () => {
    stopClock();
    await vite.close();
    await worker.stop();
    await oidc.stop();
    await sandbox.stop();
    await sqld.stop();
  });
  console.log(`
网站 Web     ${webUrl}
手机 Phone   http://localhost:${ports.phone}
日志 Logs    .shiming/worker.log, .shiming/sandbox.log
Ctrl-C 停止 / stops.`);
});
