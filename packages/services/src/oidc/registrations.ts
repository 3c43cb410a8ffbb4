import { commit, guard, hasWritten, serviceClientTable, staffTable } from '@shiming/db';
import {
  type Bilingual,
  compareClients,
  parseServiceClient,
  type Portal,
  type ServiceClient,
  type ServiceClientAnswers,
  type ServiceField,
} from '@shiming/domain';
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, type Deps, refuseUnless } from '../context.ts';
import { guardActing } from '../staff/guards.ts';
import { openStaffPerson, samePersonIds } from '../staff/person.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { endTokensOfClient } from './tokens.ts';

/** A service, and the version of its registration that somebody had before their eyes: -1 where there was none. */
type Which = { portal: string; service: string; version: number };

/**
 * What holds for the registration of a service.
 *
 * @throws AppError request.not_found where the portal has no such service, or it is a page here
 */
export function clientRules(
  { doors, publicOrigin }: Pick<Deps, 'publicOrigin'> & { doors: readonly { portal: Portal }[] },
  portalId: string,
  serviceId: string,
): { asks: readonly ServiceField[]; isLocal: boolean } {
  const portal = doors.find((door) => door.portal.id === portalId)?.portal;
  const service = portal?.services.find(({ id }) => id === serviceId);
  refuseUnless(service !== undefined && service.page === undefined, { code: 'request.not_found' });
  return { asks: service?.asks ?? [], isLocal: publicOrigin.startsWith('http:') };
}

export type RegisteredService = {
  portal: string;
  portalName: Bilingual;
  service: string;
  name: Bilingual;
  /** What its portal lists for it at most. */
  asks: readonly ServiceField[];
  /** -1 where it was never registered. */
  version: number;
  registration: ServiceClient | null;
  suspendedAtMs: number | null;
  /** `isOwn`: another person than the one who asks has to confirm it. */
  proposal: { client: ServiceClient; byName: string; isOwn: boolean; atMs: number } | null;
};

/** The services that are other systems, each with its registration and with what waits for a second person. */
export async function listServiceClients(
  ctx: Ctx,
  { member }: SignedInStaff,
): Promise<RegisteredService[]> {
  const [own] = await samePersonIds(ctx, member);
  const [rows, ownIds] = await ctx.db.batch([
    ctx.db
      .select({ client: serviceClientTable, proposer: staffTable })
      .from(serviceClientTable)
      .leftJoin(staffTable, eq(staffTable.id, serviceClientTable.proposedById)),
    own,
  ]);
  const services = ctx.doors.flatMap(({ portal }) =>
    portal.services
      .filter(({ page }) => page === undefined)
      .map(({ id, name, asks = [] }) => ({
        portal: portal.id,
        portalName: portal.words.fullName,
        service: id,
        name,
        asks,
      })),
  );
  return Promise.all(
    services.map(async (each) => {
      const row = rows.find(
        ({ client: { portal, service } }) => portal === each.portal && service === each.service,
      );
      const { version = -1, registration = null, suspendedAtMs = null } = row?.client ?? {};
      const { proposal = null, proposedAtMs } = row?.client ?? {};
      const proposer = row?.proposer;
      return {
        ...each,
        version,
        registration,
        suspendedAtMs,
        proposal: proposal && {
          client: proposal,
          byName: proposer ? (await openStaffPerson(ctx, proposer)).name : '',
          isOwn: ownIds.some(({ id }) => id === proposer?.id),
          atMs: proposedAtMs ?? 0,
        },
      };
    }),
  );
}

const nothing = { proposal: null, proposedById: null, proposedAtMs: null };

/** A registration as it was when somebody looked at it. */
const seen = ({ portal, service, version }: Which) =>
  and(
    eq(serviceClientTable.portal, portal),
    eq(serviceClientTable.service, service),
    eq(serviceClientTable.version, version),
  );

async function findSeen({ db }: Pick<Ctx, 'db'>, which: Which) {
  const [row] = await db.select().from(serviceClientTable).where(seen(which));
  return row;
}

const factsOf = (
  { portal, service }: Which,
  before: ServiceClient | null,
  after: ServiceClient | null,
) => {
  const { added, removed } = compareClients(before, after);
  return { portal, service, added: added.join('\n'), removed: removed.join('\n') };
};

