import { expect, test } from 'vitest';
import { drill } from './restore-drill.ts';

test('a database that is lost under load comes back from its backup and from its replica, with its chain', async () => {
  const { acknowledged, backup, restored, promoted } = await drill({ before: 12, after: 6 });
  expect(backup.acknowledgedBefore).toBeGreaterThanOrEqual(12);
  expect(acknowledged).toBeGreaterThanOrEqual(backup.acknowledgedBefore + 6);
  const whole = { torn: 0, holes: 0, broken: null, brokenReferences: 0, goesOn: true };
  expect(restored).toMatchObject({ ...whole, lostOfBefore: 0 });
  // How far behind a replica is says nobody.
  expect(promoted).toMatchObject(whole);
  expect(restored.sealedRows).toBeGreaterThan(0);
});
