import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './review-words.zh.ts';

/** What the queue, the screen of a case and the statistics call the same things by. */
export const reviewWords = defineCopy(zh, () => import('./review-words.en.ts'));
