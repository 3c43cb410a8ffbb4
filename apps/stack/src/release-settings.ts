import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from './lifetime.ts';
import { root } from './paths.ts';
import { newKeys } from './secrets.ts';

/** The settings of a bucket, besides those of `wrangler.toml`. */
export const bucketSettings = ['S3_BUCKET_URL', 'S3_REGION', 'S3_ACCESS_KEY_ID'] as const;
export const bucketSecret = 'S3_SECRET_ACCESS_KEY';

const wranglerSettings = () => {
  const text = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  return text.slice(text.indexOf('[vars]') + '[vars]'.length).split('# Secrets')[0] ?? '';
};

/** The names of the settings that `wrangler.toml` has. */
export const settingNames = (): string[] =>
  [...wranglerSettings().matchAll(/^([A-Z][A-Z\d_]+) = /gm)].map(([, name = '']) => name);

/** The names of the secrets that `wrangler.toml` lists, each with what it is. */
export const secretNames = (): [name: string, what: string][] =>
  [
    ...readFileSync(join(root, 'wrangler.toml'), 'utf8').matchAll(
      /^# {3}([A-Z][A-Z\d_]+) {2,}(.*)$/gm,
    ),
  ].map(([, name = '', what = '']) => [name, what]);

/** The settings of a machine room, as systemd reads them: those of `wrangler.toml` with their comments, and those of a bucket. */
function settingsFile(): string {
  const own = wranglerSettings()
    .trim()
    .replaceAll(/^([A-Z][A-Z\d_]+) = /gm, '$1=')
    .replace('CLIENT_ADDRESS_HEADER=""', 'CLIENT_ADDRESS_HEADER="x-real-ip"');
  const [url, region, keyId] = bucketSettings;
  return `${own}
# The private bucket of the photos: https://host/bucket or https://bucket.host, with no slash at the end.
${url}=""
${region}=""
${keyId}=""
`;
}

/** A part of a JSON Web Token. */
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key pair of the database: what sqld checks tokens by, and a token that may read and write. */
function databaseAccess(): { publicKey: string; token: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const claims = { a: 'rw', iat: Math.floor(Date.now() / 1_000) };
  const signed = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part(claims)}`;
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    token: `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`,
  };
}

/**
 * Makes what a machine room has besides the release: a file of settings to fill in, and the secrets that are drawn and not given by
 * others. Nothing that is there is changed. Returns what is still missing.
 */
export function makeSettings(folder: string): { made: string[]; missing: [string, string][] } {
  const secrets = join(folder, 'secrets');
  mkdirSync(secrets, { recursive: true, mode: 0o700 });
  const made: string[] = [];
  const write = (path: string, text: string, mode: number) => {
    const file = join(folder, path);
    if (existsSync(file)) return;
    writeFileSync(file, text, { mode });
    made.push(path);
  };
  write('settings.env', settingsFile(), 0o644);
  for (const [name, key] of Object.entries(newKeys())) write(`secrets/${name}`, key, 0o600);
  // One of the two alone would be no pair with a new one.
  if (
    !['database.pub', 'secrets/DATABASE_AUTH_TOKEN'].some((path) => existsSync(join(folder, path)))
  ) {
    const { publicKey, token } = databaseAccess();
    write('database.pub', publicKey, 0o644);
    write('secrets/DATABASE_AUTH_TOKEN', token, 0o600);
  }
  const all = [...secretNames(), [bucketSecret, 'the bucket'] satisfies [string, string]];
  return { made, missing: all.filter(([name]) => !existsSync(join(secrets, name))) };
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Usage: pnpm release:settings <folder>');
  const { made, missing } = makeSettings(resolve(folder));
  const lines = [
    ...made.map((path) => `made  ${join(resolve(folder), path)}`),
    ...missing.map(
      ([name, what]) => `to be put  ${join(resolve(folder), 'secrets', name)}  ${what}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

if (import.meta.main) await runCommand(main);
