import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './authorisation.zh.ts';

export const authorisationCopy = defineCopy(zh, () => import('./authorisation.en.ts'));
