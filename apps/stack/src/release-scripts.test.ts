import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { assertEmpty } from './release.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'shiming-scripts-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const release = join(dir, 'release-1');
const etc = join(dir, 'etc');
beforeAll(() => {
  cpSync(join(import.meta.dirname, '../release'), release, { recursive: true });
  // Says how it was started.
  writeFileSync(
    join(release, 'workerd'),
    `#!/bin/sh\nprintf '%s\\n' "$@" "password=$SMTP_PASSWORD"\n`,
    { mode: 0o755 },
  );
  symlinkSync(release, join(dir, 'current'));
  mkdirSync(join(etc, 'secrets'), { recursive: true });
  writeFileSync(join(etc, 'secrets/SMTP_PASSWORD'), 'a "b" $HOME `c`\n');
  writeFileSync(
    join(etc, 'settings.env'),
    '# Such as 8:30.\nOPERATOR_HOURS="工作日 8:30 $HOME"\nPORTALS=teacher\nNEWS_URL=""',
  );
});

const run = (command: string, args: readonly string[], env: Record<string, string>) =>
  execFileSync(command, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  }).split('\n');

const start = (env: Record<string, string>) =>
  run(join(dir, 'current/start.sh'), [], { JOBS_SOCKET: join(dir, 'jobs.sock'), ...env });

test('a process takes the port that systemd holds, or else listens itself; its folder is that of its release', () => {
  const secrets = { SECRETS_DIR: join(etc, 'secrets') };
  const held = start({ ...secrets, LISTEN_FDS: '1' });
  expect(held).toEqual(
    expect.arrayContaining([
      '--socket-fd=http=3',
      `disk=${release}/files`,
      `jobs=unix:${dir}/jobs.sock`,
      'password=a "b" $HOME `c`',
    ]),
  );
  expect(start({ ...secrets, HTTP_ADDRESS: '127.0.0.1:8787' })).toContain(
    '--socket-addr=http=127.0.0.1:8787',
  );
});

test('secrets are files with a line end, also as systemd names those of a folder', () => {
  const credentials = join(dir, 'credentials');
  mkdirSync(credentials);
  writeFileSync(join(credentials, 'secrets_SMTP_PASSWORD'), 'of systemd\n');
  expect(start({ CREDENTIALS_DIRECTORY: credentials, LISTEN_FDS: '1' })).toContain(
    'password=of systemd',
  );
});

test('a command gets the settings and the secrets as they stand in the files', () => {
  const script = 'for (const name of process.argv.slice(1)) console.log(process.env[name])';
  const said = run(
    join(release, 'with-settings.sh'),
    [process.execPath, '-e', script, 'OPERATOR_HOURS', 'PORTALS', 'NEWS_URL', 'SMTP_PASSWORD'],
    { SETTINGS_DIR: etc },
  );
  expect(said).toEqual(['工作日 8:30 $HOME', 'teacher', '', 'a "b" $HOME `c`', '']);
});

test('a release takes the place of nothing that is there', () => {
  expect(() => assertEmpty(etc)).toThrow('is not empty');
  expect(() => assertEmpty(join(dir, 'new'))).not.toThrow();
  mkdirSync(join(dir, 'empty'));
  expect(() => assertEmpty(join(dir, 'empty'))).not.toThrow();
});
