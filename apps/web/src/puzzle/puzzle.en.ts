import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './puzzle.zh.ts';

export const en: Translated<typeof zh> = {
  label: 'Drag to complete the picture',
  hint: 'Arrow keys move it, Enter confirms',
  picture: 'A picture with a piece missing',
  handle: 'Puzzle slider',
  moved: (percent) => `moved ${percent}%`,
  refresh: 'New picture',
  otherWay: 'Another way',
  backToPuzzle: 'Use the puzzle',
  loading: 'Getting the picture',
  checking: 'Checking',
  wrong: 'Not quite in place. Here is a new picture; try again.',
  expired: 'The check has expired. Do it again.',
  solved: 'Check passed',
  failed: 'The picture did not arrive. Try again.',
  retry: 'Try again',
  workLabel: 'A check without dragging',
  workHint:
    'This device does a calculation, usually in a few seconds. You do not need to do anything.',
  workStart: 'Start the check',
  working: (seconds) =>
    seconds < 1 ? 'Working it out, please wait' : `Working it out, please wait (${seconds} s)`,
  workFailed: 'The check did not finish. Try again or use the puzzle.',
};
