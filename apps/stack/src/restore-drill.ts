import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@shiming/db/client';
import { migrate } from '@shiming/db/migrate';
import { webCrypto } from '@shiming/providers/crypto';
import { sealAudit, verifyAudit } from '@shiming/services/audit/chain';
import { type Ended, endAfterRestore } from '@shiming/services/restore/after-restore';
import { importAccounts } from '@shiming/services/legacy/import-accounts';
import { backUp, restore } from './backup.ts';
import { runCommand } from './lifetime.ts';
import { madeUpAccount } from './testing/made-up-accounts.ts';
import { freePort } from './ports.ts';
import { readPortals } from './settings.ts';
import { type Sqld, startSqld } from './sqld.ts';

const perBatch = 5;
const writers = 2;
/** A block is sealed after so many batches of a writer. */
const perBlock = 5;

/** What is found on a server that takes the place of the lost one. */
type Found = {
  /** Acknowledged batches that are there whole, and those that are not there at all. */
  there: number;
  lost: number;
  /** Batches of which a part is there. */
  torn: number;
  /** Lost ones of a writer before one of the same writer that is there. */
  holes: number;
  sealedRows: number;
  /** The block at which the chain does not hold, and why; `null` where it holds. */
  broken: { block: number; why: string } | null;
  brokenReferences: number;
  /** Whether the server takes writes, and the chain goes on and holds with them. */
  goesOn: boolean;
};

export type DrillReport = {
  acknowledged: number;
  backup: { bytes: number; ms: number; acknowledgedBefore: number; acknowledgedMeanwhile: number };
  /** Of so many reads of the replica right after one's own write, those that did not find it. */
  reads: number;
  stale: number;
  restored: Found & { ended: Ended; lostOfBefore: number };
  promoted: Found;
};

const key = (id: string) => [{ id, key: webCrypto.randomBytes(32) }] as const;

/**
 * Loses a database under load and takes two ways back: a backup that was made under the load, and a replica. The servers
 * are sqld on this machine, the lost one is killed; the load is imports of made-up accounts, each with its audit row.
 */
