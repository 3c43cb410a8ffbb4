import { documents } from '../copy/documents.ts';
import type { Fact } from '../ui/blocks.tsx';
import { verificationCopy as copy } from './copy.ts';
import type { VerificationView } from './stage.ts';

/** The number that the authority is asked about, and the document it stands on. */
export function numberRows(view: VerificationView): Fact[] {
  const type = { term: copy().documentType, value: documents().types[view.documentType] };
  return view.checks === 'travel_permit'
    ? [
        type,
        {
          term: copy().travelPermitNumber,
          value: <span class="num">{view.maskedTravelPermitNumber}</span>,
        },
      ]
    : [type, { term: copy().number, value: <span class="num">{view.maskedNumber}</span> }];
}
