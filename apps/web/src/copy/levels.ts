import type { Level } from '@shiming/domain';
import { defineCopy } from './define-copy.ts';
import { zh } from './levels.zh.ts';

/** 实名等级 in one wording for every page. */
export const levelCopy = defineCopy(zh, () => import('./levels.en.ts'));

/** The name of a level, and how it was reached where a reviewer gave it. */
export const levelName = (level: Level, isByReview = false): string =>
  isByReview ? levelCopy().byReview : (levelCopy().names[level] ?? '');
