import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@shiming/db/client';
import type { StaffRole } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import type { TestWorld } from '@shiming/services/testing';
import { staffNamed } from '@shiming/services/testing/staff';
import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { webUrl } from './harness.ts';

/** A key of the running stack. */
function keyNamed(name: string) {
  const file = readFileSync(join(inject('dataDir'), 'keys.env'), 'utf8');
  const [id = '', key = id] = (new RegExp(`^${name}="(.+)"$`, 'm').exec(file)?.[1] ?? '').split(
    ':',
  );
  return { id, key: new Uint8Array(Buffer.from(key, 'base64url')) };
}

/**
 * Signs this page's browser in to the console as a new member of staff: past invitation and passkey, which have
 * journeys of their own.
 */
export async function signInStaff(page: Page, role: StaffRole, name: string): Promise<void> {
  const keys = {
    vault: [keyNamed('VAULT_KEYS')],
    index: [keyNamed('INDEX_KEYS')],
    token: keyNamed('TOKEN_KEY').key,
    audit: keyNamed('AUDIT_KEY').key,
  };
  const ctx = (more: object = {}) => ({
    db: connect({ url: inject('databaseUrl') }),
    now: () => Date.now(),
    crypto: webCrypto,
    keys,
    actor: { type: 'anonymous' },
    visitor: { address: '127.0.0.1', deviceId: '', deviceMarks: [], label: 'Chrome' },
    requestId: webCrypto.randomToken(12),
    ...more,
  });
  // Of the world of the services' tests this needs only the context of a request.
  const { sessionToken } = await staffNamed({ ctx } as unknown as TestWorld, role, { name });
  await page.context().addCookies([
    {
      name: '__Host-staff',
      value: sessionToken,
      url: webUrl.replace('http:', 'https:'),
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
    },
  ]);
}
