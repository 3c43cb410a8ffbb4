import {
  AppError,
  type AppErrorData,
  appErrorIn,
  caseKinds,
  isPhotoSide,
  isSlotOf,
  mayStaff,
  type Slot,
} from '@shiming/domain';
import { submitNumberClaim } from '@shiming/services/claim/submit';
import { viewCasePhoto } from '@shiming/services/desk/reveal';
import { savePhotoByLink } from '@shiming/services/review/hand-off';
import { viewPhoto } from '@shiming/services/review/photo';
import { type PhotoView, savePhoto } from '@shiming/services/review/save-photo';
import { authenticate, type SignedIn } from '@shiming/services/session/session';
import { authenticateStaff, sessionActor } from '@shiming/services/staff/session';
import { addTicketFile } from '@shiming/services/ticket/files';
import type { ApiContext } from './context.ts';
import { refuseAnother } from './drawn-from.ts';
import { faultOf, statusOf } from './trpc.ts';

/** What came of it: a value, or a refusal with the status that belongs to it. */
export type PhotoAnswer<T> =
  | { ok: true; value: T }
  | { ok: false; status: number; app: AppErrorData };

/** Does the work and tells the outcome to the log, as every procedure does. */
async function answered<T>(
  context: ApiContext,
  name: string,
  work: () => Promise<T>,
): Promise<PhotoAnswer<T>> {
  try {
    const value = await work();
    context.report(name, 'ok', undefined);
    return { ok: true, value };
  } catch (error) {
    const known = appErrorIn(error);
    const app: AppErrorData = known?.data ?? {
      code: 'internal.unexpected',
      requestId: context.ctx.requestId,
    };
    context.report(name, app.code, known === null ? faultOf(error) : known.logNote);
    return { ok: false, status: statusOf(app.code), app };
  }
}

/** For the person who is signed in, as `signedInProcedure` is. */
const asApplicant = <T>(
  context: ApiContext,
  name: string,
  work: (ctx: ApiContext['ctx'], signedIn: SignedIn) => Promise<T>,
): Promise<PhotoAnswer<T>> =>
  answered(context, name, async () => {
    const { ctx, cookies } = context;
    const signedIn = await authenticate(ctx, cookies.read('session'));
    if (signedIn === null) throw new AppError({ code: 'session.required' });
    const { account, sessionId } = signedIn;
    refuseAnother(context.drawnFrom.account, account.id);
    const actor = { type: 'applicant', accountId: account.id, sessionId } as const;
    return work({ ...ctx, actor }, signedIn);
  });

/** Takes the bytes of a photo for a side of the request. */
export const putPhoto = (
  context: ApiContext,
  side: string,
  file: Uint8Array,
): Promise<PhotoAnswer<PhotoView>> =>
  asApplicant(context, 'photo.put', (ctx, signedIn) => {
    if (!isPhotoSide(side)) throw new AppError({ code: 'request.not_found' });
    return savePhoto(ctx, signedIn, { side, file });
  });

/** Takes the bytes of a photo from a phone that holds the link for it, and nothing else. */
export const putPhotoByLink = (
  context: ApiContext,
  link: string,
  file: Uint8Array,
): Promise<PhotoAnswer<unknown>> =>
  answered(context, 'photo.put_by_link', () => savePhotoByLink(context.ctx, { link, file }));

/** Takes the bytes of the photo with which the person who is signed in sends off a claim on a number. */
export const putClaimPhoto = (
  context: ApiContext,
  file: Uint8Array,
  agrees: boolean,
): Promise<PhotoAnswer<unknown>> =>
  asApplicant(context, 'claim.submit', (ctx, signedIn) =>
    submitNumberClaim(ctx, signedIn, { file, agrees }),
  );

/**
 * Takes the bytes of a file for a ticket from anybody who has its number and its code, with a dot between them. `agrees`:
 * they consent to photos with it.
 */
export const putTicketFile = (
  context: ApiContext,
  key: string,
  file: Uint8Array,
  agrees: boolean,
): Promise<PhotoAnswer<unknown>> =>
  answered(context, 'ticket.file', () => {
    const [number = '', code = ''] = key.split('.');
    return addTicketFile(context.ctx, { number, code }, file, { agrees });
  });

/** Answers the JPEG of a photo of one's own; somebody else's is as if it were not there. */
export const getPhoto = (context: ApiContext, photoId: string): Promise<PhotoAnswer<Uint8Array>> =>
  asApplicant(context, 'photo.get', (ctx, signedIn) => viewPhoto(ctx, signedIn, { photoId }));

/** Answers the sealed JPEG in a slot of a case; one that is not for this member of staff is as if it were not there. */
export const getCasePhoto = (
  context: ApiContext,
  caseId: string,
  slot: string,
): Promise<PhotoAnswer<Uint8Array>> =>
  answered(context, 'desk.photo', async () => {
    const { ctx, cookies } = context;
    const staff = await authenticateStaff(ctx, cookies.read('staff'), { isSignOfLife: false });
    if (staff === null) throw new AppError({ code: 'staff.session_required' });
    const isKnown = caseKinds.some((kind) => isSlotOf(kind, slot));
    if (!isKnown || !mayStaff(staff.member.role, 'review.decide')) {
      throw new AppError({ code: 'request.not_found' });
    }
    const actor = sessionActor(staff.member, staff.sessionId);
    return viewCasePhoto({ ...ctx, actor }, staff, { caseId, slot: slot as Slot });
  });
