import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './credential.zh.ts';

export const credentialCopy = defineCopy(zh, () => import('./credential.en.ts'));
