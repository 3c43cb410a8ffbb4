import {
  type PhotoSide,
  photoSides,
  type CaseChannel,
  type CaseItem,
  type CaseTask,
} from '@shiming/domain';
import type { api } from '../api.ts';
import { reviewPath } from '../session/next.ts';
import { addressOf } from '../portal.ts';

/** Everything about a person's reviews, as `review.current` tells it. */
export type ReviewNow = Awaited<ReturnType<typeof api.review.current.query>>;
export type ReviewRequest = NonNullable<ReviewNow['request']>;
export type Photo = NonNullable<ReviewRequest['photos'][PhotoSide]>;

/** The tasks of a request in the order of the page (T-REV-01). */
export const tasks = ['answers', ...photoSides] as const satisfies readonly CaseTask[];

export const checkPath = `${reviewPath}/check`;
export const receiptPath = `${reviewPath}/receipt`;
export const taskPath = (task: CaseTask): string =>
  task === 'answers' ? `${reviewPath}/details` : `${reviewPath}/photos/${task}`;

/**
 * What the page of a review is about: that none is offered; the list of tasks; a request on its way; one that was
 * sent back; how the last one ended.
 */
export type ReviewStage = 'not_offered' | 'tasks' | 'waiting' | 'returned' | 'ended';

export function reviewStage({ request, last, isOffered }: ReviewNow): ReviewStage {
  if (request !== null) {
    if (request.status === 'draft') return 'tasks';
    return request.status === 'returned' ? 'returned' : 'waiting';
  }
  // A draft that was forgotten was nothing that ended.
  if (last !== null && last.caseNumber !== null) return 'ended';
  return isOffered ? 'tasks' : 'not_offered';
}

/** What has to be done before the request can be sent off, in the order of the page. */
export const missingOf = ({ request }: ReviewNow): readonly CaseTask[] =>
  tasks.filter((task) => request === null || request.missing.includes(task));

/** Whether a request was sent back for single items. */
export const isReturned = ({ request }: ReviewNow): boolean => request?.status === 'returned';

/** Whether the person may work on a task: all of a draft, and of what was sent back only what was asked for. */
export function mayChange({ request, isOffered }: ReviewNow, task: CaseTask): boolean {
  if (request === null) return isOffered;
  if (request.returned === null) return request.status === 'draft';
  return request.returned.some((item) => taskOf(item) === task);
}

/** The task that an item is corrected in; `null` for what is corrected elsewhere, or not at all. */
export function taskOf(item: CaseItem): CaseTask | null {
  if (item === 'name' || item === 'validity') return 'answers';
  return item === 'profile' || item === 'number' ? null : item;
}

/** Whether the profile is frozen: it is not while it was sent back to be corrected (T-CON-04a). */
export const isProfileFrozen = (now: ReviewNow): boolean =>
  isFrozen(now) && !(now.request?.returned?.includes('profile') ?? false);

/** Whether profile and verification are frozen (T-REV-04). */
export const isFrozen = ({ request }: ReviewNow): boolean =>
  request !== null && request.status !== 'draft';

/** The masked number or address at which an outcome is sent; empty where it stands on this site only. */
export const toldAt = ({ tellsAt }: Pick<ReviewNow, 'tellsAt'>, channel: CaseChannel): string =>
  channel === 'inbox' ? '' : (tellsAt[channel] ?? '');

/** How an outcome is announced: on this site where the contact that was chosen was never proved. */
export const tellingChannel = (
  { tellsAt }: Pick<ReviewNow, 'tellsAt'>,
  chosen: CaseChannel,
): CaseChannel => (chosen !== 'inbox' && tellsAt[chosen] === null ? 'inbox' : chosen);

/** Where a photo of one's own is to be had. */
export const photoAddress = ({ photoId }: Pick<Photo, 'photoId'>): string =>
  addressOf(`/photos/${photoId}`);
