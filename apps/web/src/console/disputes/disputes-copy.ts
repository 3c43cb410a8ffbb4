import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './disputes.zh.ts';

export const disputesCopy = defineCopy(zh, () => import('./disputes.en.ts'));
