import type { Correction } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { validityLine } from '../copy/documents.ts';
import type { On } from '../form/refusals.ts';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, Note, Num } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './confirm.zh.ts';
import { verificationCopy } from './copy.ts';
import { numberRows } from './number-rows.tsx';
import type { VerificationView } from './stage.ts';

const copy = defineCopy(zh, () => import('./confirm.en.ts'));

/** The interruption before each try (T-VER-02), with what will be sent. */
export function Confirm(props: {
  view: VerificationView;
  typed: Correction;
  onSure(): void;
  onBack(): void;
  /** Asks for the whole number, which is compared with the document; the look is recorded, and wants a proof. */
  onReveal(): Promise<{ number: string; travelPermitNumber: string | null }>;
  /** What its refusals do. */
  on: On;
}) {
  const { view } = props;
  const [full, setFull] = createSignal<string>();
  const reveal = createAction(async () => {
    const all = await props.onReveal();
    setFull((view.checks === 'travel_permit' ? all.travelPermitNumber : all.number) ?? undefined);
  }, props.on);
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
            ...numberRows(
              view,
              full(),
              <Show when={full() === undefined}>
                <button type="button" class="link" onClick={() => void reveal.run()}>
                  {copy().reveal}
                </button>
              </Show>,
            ),
            {
              term: verificationCopy().validity,
              value: <Num>{validityLine(props.typed.validity)}</Num>,
            },
          ]}
        />
        <ActionFailure action={reveal} />
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
