import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './review.zh.ts';

/** The words of the last step and of what comes of it. */
export const reviewCopy = defineCopy(zh, () => import('./review.en.ts'));
