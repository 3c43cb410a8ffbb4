import {
  type CaseOutcome,
  caseOutcomes,
  groupCaseNumber,
  parseTicketText,
  slotsOf,
  ticketTextMaxLength,
} from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatDay, formatInstant } from '../../copy/format.ts';
import { createForm } from '../../form/create-form.ts';
import { A, useNavigate, useParams } from '../../router/router.tsx';
import { ActionButton, createAction } from '../../ui/action.tsx';
import { Facts, Note } from '../../ui/blocks.tsx';
import { Checkbox, RadioCards } from '../../ui/choices.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { askAgain, useAsked } from '../asked.ts';
import { fetchSealed, openPhoto } from '../case/photos.ts';
import { FailureBox } from '../failure.tsx';
import { accountPath } from '../paths.ts';
import { useStaff } from '../session/staff.tsx';
import { helpDeskCopy as copy } from './help-desk-copy.ts';

type View = Awaited<ReturnType<typeof api.helpDesk.ticket.query>>;
type Full = Awaited<ReturnType<typeof api.helpDesk.revealTicket.mutate>>;

/** What is masked until it was revealed. */
const shown = (masked: string | null, whole: string | null | undefined) => (
  <span class="num">
    <Foreign>{whole ?? masked ?? '–'}</Foreign>
  </span>
);

/** T-CON-08a: one ticket. It is taken when the page is opened, so that one member of staff works on it. */
export function TicketPage() {
  const { caseId } = useParams<{ caseId: string }>();
  const ticket = useAsked(
    () => ['ticket', caseId],
    async () => {
      await api.desk.take.mutate({ caseId });
      return api.helpDesk.ticket.query({ caseId });
    },
    { isRecorded: true },
  );
  return (
    <Reading read={ticket}>{(view) => <Ticket view={view()} onChange={ticket.again} />}</Reading>
  );
}

function Ticket(props: { view: View; onChange(): Promise<unknown> }) {
  const staff = useStaff();
  const navigate = useNavigate();
  const { caseId } = props.view;
  const [full, setFull] = createSignal<Full>();
  const [photos, setPhotos] = createSignal<readonly ImageBitmap[]>([]);
  const reveal = createAction(async () => {
    const seen = await api.helpDesk.revealTicket.mutate({ caseId });
    setFull(seen);
    const opened = slotsOf.ticket.map(async (slot) => {
      const key = seen.photoKeys[slot];
      const sealed = key === null ? null : await fetchSealed(caseId, slot);
      return key === null || sealed === null
        ? []
        : [await openPhoto(sealed, key, `${caseId}/${slot}`)];
    });
    setPhotos((await Promise.all(opened)).flat());
  }, staff.on);
  const form = createForm({
    initial: { outcome: '', text: '', freesNumber: false },
    validate: ({ outcome, text }) => {
      const parsed = parseTicketText(text);
      return outcome !== '' && parsed.ok
        ? { ok: true }
        : {
            ok: false,
            fields: {
              ...(outcome === '' ? { outcome: 'decision_reasons.missing' as const } : {}),
              ...(parsed.ok ? {} : { text: parsed.code }),
            },
          };
    },
    async submit({ outcome, ...typed }) {
      const { version } = props.view;
      const decided = { ...typed, caseId, version, outcome: outcome as CaseOutcome };
      await api.helpDesk.decideTicket.mutate(decided);
      await askAgain('help-desk');
      navigate('/help-desk');
    },
    on: {
      ...staff.on,
      'request.stale': async (failure) => {
        await props.onChange();
        return failure;
      },
    },
  });
  return (
    <Page title={groupCaseNumber(props.view.caseNumber)} backTo="/help-desk" form={form} wide>
      <Facts
        rows={[
          { term: copy().ticketTopic, value: copy().topics[props.view.topic] },
          { term: copy().ticketColumns.due, value: formatDay(props.view.dueAtMs) },
          { term: copy().items.name, value: shown(props.view.maskedName, full()?.name) },
          { term: copy().items.number, value: shown(props.view.maskedNumber, full()?.number) },
          { term: copy().items.email, value: shown(props.view.maskedEmail, full()?.email) },
        ]}
      />
      <p>
        <Foreign>{props.view.text}</Foreign>
      </p>
      <For each={props.view.replies}>
        {(reply) => (
          <p>
            <span class="soft num">{formatInstant(reply.atMs)} </span>
            <Foreign>{reply.text}</Foreign>
          </p>
        )}
      </For>
      <For each={props.view.decisions}>
        {(each) => (
          <Note>
            <p>
              <Foreign>{each.byName}</Foreign> · {copy().outcomes[each.outcome]} ·{' '}
              <span class="num">{formatInstant(each.decidedAtMs)}</span>
            </p>
            <p>
              <Foreign>{each.text}</Foreign>
            </p>
          </Note>
        )}
      </For>
      <div class="row">
        <ActionButton action={reveal}>{copy().revealTicket}</ActionButton>
        <Show when={props.view.accountId}>
          {(accountId) => <A href={accountPath(accountId())}>{copy().toAccount}</A>}
        </Show>
      </div>
      <FailureBox of={reveal.failure()} />
      <For each={photos()}>
        {(bitmap) => (
          <canvas
            role="img"
            aria-label={copy().ticketPhoto}
            width={bitmap.width}
            height={bitmap.height}
            style={{ 'max-width': '100%', height: 'auto' }}
            ref={(canvas) => canvas.getContext('2d')?.drawImage(bitmap, 0, 0)}
          />
        )}
      </For>
      <Show when={props.view.flags.includes('frees_number')}>
        <Note tone="warn">
          <p>{copy().freesNumber}</p>
        </Note>
      </Show>
      <FormBody of={form} class="stack narrow" submit={copy().answerTicket}>
        <RadioCards
          field={form.field('outcome')}
          label={copy().outcome}
          options={caseOutcomes.map((value) => ({ value, label: copy().outcomes[value] }))}
        />
        <Show when={props.view.canFree && props.view.stage === 'first'}>
          <Checkbox field={form.field('freesNumber')} label={copy().freesNumber} />
        </Show>
        <TextArea
          field={form.field('text')}
          label={copy().answerText}
          maxLength={ticketTextMaxLength}
          count={(used) => `${used} / ${ticketTextMaxLength}`}
          over={(by) => `+${by}`}
        />
      </FormBody>
    </Page>
  );
}
