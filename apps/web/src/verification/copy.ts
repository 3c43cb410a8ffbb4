import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './verification.zh.ts';

export const verificationCopy = defineCopy(zh, () => import('./verification.en.ts'));