export async function drill(batches: { before: number; after: number }): Promise<DrillReport> {
  const dir = mkdtempSync(join(tmpdir(), 'shiming-drill-'));
  const running = new Set<Sqld>();
  const start = async (name: string, ...args: string[]) => {
    const sqld = await startSqld({ dir: join(dir, name), args });
    running.add(sqld);
    return sqld;
  };
  const [{ portal }] = readPortals();
  const keys = { vault: key('v1'), index: key('i1'), token: key('t1'), audit: key('k1') };
  const ctxOn = ({ url }: Sqld, requestId: string, aheadMs = 0) => ({
    db: connect({ url }),
    now: () => Date.now() + aheadMs,
    crypto: webCrypto,
    hasher: { decoy: '' },
    keys,
    portal,
    actor: { type: 'system', job: 'drill' } as const,
    requestId,
  });
  /** Rows wait some seconds for their block; the drill need not. */
  const seal = (sqld: Sqld) => sealAudit(ctxOn(sqld, 'seal', 10_000));
  let made = 0;
  const importBatch = (sqld: Sqld, requestId: string) => {
    const from = (made += perBatch) - perBatch;
    const accounts = Array.from({ length: perBatch }, (_, at) =>
      madeUpAccount(from + at, portal, Date.now()),
    );
    return importAccounts(ctxOn(sqld, requestId), accounts);
  };

  /** The batches that were acknowledged, by writer, in their order. */
  const acknowledged: string[][] = Array.from({ length: writers }, () => []);
  const count = () => acknowledged.reduce((sum, ids) => sum + ids.length, 0);

  async function findOn(sqld: Sqld): Promise<Found> {
    const { db } = ctxOn(sqld, '');
    const rows = await db.all<{ id: string; accounts: number }>(
      `select request_id as id, count(account.id) as accounts from audit left join account on account.id = audit.account_id
        where action = 'account.imported' group by request_id`,
    );
    const whole = new Set(rows.filter(({ accounts }) => accounts === perBatch).map(({ id }) => id));
    const holes = acknowledged.flatMap((ids) => {
      const last = ids.findLastIndex((id) => whole.has(id));
      return ids.slice(0, last + 1).filter((id) => !whole.has(id));
    });
    const there = acknowledged.flat().filter((id) => whole.has(id)).length;
    const before = await verifyAudit(ctxOn(sqld, ''));
    const references = await db.all('pragma foreign_key_check');
    const { imported } = await importBatch(sqld, 'after');
    const head = await seal(sqld);
    const after = await verifyAudit(ctxOn(sqld, ''));
    return {
      there,
      lost: count() - there,
      torn: rows.length - whole.size,
      holes: holes.length,
      sealedRows: before.rows,
      broken: before.broken,
      brokenReferences: references.length,
      goesOn:
        imported === perBatch &&
        after.broken === null &&
        after.head === head?.hash &&
        after.rows > before.rows,
    };
  }

  try {
    const grpc = await freePort();
    const primary = await start('primary', `--grpc-listen-addr=127.0.0.1:${grpc}`);
    await migrate(primary.url);
    const replica = await start('replica', `--primary-grpc-url=http://127.0.0.1:${grpc}`);

    const waits: { batches: number; go: () => void }[] = [];
    const lost = new AbortController();
    let reads = 0;
    let stale = 0;
    const write = async (ids: string[], writer: number) => {
      while (!lost.signal.aborted) {
        const id = `batch-${writer}-${ids.length}`;
        await importBatch(primary, id);
        ids.push(id);
        for (const wait of waits) if (count() >= wait.batches) wait.go();
        const found = await ctxOn(replica, '').db.all(
          `select 1 from audit where request_id = '${id}'`,
        );
        reads += 1;
        if (found.length === 0) stale += 1;
        if (ids.length % perBlock === 0) await seal(primary);
      }
    };
    const writing = acknowledged.map((ids, writer) => write(ids, writer));
    const load = Promise.allSettled(writing);
    /** Rejects where a writer fails before that. */
    const acknowledgedSoMany = (soMany: number) =>
      Promise.race([new Promise<void>((go) => waits.push({ batches: soMany, go })), ...writing]);

    await acknowledgedSoMany(batches.before);
    const ofBefore = acknowledged.flat();
    const file = join(dir, 'backup.db');
    const startMs = Date.now();
    const bytes = await backUp(join(dir, 'primary/db'), file);
    const backup = {
      bytes,
      ms: Date.now() - startMs,
      acknowledgedBefore: ofBefore.length,
      acknowledgedMeanwhile: count() - ofBefore.length,
    };
    await acknowledgedSoMany(count() + batches.after);

    // The machine is lost while it writes: no signal that lets it finish. What fails then was not acknowledged.
    await primary.service.stop(0);
    lost.abort();
    await load;

    const replicaFile = join(dir, 'replica.db');
    await replica.stop();
    await backUp(join(dir, 'replica/db'), replicaFile);
    restore(replicaFile, join(dir, 'promoted/db'));
    const promoted = await findOn(await start('promoted'));

    restore(file, join(dir, 'restored/db'));
    const restoredOn = await start('restored');
    const ended = await endAfterRestore(ctxOn(restoredOn, 'restore'), startMs);
    const kept = await ctxOn(restoredOn, '').db.all<{ id: string }>(
      'select distinct request_id as id from audit',
    );
    const there = new Set(kept.map(({ id }) => id));
    const restored = await findOn(restoredOn);
    return {
      acknowledged: count(),
      backup,
      reads,
      stale,
      restored: {
        ...restored,
        ended,
        lostOfBefore: ofBefore.filter((id) => !there.has(id)).length,
      },
      promoted,
    };
  } finally {
    for (const sqld of running) await sqld.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const [before = 200, after = 100] = process.argv.slice(2).map(Number);
  const report = await drill({ before, after });
  console.log(JSON.stringify(report, null, 2));
  for (const found of [report.restored, report.promoted]) {
    if (found.broken !== null || !found.goesOn || found.torn + found.holes > 0) {
      throw new Error('The database that was brought back is not whole.');
    }
  }
  if (report.restored.lostOfBefore > 0) throw new Error('The backup lacks what was acknowledged.');
}

if (import.meta.main) await runCommand(main);
