import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { runTool } from '../children.ts';
import { dataDir } from '../paths.ts';
import { hasherSource } from './bundle.ts';

/** What the product is compared with. Installed for the bench alone, so none of it is a dependency. */
export const peerPackages = {
  'better-auth': '1.7.25',
  'drizzle-orm': '0.45.4',
  '@libsql/client': '0.18.0',
  '@tursodatabase/serverless': '1.4.0',
} as const;

/** Installs the peer where nothing of the product is, unless an earlier run has. Returns its folder. */
export async function installPeer(): Promise<string> {
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: peerPackages });
  const version = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const folder = join(dataDir, 'bench', `peer-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(join(dataDir, 'bench'), { recursive: true });
  const fresh = mkdtempSync(`${folder}.`);
  writeFileSync(join(fresh, 'package.json'), manifest);
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const code = await runTool(
    'npm',
    [...args, '--omit=optional', '--omit=peer', '--loglevel=error'],
    { cwd: fresh },
  );
  if (code !== 0) throw new Error('The peer cannot be installed: npm said why.');
  // Another run may have been quicker.
  if (existsSync(folder)) rmSync(fresh, { recursive: true, force: true });
  else renameSync(fresh, folder);
  return folder;
}

/** The tables that better-auth asks for, with the indexes that its documentation asks for. */
export const peerTables = [
  `create table user (id text primary key, name text not null, email text not null unique,
    email_verified integer not null default 0, image text, created_at integer not null, updated_at integer not null)`,
  `create table session (id text primary key, expires_at integer not null, token text not null unique,
    created_at integer not null, updated_at integer not null, ip_address text, user_agent text,
    user_id text not null references user(id) on delete cascade)`,
  'create index session_user_id on session (user_id)',
  `create table account (id text primary key, account_id text not null, provider_id text not null,
    user_id text not null references user(id) on delete cascade, access_token text, refresh_token text, id_token text,
    access_token_expires_at integer, refresh_token_expires_at integer, scope text, password text,
    created_at integer not null, updated_at integer not null)`,
  'create index account_user_id on account (user_id)',
  `create table verification (id text primary key, identifier text not null, value text not null,
    expires_at integer not null, created_at integer not null, updated_at integer not null)`,
  'create index verification_identifier on verification (identifier)',
];

/** Modules of the peer's own installation. */
const imports = [
  ['betterAuth', 'better-auth'],
  ['drizzleAdapter', 'better-auth/adapters/drizzle'],
  ['createClient', '@libsql/client/web'],
  ['drizzle', 'drizzle-orm/libsql/web'],
  ['integer, sqliteTable, text', 'drizzle-orm/sqlite-core'],
]
  .map(([names, module]) => `import { ${names} } from '${module}';`)
  .join('\n');

/**
 * better-auth with its Drizzle adapter, twice in one Worker: below `/own` with its own hash of passwords (scrypt of
 * Node), below `/equal` with the product's. Otherwise as it comes, without its limits of requests.
 */
export const peerSource = `${hasherSource}
${imports}
const time = (name) => integer(name, { mode: 'timestamp_ms' });
const dates = { createdAt: time('created_at').notNull(), updatedAt: time('updated_at').notNull() };
const schema = {
  user: sqliteTable('user', {
    id: text('id').primaryKey(), name: text('name').notNull(), email: text('email').notNull(),
    emailVerified: integer('email_verified', { mode: 'boolean' }).notNull(), image: text('image'), ...dates }),
  session: sqliteTable('session', {
    id: text('id').primaryKey(), expiresAt: time('expires_at').notNull(), token: text('token').notNull(),
    ipAddress: text('ip_address'), userAgent: text('user_agent'), userId: text('user_id').notNull(), ...dates }),
  account: sqliteTable('account', {
    id: text('id').primaryKey(), accountId: text('account_id').notNull(), providerId: text('provider_id').notNull(),
    userId: text('user_id').notNull(), accessToken: text('access_token'), refreshToken: text('refresh_token'),
    idToken: text('id_token'), accessTokenExpiresAt: time('access_token_expires_at'),
    refreshTokenExpiresAt: time('refresh_token_expires_at'), scope: text('scope'), password: text('password'), ...dates }),
  verification: sqliteTable('verification', {
    id: text('id').primaryKey(), identifier: text('identifier').notNull(), value: text('value').notNull(),
    expiresAt: time('expires_at').notNull(), ...dates }),
};
const hashes = {
  own: {},
  equal: { password: {
    hash: (password) => hasher.hash(password),
    verify: async ({ password, hash }) => (await hasher.verify(password, hash)).isRight } },
};
let made;
const make = (env) => {
  const db = drizzle(createClient({ url: env.DATABASE_URL }), { schema });
  return Object.fromEntries(Object.entries(hashes).map(([name, more]) => [name, betterAuth({
    baseURL: env.ORIGIN, basePath: '/' + name, secret: env.SECRET, telemetry: { enabled: false },
    rateLimit: { enabled: false }, logger: { level: 'error' },
    database: drizzleAdapter(db, { provider: 'sqlite', schema }),
    emailAndPassword: { enabled: true, ...more } })]));
};
export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz') return Response.json({ ok: true });
    made ??= make(env);
    return made[pathname.split('/')[1]].handler(request);
  },
};`;
