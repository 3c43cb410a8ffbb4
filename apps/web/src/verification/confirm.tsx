import type { Correction } from '@shiming/domain';
import { Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { validityLine } from '../copy/documents.ts';
import { ActionFailure } from '../ui/action.tsx';
import { Facts, Note, Num } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './confirm.zh.ts';
import { verificationCopy } from './copy.ts';
import type { WholeNumber } from './number-rows.tsx';
import type { VerificationView } from './stage.ts';

const copy = defineCopy(zh, () => import('./confirm.en.ts'));

/** The interruption before each try (T-VER-02), with what will be sent. */
export function Confirm(props: {
  view: VerificationView;
  typed: Correction;
  onSure(): void;
  onBack(): void;
  number: WholeNumber;
}) {
  const { view } = props;
  return (
    <Page title={copy().confirmTitle}>
      <Note tone="warn">{copy().confirm(view.perDay, view.remainingToday, props.typed.name)}</Note>
      <section class="stack">
        <h2>{copy().sent}</h2>
        <Facts
          rows={[
            {
              term: verificationCopy().name,
              value: (
                <b>
                  <Foreign>{props.typed.name}</Foreign>
                </b>
              ),
            },
            ...props.number.rows(),
            {
              term: verificationCopy().validity,
              value: <Num>{validityLine(props.typed.validity)}</Num>,
            },
          ]}
        />
        <ActionFailure action={props.number.reveal} />
        <Show when={view.checks === 'travel_permit'}>
          <p class="soft">{copy().permitNotCompared}</p>
        </Show>
      </section>
      <div class="row">
        <button type="button" class="btn" onClick={() => props.onSure()}>
          {copy().confirmSubmit}
        </button>
        <button type="button" class="btn plain" onClick={() => props.onBack()}>
          {copy().confirmBack}
        </button>
      </div>
    </Page>
  );
}
