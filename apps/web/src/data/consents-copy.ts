import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './consents.zh.ts';

export const consentsCopy = defineCopy(zh, () => import('./consents.en.ts'));
