import { type Batch, guard, registrationTable } from '@shiming/db';
import {
  AppError,
  type CheckKind,
  type Contact,
  type Identity,
  doneAfter,
  nextStep,
  type RegistrationStatus,
  type StepId,
  stepInstead,
} from '@shiming/domain';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Binding, LinkBinding } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { bearerKind, splitToken } from '../session/bearer.ts';
import { identityFrom, type StoredIdentity } from '../account/stored-identity.ts';
import { currentKeyId, open, placeOf, seal } from '../vault/vault.ts';

/** What has been given so far. The password is a hash from its first moment here. */
export type RegistrationDraft = {
  document: Identity | null;
  /** Separate consent for the document number. */
  consent: { version: string; atMs: number } | null;
  /** Of a child under 14: the guardian's consent. */
  guardianConsentId?: string | null;
  /** What has confirmed the document as it stands here, where the flow has that step. */
  checked?: { kind: CheckKind; sourceId: string } | null;
  passwordHash: string | null;
  contact: Contact | null;
  /** The way in which a code was asked for last. */
  channel: 'sms' | 'mail' | 'wechat';
  /** Who the person is to the service account, when the code that was proved came in its chat. */
  openId: string | null;
};

type StoredDraft = Omit<RegistrationDraft, 'document'> & { document: StoredIdentity | null };

export type Registration = {
  id: string;
  status: RegistrationStatus;
  version: number;
  draft: RegistrationDraft;
  /** Of one that is not kept yet: its cookie, and what is kept of it. */
  begun?: { token: string; secretHash: string };
};

/** A registration that nobody finishes is forgotten after a day. */
export const registrationValidMs = 24 * 3_600_000;

export const codeBinding = ({ id }: Pick<Registration, 'id'>): Binding => ({
  purpose: 'registration.code',
  subject: id,
});

/** The link of the activation mail. */
export const activationLink = (id: string): LinkBinding => ({
  purpose: 'registration.link',
  subject: id,
});

const bearer = bearerKind('registration');

/** Another cookie of a registration, and the statement (in a list of one) that ends the one before. */
export async function moveToBrowser(ctx: Ctx, id: string) {
  const { token, secretHash } = await bearer.issue(ctx, id);
  const { db } = ctx;
  const statement = db
    .update(registrationTable)
    .set({ secretHash })
    .where(eq(registrationTable.id, id));
  return { token, statements: [statement] as const };
}

/** A statement that finds the registration of a cookie at the portal of the request: for a batch, or alone. */
export const registrationById = (ctx: Ctx, id: string) =>
  ctx.db
    .select()
    .from(registrationTable)
    .where(
      and(
        eq(registrationTable.id, id),
        eq(registrationTable.portal, ctx.portal.id),
        gt(registrationTable.expiresAtMs, ctx.now()),
      ),
    );

/** Opens a row for the holder of the secret. `null` for everybody else. */
export async function openRegistration(
  ctx: Ctx,
  row: typeof registrationTable.$inferSelect | undefined,
  secret: string,
): Promise<Registration | null> {
  if (row === undefined) return null;
  if (!(await bearer.isRight(ctx, row.id, secret, row.secretHash))) return null;
  return openDraft(ctx, row);
}

/** Opens a row for the system itself. */
export async function openDraft(
  ctx: Ctx,
  { id, status, version, draftSealed }: typeof registrationTable.$inferSelect,
): Promise<Registration> {
  const draft = await open<StoredDraft>(
    ctx,
    placeOf(registrationTable.draftSealed, id),
    draftSealed,
  );
  const document = draft.document && identityFrom(draft.document);
  return { id, status, version, draft: { ...draft, document } };
}

/**
 * The registration of a cookie, or `null` when none is on its way.
 *
 * @throws AppError page.superseded where the page shows another version
 */
export async function findRegistration(
  ctx: Ctx,
  token: string | null,
): Promise<Registration | null> {
  const split = splitToken(token);
  if (split === null) return null;
  const { id, secret, version } = split;
  const [row] = await registrationById(ctx, id);
  const registration = await openRegistration(ctx, row, secret);
  refuseUnless(registration === null || version === null || version === registration.version, {
    code: 'page.superseded',
  });
  return registration;
}

/** @throws AppError registration.not_started */
export async function loadRegistration(ctx: Ctx, token: string | null): Promise<Registration> {
  const registration = await findRegistration(ctx, token);
  refuseUnless(registration !== null, { code: 'registration.not_started' });
  return registration;
}

/** What a registration begins with. */
export const emptyDraft: RegistrationDraft = {
  document: null,
  consent: null,
  passwordHash: null,
  contact: null,
  channel: 'sms',
  openId: null,
};

