import { webCrypto } from '@shiming/providers/crypto/gm';
import { endAfterRestore } from '@shiming/services/restore/after-restore';
import { runCommand } from './lifetime.ts';
import { withDatabase } from './settings.ts';

/** Ends in a restored database what must not come back to life; to be run before the Worker is started on it. */
await runCommand(async () => {
  const backedUpAtMs = Date.parse(process.argv[2] ?? '');
  if (Number.isNaN(backedUpAtMs)) {
    throw new Error(
      'Usage: pnpm backup:end <when the backup was made, such as 2026-12-01T03:00:00+08:00>',
    );
  }
  await withDatabase(async ({ db, url }) => {
    const ctx = {
      db,
      now: () => Date.now(),
      crypto: webCrypto,
      actor: { type: 'system', job: 'after-restore' } as const,
      requestId: webCrypto.randomToken(16),
    };
    console.log(url, await endAfterRestore(ctx, backedUpAtMs));
  });
});
