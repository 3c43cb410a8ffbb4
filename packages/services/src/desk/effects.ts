import type { CaseKind } from '@shiming/domain';
import type { Effect } from '../cases/effect.ts';
import { disputeEffect } from '../photo-check/outcome.ts';
import { reviewEffect } from '../review/outcome.ts';
import { letterEffect } from '../organisation/letter.ts';
import { numberClaimEffect } from '../claim/case.ts';
import { ticketEffect } from '../ticket/outcome.ts';

/** What each kind of case does when a transition takes effect. */
export const effects: Readonly<Record<CaseKind, Effect>> = {
  manual_review: reviewEffect,
  ticket: ticketEffect,
  record_dispute: disputeEffect,
  organisation_letter: letterEffect,
  number_claim: numberClaimEffect,
};
