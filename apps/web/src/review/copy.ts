import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './review.zh.ts';

/** The words that all pages of a manual review share. */
export const reviewCopy = defineCopy(zh, () => import('./review.en.ts'));
