import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@shiming/db';
import { connect } from '@shiming/db/client';
import { appErrorIn, parsePortals } from '@shiming/domain';
import { nodeCrypto } from './node-crypto.ts';
import { dataDir, root } from './paths.ts';

/** What a file of the local stack holds, or nothing if there has been no local stack. */
function localFile(...path: string[]): string {
  const file = join(dataDir, ...path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** A setting from the environment, else from the local stack. */
function setting(name: string, local: string | undefined): string {
  const value = process.env[name] ?? local ?? '';
  if (value !== '') return value;
  throw new Error(
    `${name} 未设置，本机也没有服务的数据：请先运行 pnpm start。\n` +
      `${name} is not set and there are no data of a local service: run \`pnpm start\` first.`,
  );
}

function bytesOf(name: string, base64url: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(base64url, 'base64url'));
  if (bytes.length !== 32) throw new Error(`${name} must hold 32 bytes in base64url.`);
  return bytes;
}

/** The value of a name in an environment file of the local stack. */
const localValue = (file: string, name: string): string | undefined =>
  new RegExp(`^${name}="(.+)"$`, 'm').exec(localFile(file))?.[1];

const keyText = (name: string): string => setting(name, localValue('keys.env', name));

/** The setting `PORTALS`: of the environment, else what a deployment would have. */
export const readPortalsSetting = (): string => {
  const toml = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  return setting('PORTALS', /^PORTALS = "(.*)"$/m.exec(toml)?.[1]);
};

/** The portals of the operator. */
export const readPortals = () => parsePortals(readPortalsSetting());

/** Where people open the service. */
export const readPublicOrigin = (): string =>
  new URL(setting('PUBLIC_ORIGIN', localValue('local.env', 'PUBLIC_ORIGIN'))).origin;

type NamedKey = { id: string; key: Uint8Array };

/** A setting of the form `id:key,id:key`, the current key first. A key without an id, as it was before, is `k1`. */
export function readNamedKeys(name: string): [NamedKey, ...NamedKey[]] {
  const former = name === 'TOKEN_KEYS' || name === 'AUDIT_KEYS' ? name.slice(0, -1) : name;
  const isFormer = (process.env[name] ?? localValue('keys.env', name) ?? '') === '';
  const [first = '', ...rest] = keyText(isFormer ? former : name).split(',');
  const named = (pair: string): NamedKey => {
    const [id = '', key = ''] = pair.includes(':') ? pair.trim().split(':') : ['k1', pair.trim()];
    return nodeCrypto.namedKey(id, bytesOf(`${name} (${id})`, key));
  };
  return [named(first), ...rest.map(named)];
}

/**
 * Runs a command's work on the database of the local service, or on `DATABASE_URL`; says in a sentence when it does
 * not answer.
 */
export async function withDatabase(
  work: (database: { db: Database; url: string }) => Promise<void>,
): Promise<void> {
  const url = setting('DATABASE_URL', localFile('sqld', 'address'));
  const db = connect({ url, authToken: process.env['DATABASE_AUTH_TOKEN'] });
  try {
    await work({ db, url });
  } catch (error) {
    if (appErrorIn(error) === null) throw error;
    throw new Error(
      `数据库 ${url} 没有回应：服务启动后才能运行（pnpm start）。\n` +
        `The database at ${url} does not answer: the service must be running (pnpm start).`,
      { cause: error },
    );
  }
}
