import { groupNumber } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { documents } from '../copy/documents.ts';
import type { On } from '../form/refusals.ts';
import { createAction } from '../ui/action.tsx';
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

/**
 * The same with a button for the whole number, which is what the document is compared with; the look is recorded, and
 * wants a proof. `on` says what its refusals do.
 */
export function createWholeNumber(view: () => VerificationView, on: On) {
  const [full, setFull] = createSignal<string>();
  const reveal = createAction(async () => {
    const { number, travelPermitNumber } = await api.profile.reveal.mutate();
    setFull((view().checks === 'travel_permit' ? travelPermitNumber : number) ?? undefined);
  }, on);
  const rows = () =>
    numberRows(
      view(),
      full(),
      <Show when={full() === undefined}>
        <button type="button" class="link" onClick={() => void reveal.run()}>
          {copy().reveal}
        </button>
      </Show>,
    );
  return { rows, reveal };
}

export type WholeNumber = ReturnType<typeof createWholeNumber>;