/**
 * The registration of a cookie, or one that begins with this step (`begun`), where the portal's flow does.
 *
 * @throws AppError registration.not_started, page.superseded
 */
export async function findOrBegin(
  ctx: Ctx,
  token: string | null,
  step: StepId,
): Promise<Registration> {
  const found = await findRegistration(ctx, token);
  if (found !== null) return found;
  refuseUnless(ctx.portal.flows.register.steps[0] === step, { code: 'registration.not_started' });
  const { id, ...begun } = await bearer.issue(ctx);
  return { id, status: 'collecting', version: 0, draft: emptyDraft, begun };
}

/** The steps that are done. */
const doneSteps = ({ status, draft }: Pick<Registration, 'status' | 'draft'>): StepId[] => [
  ...(draft.document === null ? [] : (['document'] as const)),
  ...(draft.passwordHash === null ? [] : (['password'] as const)),
  ...(status === 'collecting' ? [] : (['contact'] as const)),
  ...(status === 'contact_proved' ? (['code'] as const) : []),
  // What was confirmed of the document still is once another contact is proved: it is not asked, and not counted, again.
  ...(draft.checked && status === 'contact_proved' ? (['verify'] as const) : []),
];

const statusOf = (done: readonly StepId[]): RegistrationStatus => {
  if (done.includes('code')) return 'contact_proved';
  return done.includes('contact') ? 'code_sent' : 'collecting';
};

/** The step where a registration goes on. */
export const stepOf = ({ portal }: Ctx, registration: Registration): StepId =>
  nextStep(portal.flows.register, doneSteps(registration));

/** @throws AppError registration.out_of_order where another step has to be done first */
export function requireStep({ portal }: Ctx, registration: Registration, id: StepId): void {
  const flow = portal.flows.register;
  const step = stepInstead(flow, id, nextStep(flow, doneSteps(registration)));
  if (step !== null) throw new AppError({ code: 'registration.out_of_order', step });
}

/** A guard that the registration is still as it was read. */
export const guardUnchanged = (ctx: Ctx, { id, version }: Registration) => {
  const same = ctx.db
    .select({ id: registrationTable.id })
    .from(registrationTable)
    .where(and(eq(registrationTable.id, id), eq(registrationTable.version, version)));
  return guard(ctx.db, sql`exists ${same}`, { code: 'request.stale' });
};

/** The statement (in a list of one) that keeps a registration until an instant at least. */
export const keepUntil = ({ db }: Pick<Ctx, 'db'>, { id }: Registration, untilMs: number) =>
  [
    db
      .update(registrationTable)
      .set({ expiresAtMs: sql`max(${registrationTable.expiresAtMs}, ${untilMs})` })
      .where(eq(registrationTable.id, id)),
  ] as const;

/**
 * The registration once a step is done, and the statements that store it, unless somebody else changed it since it was
 * read; the first step begins it. `isChanged` says that the answer has become another, which undoes more; `untilMs` until when a code lives that
 * the step has sent: a draft does not end before it.
 */
export async function saveStep(
  ctx: Ctx,
  registration: Registration,
  step: StepId,
  change: Partial<RegistrationDraft>,
  how: { isChanged?: boolean; untilMs?: number } = {},
) {
  requireStep(ctx, registration, step);
  const draft = { ...registration.draft, ...change };
  const done = doneAfter(doneSteps({ ...registration, draft }), step, how);
  if (!done.includes('password')) draft.passwordHash = null;
  const { id, version } = registration;
  const status = statusOf(done);
  const after: Registration = { id, status, version: version + 1, draft };
  const { untilMs = 0 } = how;
  const stored = {
    status,
    draftSealed: await seal(ctx, placeOf(registrationTable.draftSealed, id), draft),
    keyId: currentKeyId(ctx),
  };
  const { begun } = registration;
  const nowMs = ctx.now();
  const statements: readonly Batch[number][] =
    begun === undefined
      ? [
          guardUnchanged(ctx, registration),
          ctx.db
            .update(registrationTable)
            .set({
              ...stored,
              expiresAtMs: sql`max(${registrationTable.expiresAtMs}, ${untilMs})`,
              version: sql`${registrationTable.version} + 1`,
            })
            .where(eq(registrationTable.id, id)),
        ]
      : [
          ctx.db.insert(registrationTable).values({
            id,
            portal: ctx.portal.id,
            secretHash: begun.secretHash,
            ...stored,
            createdAtMs: nowMs,
            expiresAtMs: Math.max(nowMs + registrationValidMs, untilMs),
          }),
        ];
  return { after, statements };
}
