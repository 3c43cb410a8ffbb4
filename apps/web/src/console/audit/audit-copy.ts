import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './audit.zh.ts';

/** The words of the audit trail. */
export const auditCopy = defineCopy(zh, () => import('./audit.en.ts'));
