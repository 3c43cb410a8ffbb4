import type { PuzzlePurpose } from '@shiming/domain';

const purposes: readonly (readonly [RegExp, PuzzlePurpose])[] = [
  [/^registration\./, 'register'],
  [/^recovery\./, 'recover'],
  [/^(?:login|agency|face)\.|signIn$/, 'login'],
  [/^ticket\.|organisation\.begin$/, 'ticket'],
];

/** The puzzle that a procedure asks for, by the room that it is in. */
export const purposeOf = (path: string): PuzzlePurpose =>
  purposes.find(([is]) => is.test(path))?.[1] ?? 'contact';
