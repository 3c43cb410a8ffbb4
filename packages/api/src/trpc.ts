import {
  type AppErrorCode,
  type AppErrorData,
  appErrorIn,
  AppError,
  capabilities,
  type Capability,
  type FieldCode,
  mayStaff,
  refusals,
  type StaffPermission,
} from '@shiming/domain';
import { authenticateOrganisation } from '@shiming/services/organisation/session';
import { authenticate } from '@shiming/services/session/session';
import { authenticateStaff, sessionActor } from '@shiming/services/staff/session';
import { initTRPC, TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { ApiContext } from './context.ts';
import { refuseAnother } from './drawn-from.ts';

/** Whom a procedure is for: anybody, the holder of a session, an organisation that is signed in, staff who are signed in, or those with a permission. */
export type Access = 'everybody' | 'applicant' | 'organisation' | 'staff' | StaffPermission;

/**
 * What a procedure declares: how many database round trips it may make at most (more than two with a
 * reason in `testing/reasons.ts`), and with which codes it may refuse beside those that every procedure may. Tests hold it
 * to both.
 */
export type ProcedureMeta = {
  roundTrips: number;
  errors: readonly AppErrorCode[];
  /** Of what only some portals do: at the others it is refused with `request.not_found`, before its input is read. */
  at?: Capability;
  /** Declared by the procedure's own kind (`signedInProcedure`, …), never by hand. */
  access?: Access;
};

/** Every procedure may refuse with these. */
export const commonErrors: readonly AppErrorCode[] = [
  'internal.unexpected',
  'service.unavailable',
  'input.invalid',
  'page.superseded',
  'identity.required',
  'binding.required',
  'account.suspended',
  'account.closed',
];

/** The HTTP status of a refusal. */
export const statusOf = (code: AppErrorCode): number =>
  getHTTPStatusCodeFromError(new TRPCError({ code: refusals[code].status }));

/** What zod refused, by field: that a text is too long, or that its shape is another. Its own sentences are for nobody. */
function shapeRefusal(cause: unknown): AppErrorData | null {
  if (typeof cause !== 'object' || cause === null || !('issues' in cause)) return null;
  const issues = cause.issues as readonly { path?: readonly PropertyKey[]; message: string }[];
  const fields = issues.map(({ path, message }): [string, FieldCode] => [
    String(path?.[0] ?? ''),
    message === 'text.too_long' ? message : 'input.shape',
  ]);
  return { code: 'input.invalid', fields: Object.fromEntries(fields) };
}

/** The one translation of anything thrown into what the other side may know. */
function refusalOf(error: TRPCError, requestId: string): AppErrorData {
  const known = appErrorIn(error.cause);
  if (known !== null) return known.data;
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR') {
    return shapeRefusal(error.cause) ?? { code: 'input.invalid', fields: {} };
  }
  if (error.code === 'NOT_FOUND' || error.code === 'METHOD_NOT_SUPPORTED') {
    return { code: 'request.not_found' };
  }
  if (error.code === 'PAYLOAD_TOO_LARGE') return { code: 'request.too_large' };
  return { code: 'internal.unexpected', requestId };
}

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    // Not the browser's copy of this file: there is none.
    allowOutsideOfServer: true,
    errorFormatter: ({ shape, error, ctx }) => {
      const app = refusalOf(error, ctx?.ctx.requestId ?? '');
      return {
        code: shape.code,
        message: app.code,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, app },
      };
    },
  });

export const router = t.router;

/** Tells the outcome to the log, and gives every refusal the status that belongs to its code. */
const told = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) {
    ctx.report(path, 'ok', undefined);
    return result;
  }
  const app = refusalOf(result.error, ctx.ctx.requestId);
  const known = appErrorIn(result.error.cause);
  const isUnexpected = app.code === 'internal.unexpected';
  const note = known?.logNote ?? (isUnexpected ? faultOf(result.error.cause) : undefined);
  ctx.report(path, app.code, note);
  throw new TRPCError({
    code: refusals[app.code].status,
    message: app.code,
    cause: result.error.cause,
  });
});

/**
 * What of a fault may be logged: the kind of error and where in our code. Never its message: a database's
 * names the values it was given.
 */
export function faultOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'not an error';
  const calls = cause.stack?.replace(cause.message, '').split('\n');
  const at = calls?.find((line) => line.includes('    at ')) ?? '';
  const inner = cause.cause instanceof Error ? ` < ${cause.cause.name}` : '';
  return `${cause.name}${inner}${at}`;
}

/** Says whom the procedures of a kind are for; each adds the rest. */
const access = (who: Access) => ({ access: who }) as unknown as ProcedureMeta;

const offeredHere = t.middleware(({ ctx, meta, next }) => {
  if (meta?.at !== undefined && !capabilities[meta.at](ctx.ctx.portal)) {
    throw new AppError({ code: 'request.not_found' });
  }
  return next();
});

const procedure = t.procedure.use(told);

export const publicProcedure = procedure.meta(access('everybody')).use(offeredHere);

/** For the person who is signed in. The session says who; nothing in the input does. */
export const signedInProcedure = procedure
  .meta(access('applicant'))
  .use(async ({ ctx, next }) => {
    const signedIn = await authenticate(ctx.ctx, ctx.cookies.read('session'));
    if (signedIn === null) throw new AppError({ code: 'session.required' });
    refuseAnother(ctx.drawnFrom.account, signedIn.account.id);
    const actor = {
      type: 'applicant',
      accountId: signedIn.account.id,
      sessionId: signedIn.sessionId,
    } as const;
    return next({ ctx: { signedIn, ctx: { ...ctx.ctx, actor } } });
  })
  .use(offeredHere);

/** For the organisation that is signed in. */
export const organisationProcedure = procedure
  .meta(access('organisation'))
  .use(async ({ ctx, next }) => {
    const signedIn = await authenticateOrganisation(ctx.ctx, ctx.cookies.read('organisation'));
    if (signedIn === null) throw new AppError({ code: 'organisation.session_required' });
    return next({ ctx: { organisation: signedIn.organisation, ofOrganisation: signedIn } });
  })
  .use(offeredHere);

/**
 * For every member who is signed in to the console, whatever their role. Changes are signs of life; questions are not, since
 * a page that is left open asks by itself, so nobody stays signed in without doing anything.
 */
export const signedInStaffProcedure = procedure
  .meta(access('staff'))
  .use(async ({ ctx, type, next }) => {
    const staff = await authenticateStaff(ctx.ctx, ctx.cookies.read('staff'), {
      isSignOfLife: type === 'mutation',
    });
    if (staff === null) throw new AppError({ code: 'staff.session_required' });
    const actor = sessionActor(staff.member, staff.sessionId);
    return next({ ctx: { staff, ctx: { ...ctx.ctx, actor } } });
  });

/** For those of the staff whose role has this permission. */
export const staffProcedure = (permission: StaffPermission) =>
  signedInStaffProcedure.meta(access(permission)).use(({ ctx, next }) => {
    if (!mayStaff(ctx.staff.member.role, permission)) {
      throw new AppError({ code: 'staff.forbidden' });
    }
    return next();
  });

/** Seconds that a cookie may live: as long as what it opens. */
export const cookieSeconds = {
  session: 12 * 3600,
  // With a ticket for a window a draft lives longer than its day.
  registration: 15 * 24 * 3600,
  recovery: 30 * 60,
  ministry: 30 * 60,
  device: 180 * 24 * 3600,
  staff: 10 * 3600,
} as const;
