import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
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

/** What the watch over the database does where sqld answers it so, one after the other and the last for ever; each question takes seven seconds. */
function watched(...answers: readonly string[]) {
  const bin = mkdtempSync(join(dir, 'bin-'));
  const tool = (name: string, script: string) =>
    writeFileSync(join(bin, name), `#!/bin/sh\nset -eu\ncd ${bin}\n${script}\n`, { mode: 0o755 });
  writeFileSync(join(bin, 'answers'), `${answers.join('\n')}\n`);
  writeFileSync(join(bin, 'asked'), '');
  writeFileSync(join(bin, 'done'), '');
  writeFileSync(join(bin, 'token'), 'secret');
  // What it is told comes by its input alone.
  tool(
    'curl',
    `cat > told; echo "$@" >> asked; n=$(wc -l < asked); a=$(sed -n "$n p" answers); a=\${a:-$(tail -1 answers)}; printf %s "$a"; [ "$a" != 000 ]`,
  );
  tool('date', 'echo $((7 * $(wc -l < asked)))');
  tool('sleep', ':');
  tool('systemctl', 'echo "$@" >> done');
  const { status } = spawnSync(join(release, 'watch-database.sh'), {
    env: { PATH: `${bin}:${process.env['PATH']}`, CREDENTIALS_DIRECTORY: bin },
  });
  const read = (name: string) => readFileSync(join(bin, name), 'utf8');
  expect(read('told')).toBe('header = "Authorization: Bearer secret"\n');
  expect(read('asked')).not.toContain('secret');
  return {
    status,
    asked: read('asked').split('\n').length - 1,
    restarts: read('done').includes('restart'),
  };
}

test('a database that lets nobody write for a minute is started again, and no other', () => {
  expect(watched('200')).toEqual({ status: 0, asked: 1, restarts: false });
  // It has too much to do, and then a place.
  expect(watched('429', '000', '429', '000', '503', '429', '429', '200')).toEqual({
    status: 0,
    asked: 8,
    restarts: false,
  });
  expect(watched('000')).toEqual({ status: 0, asked: 9, restarts: true });
  expect(watched('429')).toEqual({ status: 0, asked: 9, restarts: true });
  // A token that is not its own: started again it would refuse that, too.
  expect(watched('401')).toEqual({ status: 1, asked: 1, restarts: false });
});
