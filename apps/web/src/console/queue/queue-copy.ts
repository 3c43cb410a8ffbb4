import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './queue.zh.ts';

/** The words of the queue. What it shares with the screen of a case are that one's. */
export const queueCopy = defineCopy(zh, () => import('./queue.en.ts'));
