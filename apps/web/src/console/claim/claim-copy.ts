import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './claim.zh.ts';

export const claimCopy = defineCopy(zh, () => import('./claim.en.ts'));
