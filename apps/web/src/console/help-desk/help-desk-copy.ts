import { type AccountField, accountFields, type CorrectionKind } from '@shiming/domain';
import { defineCopy } from '../../copy/define-copy.ts';
import { bilingual } from '../../portal.ts';
import { zh } from './help-desk.zh.ts';

/** The words of the help desk. */
export const helpDeskCopy = defineCopy(zh, () => import('./help-desk.en.ts'));

/** What a field of an account is called, or a correction. */
export const labelOf = (of: AccountField | CorrectionKind): string =>
  of === 'suspend' || of === 'restore' ? helpDeskCopy()[of] : bilingual(accountFields[of].label);
