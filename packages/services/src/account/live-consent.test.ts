import { accountTable, caseTable, consentTable } from '@shiming/db';
import { consentKinds, portals } from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { inPortal } from '../context.ts';
import { fillQueue } from '../testing/reviews.ts';
import { createTestWorld } from '../testing/world.ts';
import { consentedHere, hasLiveConsent } from './live-consent.ts';

const services = ['certification', 'archive'] as const;

/** Each consent that there can be: of a kind, at a portal, to a notice from before, of and after those that hold, withdrawn or not. */
const each = portals.flatMap(({ id: portal, consentsSince }) =>
  consentKinds.flatMap((kind) =>
    (kind === 'service' ? services : ['operator']).flatMap((receiver) =>
      ['2000-01', consentsSince, '9999-12'].flatMap((version) =>
        [null, 1].map((withdrawnAtMs) => ({ portal, kind, receiver, version, withdrawnAtMs })),
      ),
    ),
  ),
);

test('X-06: what a session says of the consents of its account is what each guard says', async () => {
  const world = await createTestWorld();
  const { db } = world.ctx();
  // An account for each consent, one with all of them, and one with none.
  const [all, , ...alone] = await fillQueue(world, each.length + 2);
  await db.delete(consentTable);
  await db.insert(consentTable).values(
    each.flatMap((consent, index) =>
      [all, alone[index]].map((of) => ({
        ...consent,
        id: `${index}.${of}`,
        accountId: `of-${of}`,
        purpose: 'use_account' as const,
        givenAtMs: 1,
      })),
    ),
  );
  for (const portal of portals) {
    const ctx = inPortal(world.ctx(), portal.id);
    const { id } = accountTable;
    const entered = (receiver: string) => hasLiveConsent(ctx, id, 'service', { receiver });
    const rows = await db
      .select({
        here: consentedHere(ctx, id),
        hasConsented: sql<number>`${hasLiveConsent(ctx, id, 'document_number')}`,
        hasAgreed: sql<number>`${hasLiveConsent(ctx, id, 'agreement')}`,
        certification: sql<number>`${entered('certification')}`,
        archive: sql<number>`${entered('archive')}`,
      })
      .from(accountTable)
      // As in a session: of one table alone, Drizzle leaves out whose column it is.
      .innerJoin(caseTable, eq(caseTable.accountId, id));
    expect(rows).toHaveLength(each.length + 2);
    for (const { here, hasConsented, hasAgreed, ...guards } of rows) {
      expect(here).toMatchObject({ hasConsented, hasAgreed });
      const open = services.filter((service) => guards[service] === 1);
      expect(new Set(here.services)).toEqual(new Set(open));
    }
    // Two notices that hold, of the kinds that a session knows; the agreement holds from whenever it is.
    const given = rows.filter(
      ({ here }) => here.hasConsented + here.hasAgreed + here.services.length > 0,
    );
    expect(given).toHaveLength(1 + 2 + 3 + 2 * services.length);
  }
  await world.close();
});
