import { isSlotOf, type Slot, slotsOf } from './kinds.ts';

/** The photos of a manual review. */
export const photoSides = slotsOf.manual_review;
export type PhotoSide = Slot<'manual_review'>;

export const isPhotoSide = (text: string): text is PhotoSide => isSlotOf('manual_review', text);
