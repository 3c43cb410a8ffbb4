import type { Translated } from './define-copy.ts';
import type { zh } from './levels.zh.ts';

export const en: Translated<typeof zh> = {
  term: 'Level of verification',
  names: [
    'Level 0: nothing proved',
    'Level 1: contact proved',
    'Level 2: real-name information given',
    'Level 3: checked with authority data',
    'Level 4: the person compared',
  ],
  byReview: 'Level 3: approved by a manual review',
};
