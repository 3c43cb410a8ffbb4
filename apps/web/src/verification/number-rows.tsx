import { groupNumber } from '@shiming/domain';
import { documents } from '../copy/documents.ts';
import type { Fact } from '../ui/blocks.tsx';
import { verificationCopy as copy } from './copy.ts';
import type { VerificationView } from './stage.ts';
import { Num } from '../ui/blocks.tsx';

/**
 * The number that the authority is asked about, and the document it stands on; masked, unless `full` is here. `action`
 * stands beside it.
 */
export function numberRows(view: VerificationView, full?: string, action?: Fact['action']): Fact[] {
  const shown = (masked: string | null) => (
    <Num>{full === undefined ? masked : groupNumber(full)}</Num>
  );
  const type = { term: copy().documentType, value: documents().types[view.documentType] };
  return view.checks === 'travel_permit'
    ? [
        type,
        {
          term: copy().travelPermitNumber,
          value: shown(view.maskedTravelPermitNumber),
          action,
        },
      ]
    : [type, { term: copy().number, value: shown(view.maskedNumber), action }];
}