/**
 * Registers a service, or changes its registration, as it was when it was looked at. What opens no address, key or field
 * is in force at once; everything else waits for a second person, in place of what waited before. Of a suspended
 * service, and of one that has ended, nothing is in force.
 *
 * @throws AppError staff.proof_required, request.not_found, input.invalid, staff.number_required, staff.forbidden,
 * request.stale
 */
export async function proposeService(
  ctx: Ctx,
  staff: SignedInStaff,
  { typed, ...which }: Which & { typed: ServiceClientAnswers },
): Promise<{ waits: boolean }> {
  requireStaffProof(ctx, staff);
  const { portal, service } = which;
  const client = accepted(parseServiceClient(typed, clientRules(ctx, portal, service)));
  const row = await findSeen(ctx, which);
  const before = row && row.suspendedAtMs === null ? row.registration : null;
  const waits = compareClients(before ?? null, client).added.length > 0;
  const nowMs = ctx.now();
  const columns = waits
    ? { proposal: client, proposedById: staff.member.id, proposedAtMs: nowMs }
    : { ...nothing, registration: client };
  const { version } = serviceClientTable;
  await commit(ctx.db, [
    guardActing(ctx),
    which.version < 0
      ? ctx.db
          .insert(serviceClientTable)
          .values({ id: service, portal, service, ...columns, createdAtMs: nowMs })
          .onConflictDoNothing()
      : ctx.db
          .update(serviceClientTable)
          .set({ ...columns, version: sql`${version} + 1` })
          .where(seen(which)),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    record(
      ctx,
      waits ? 'service.proposed' : 'service.changed',
      null,
      factsOf(which, before ?? null, client),
    ),
  ]);
  return { waits };
}

/**
 * Confirms what waits, as another person than the one who proposed it, or takes it off the table, which anybody may.
 *
 * @throws AppError staff.proof_required, request.stale, staff.number_required, staff.forbidden, service.same_person
 */
export async function decideService(
  ctx: Ctx,
  staff: SignedInStaff,
  { agrees, ...which }: Which & { agrees: boolean },
): Promise<void> {
  requireStaffProof(ctx, staff);
  const row = await findSeen(ctx, which);
  const proposal = row?.proposal ?? null;
  const { db } = ctx;
  const [own] = await samePersonIds(ctx, staff.member);
  const { version, proposedById } = serviceClientTable;
  const isOwn = db
    .select({ id: serviceClientTable.id })
    .from(serviceClientTable)
    .where(and(seen(which), inArray(proposedById, own)));
  await commit(db, [
    guardActing(ctx),
    ...(agrees ? [guard(db, sql`not exists ${isOwn}`, { code: 'service.same_person' })] : []),
    db
      .update(serviceClientTable)
      .set({
        ...nothing,
        ...(agrees ? { registration: proposal, suspendedAtMs: null } : {}),
        version: sql`${version} + 1`,
      })
      .where(and(seen(which), isNotNull(serviceClientTable.proposal))),
    guard(db, hasWritten, { code: 'request.stale' }),
    record(
      ctx,
      agrees ? 'service.confirmed' : 'service.refused',
      null,
      factsOf(which, row?.registration ?? null, proposal),
    ),
  ]);
}

/**
 * Suspends a service, or ends its registration: nobody enters it, and what it holds opens nothing. One person may, since
 * it takes nothing from anybody that cannot be given again; that takes two.
 *
 * @throws AppError staff.proof_required, staff.number_required, staff.forbidden, request.stale
 */
export async function endService(
  ctx: Ctx,
  staff: SignedInStaff,
  { isForGood, ...which }: Which & { isForGood: boolean },
): Promise<void> {
  requireStaffProof(ctx, staff);
  const { portal, service } = which;
  const { version, registration, suspendedAtMs } = serviceClientTable;
  await commit(ctx.db, [
    guardActing(ctx),
    ctx.db
      .update(serviceClientTable)
      .set({
        ...nothing,
        ...(isForGood ? { registration: null, suspendedAtMs: null } : { suspendedAtMs: ctx.now() }),
        version: sql`${version} + 1`,
      })
      .where(
        and(seen(which), isNotNull(registration), isForGood ? undefined : isNull(suspendedAtMs)),
      ),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    endTokensOfClient(ctx, service),
    record(ctx, isForGood ? 'service.ended' : 'service.suspended', null, { portal, service }),
  ]);
}
