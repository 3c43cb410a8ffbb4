import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './office.zh.ts';

export const officeCopy = defineCopy(zh, () => import('./office.en.ts'));
