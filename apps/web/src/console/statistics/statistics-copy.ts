import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './statistics.zh.ts';

/** The words of the statistics. */
export const statisticsCopy = defineCopy(zh, () => import('./statistics.en.ts'));
