import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './agency.zh.ts';

export const agencyCopy = defineCopy(zh, () => import('./agency.en.ts'));
