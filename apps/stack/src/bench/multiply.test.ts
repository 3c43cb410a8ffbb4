import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@shiming/db/testing';
import { runJobs } from '@shiming/services/run-jobs';
import { createTestWorld } from '@shiming/services/testing';
import { applicantOf, citizenNamed, registerCompletely } from '@shiming/services/testing/people';
import { settleAs, waitingFor } from '@shiming/services/testing/reviews';
import { expect, test } from 'vitest';
import { multiply } from './multiply.ts';

test('an account with a settled case becomes many, some with the case, which the product takes for its own', async () => {
  const database = await createTestDatabase();
  const world = await createTestWorld({ database });
  const bystander = await registerCompletely(world, citizenNamed('林知远'));
  const like = await waitingFor(world);
  await settleAs(world, world.ctx(), like, 'approve');
  const { id } = (await applicantOf(world, like.sessionToken)).signedIn.account;

  const file = fileURLToPath(database.url);
  const rows = multiply(file, id, 50, 30);
  expect(rows).toBeGreaterThan(50 * 10);
  const db = new DatabaseSync(file);
  const one = (sql: string) => db.prepare(sql).get();
  expect(one('pragma integrity_check')).toEqual({ integrity_check: 'ok' });
  expect(one('select count(*) as n from account')).toEqual({ n: 52 });
  expect(one(`select count(*) as n from "case" where status = 'approved'`)).toEqual({ n: 31 });
  expect(db.prepare('pragma foreign_key_check').all()).toEqual([]);
  expect(
    one(
      `select count(distinct "index") as n from identifier where kind = 'document_number' and signs_in`,
    ),
  ).toEqual({ n: 52 });
  db.close();

  expect((await applicantOf(world, bystander.sessionToken)).signedIn.account.id).not.toBe(id);
  for (const { outcome } of Object.values(await runJobs(world.ctx()))) expect(outcome).toBe('ok');
  await world.close();
});
