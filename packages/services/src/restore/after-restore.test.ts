import {
  allowanceTable,
  auditTable,
  challengeTable,
  outboxTable,
  recoveryTable,
  sessionTable,
} from '@shiming/db';
import { eq, isNull } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { enqueueMail } from '../outbox/outbox.ts';
import { recipientFor } from '../account/recipients.ts';
import { authenticate } from '../session/session.ts';
import {
  citizenNamed,
  recoverUntilCode,
  registerCompletely,
  testEmail,
} from '../testing/people.ts';
import { createTestWorld } from '../testing/world.ts';
import { endAfterRestore } from './after-restore.ts';

test('what may have ended since the backup does not come back: sessions, codes, recoveries, and messages that may have gone out', async () => {
  const world = await createTestWorld();
  onTestFinished(() => world.close());
  const citizen = citizenNamed('林知远');
  const { ctx, sessionToken } = await registerCompletely(world, citizen);
  world.advance(120_000);
  await recoverUntilCode(world, citizen);
  const { db } = world.ctx();
  const undo = { id: 'undo', purpose: 'contact.undo', subject: 'x', secretHash: 'x', triesLeft: 1 };
  await db.insert(challengeTable).values({ ...undo, createdAtMs: 0, expiresAtMs: world.nowMs() });
  const mail = { to: recipientFor(testEmail, 'staff'), subject: 's', text: '', html: '' };
  const waits = { as: 'notice', accountId: null, expiresAtMs: world.nowMs() + 86_400_000 } as const;
  await db.batch(await enqueueMail(ctx, mail, waits));
  const backedUpAtMs = world.nowMs();
  world.advance(60_000);
  const system = world.ctx({ actor: { type: 'system', job: 'after-restore' } });
  const ended = await endAfterRestore(system, backedUpAtMs);
  expect(ended).toMatchObject({ sessions: 1, recoveries: 1, messages: 1 });
  expect(ended.secrets).toBeGreaterThan(0);
  expect(await authenticate(ctx, sessionToken)).toBeNull();
  expect(await db.$count(sessionTable, isNull(sessionTable.endedAtMs))).toBe(0);
  expect(await db.$count(recoveryTable)).toBe(0);
  const messages = await db.select({ status: outboxTable.status }).from(outboxTable);
  expect(new Set(messages.map(({ status }) => status))).toEqual(new Set(['sent', 'unclear']));
  // What takes a change back stays.
  expect(await db.select({ id: challengeTable.id }).from(challengeTable)).toEqual([{ id: 'undo' }]);
  const [row] = await db
    .select()
    .from(auditTable)
    .where(eq(auditTable.action, 'database.restored'));
  expect(JSON.parse(row?.facts ?? '{}')).toEqual({ backedUpAtMs, ...ended });
  expect(await endAfterRestore(system, backedUpAtMs)).toEqual({
    sessions: 0,
    secrets: 0,
    recoveries: 0,
    tokens: 0,
    messages: 0,
  });
});

test('a code that the lost database may have sent is not counted, and one that it sent is', async () => {
  const world = await createTestWorld();
  onTestFinished(() => world.close());
  const citizen = citizenNamed('林知远');
  await registerCompletely(world, citizen);
  world.advance(120_000);
  await recoverUntilCode(world, citizen);
  const { db } = world.ctx();
  const codes = () =>
    db
      .select({ status: outboxTable.status, isCounted: allowanceTable.isCounted })
      .from(outboxTable)
      .innerJoin(allowanceTable, eq(allowanceTable.id, outboxTable.id))
      .orderBy(outboxTable.createdAtMs);
  expect(await codes()).toEqual([
    { status: 'sent', isCounted: true },
    { status: 'sent', isCounted: true },
  ]);
  await db.run(
    "update outbox set status = 'handing_over' where created_at_ms = (select max(created_at_ms) from outbox where channel = 'sms')",
  );
  await endAfterRestore(
    world.ctx({ actor: { type: 'system', job: 'after-restore' } }),
    world.nowMs(),
  );
  expect(await codes()).toEqual([
    { status: 'sent', isCounted: true },
    { status: 'unclear', isCounted: false },
  ]);
});
