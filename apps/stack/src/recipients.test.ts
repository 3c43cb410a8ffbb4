import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './paths.ts';

const services = 'packages/services/src';
/** The product files of the services that contain a text. */
const filesWith = (text: string | RegExp) =>
  globSync(`${services}/**/*.ts`, { cwd: root })
    .filter((path) => !path.endsWith('.test.ts') && !path.includes('/testing/'))
    .filter((path) => readFileSync(join(root, path), 'utf8').search(text) >= 0)
    .map((path) => path.slice(services.length + 1))
    .toSorted();

test('T-REG-13a: what is written to a contact goes through the room that knows whether it was proved', () => {
  expect(filesWith(/insert\(outboxTable\)/)).toEqual(['outbox/outbox.ts']);
  expect(filesWith(/as Recipient\b/)).toEqual(['account/recipients.ts']);
  // Each of these has another proof, or sends the proof itself; all others ask `contactsForMessages`.
  expect(filesWith(/recipientFor\(/)).toEqual([
    'account/mail-proof.ts',
    'contact/apply.ts',
    'contact/begin.ts',
    'contact/undo.ts',
    'organisation/contact.ts',
    'registration/send-code.ts',
    'staff/link.ts',
    'staff/tell.ts',
    'ticket/outcome.ts',
    'ticket/submit.ts',
  ]);
});
