import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './services.zh.ts';
export const servicesCopy = defineCopy(zh, () => import('./services.en.ts'));
