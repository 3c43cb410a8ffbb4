import {
  type CaseOutcome,
  type HelpDeskReason,
  caseOutcomes,
  groupCaseNumber,
  type Slot,
  slotsOf,
} from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatDay, formatInstant } from '../../copy/format.ts';
import { createForm } from '../../form/create-form.ts';
import { A, useNavigate, useParams } from '../../router/router.tsx';
import { type Action, ActionButton, createAction } from '../../ui/action.tsx';
import { Facts, Note, Num } from '../../ui/blocks.tsx';
import { Checkbox, RadioCards } from '../../ui/choices.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { Answers, AnswerText, noAnswer, parseAnswer } from '../answer-form.tsx';
import { askAgain, useAsked } from '../asked.ts';
import { fetchSealed, openPhoto } from '../case/photos.ts';
import { Evidence } from '../evidence.tsx';
import { FailureBox } from '../failure.tsx';
import { useHeartbeat } from '../heartbeat.ts';
import { accountPath } from '../paths.ts';
import { useKeys } from '../keys.ts';
import { reviewWords } from '../review-words.ts';
import { useStaff } from '../session/staff.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { beginCorrection } from './correction-form.tsx';
import { helpDeskCopy as copy, labelOf } from './help-desk-copy.ts';

type View = Awaited<ReturnType<typeof api.helpDesk.ticket.mutate>>;
type Full = Awaited<ReturnType<typeof api.helpDesk.revealTicket.mutate>>;

/** What is masked until it was revealed. */
const shown = (masked: string | null, whole: string | null | undefined) => (
  <span class="num">
    <Foreign>{whole ?? masked ?? '–'}</Foreign>
  </span>
);

/** T-CON-08a: one ticket. Who may look at it without working on it sees it; everybody else takes it first. */
export function TicketPage() {
  const { caseId } = useParams<{ caseId: string }>();
  const staff = useStaff();
  const navigate = useNavigate();
  /** Why it is read although it has ended. */
  const [look, setLook] = createSignal<{ reason: HelpDeskReason; note: string }>();
  const ticket = useAsked(
    () => ['ticket', caseId],
    () => api.helpDesk.ticket.mutate({ caseId, look: look() }),
    { isRecorded: true },
  );
  const isEnded = () => ticket.data() === undefined && ticket.failure()?.code === 'desk.closed';
  const take = createAction(async () => {
    await api.desk.take.mutate({ caseId });
    await ticket.again();
  }, staff.on);
  return (
    <Show
      when={ticket.data() === undefined && ticket.failure()?.code === 'desk.not_holder'}
      fallback={
        <Show
          when={isEnded()}
          fallback={
            <Reading read={ticket} title={copy().ticket}>
              {(view) => <Ticket view={view()} take={take} onChange={ticket.again} />}
            </Reading>
          }
        >
          <RevealDialog
            title={copy().endedTicket}
            onCancel={() => navigate('/help-desk')}
            onReason={async (why) => {
              setLook(why);
              await ticket.again();
            }}
          />
        </Show>
      }
    >
      <Page title={copy().ticket} lead={copy().untaken} backTo="/help-desk">
        <FailureBox of={take.failure()} />
        <div class="row">
          <ActionButton action={take}>{copy().takeTicket}</ActionButton>
        </div>
      </Page>
    </Show>
  );
}

/** The letter of an organisation and its second evidence have names of their own. */
function photoLabel(slot: Slot): string {
  const { ticketPhoto, letterPhotos } = copy();
  return slot === 'letter' || slot === 'evidence' ? letterPhotos[slot] : ticketPhoto;
}

function Ticket(props: { view: View; take: Action; onChange(): Promise<unknown> }) {
  const staff = useStaff();
  const navigate = useNavigate();
  const { caseId } = props.view;
  const [full, setFull] = createSignal<Full>();
  const [photos, setPhotos] = createSignal<readonly { slot: Slot; bitmap: ImageBitmap }[]>([]);
  const isOpen = () => props.view.status === 'waiting';
  /** The version at which it turned out to be held no longer; taking it again makes another. */
  const [lostAt, setLostAt] = createSignal<number>();
  const isOwn = () => props.view.lease.isOwn && lostAt() !== props.view.version;
  const lose = () => void setLostAt(props.view.version);
  useHeartbeat(
    () => isOpen() && isOwn(),
    () => api.desk.heartbeat.mutate({ caseId }),
    lose,
  );
  const leave = async () => {
    await askAgain('help-desk');
    navigate('/help-desk');
  };
  const release = createAction(async () => {
    await api.desk.release.mutate({ caseId });
    await leave();
  }, staff.on);
  const reveal = createAction(async () => {
    const seen = await api.helpDesk.revealTicket.mutate({ caseId });
    setFull(seen);
    const opened = slotsOf[props.view.kind].map(async (slot: Slot) => {
      const key = seen.photoKeys[slot as keyof typeof seen.photoKeys];
      const sealed = key === null ? null : await fetchSealed(caseId, slot);
      return key === null || sealed === null
        ? []
        : [{ slot, bitmap: await openPhoto(sealed, key, `${caseId}/${slot}`) }];
    });
    setPhotos((await Promise.all(opened)).flat());
  }, staff.on);
  const form = createForm({
    initial: { ...noAnswer, freesNumber: false, isTelephoned: false },
    validate: (typed) => parseAnswer(typed),
    async submit({ outcome, ...typed }) {
      const { version } = props.view;
      const decided = { ...typed, caseId, version, outcome: outcome as CaseOutcome };
      await api.helpDesk.decideTicket.mutate(decided);
      await leave();
    },
    on: {
      ...staff.on,
      'desk.not_holder'(failure) {
        lose();
        return failure;
      },
      'request.stale': async (failure) => {
        await props.onChange();
        return failure;
      },
    },
  });
  const chooses = (outcome: CaseOutcome, key: string) => ({
    key,
    label: copy().outcomes[outcome],
    run: () => form.field('outcome').set(outcome),
  });
  useKeys({
    title: () => copy().ticket,
    keys: () => [
      { key: 's', label: copy().revealTicket, run: () => void reveal.run() },
      ...(isOpen() && isOwn()
        ? [
            ...caseOutcomes.map((outcome, index) => chooses(outcome, String(index + 1))),
            { key: 'u', label: copy().releaseTicket, run: () => void release.run() },
          ]
        : isOpen()
          ? [{ key: 'c', label: copy().takeTicket, run: () => void props.take.run() }]
          : []),
    ],
  });
  return (
    <Page title={groupCaseNumber(props.view.caseNumber)} backTo="/help-desk" form={form} wide>
      <Facts
        rows={[
          ...(props.view.organisation === null
            ? [{ term: copy().ticketTopic, value: copy().topics[props.view.topic] }]
            : [
                {
                  term: copy().organisation,
                  value: <Foreign>{props.view.organisation.name}</Foreign>,
                },
                { term: copy().organisationCode, value: <Num>{props.view.organisation.code}</Num> },
                {
                  term: labelOf('mobile'),
                  value: shown(props.view.organisation.maskedMobile, full()?.mobile),
                },
              ]),
          { term: copy().ticketStatus, value: copy().ticketStatuses[props.view.status] },
          { term: copy().ticketColumns.due, value: formatDay(props.view.dueAtMs - 1) },
          { term: labelOf('name'), value: shown(props.view.maskedName, full()?.name) },
          // A letter is about an organisation, whose contact person gives none.
          ...(props.view.organisation === null
            ? [{ term: labelOf('number'), value: shown(props.view.maskedNumber, full()?.number) }]
            : []),
          { term: labelOf('email'), value: shown(props.view.maskedEmail, full()?.email) },
          ...(props.view.correction === null
            ? []
            : [
                {
                  term: copy().asksCorrection(labelOf(props.view.correction.field)),
                  value: shown(props.view.correction.masked, full()?.correction?.value),
                },
              ]),
          { term: copy().ticketText, value: props.view.text },
        ]}
      />
      <For each={props.view.replies}>
        {(reply) => (
          <p>
            <span class="soft num">{formatInstant(reply.atMs)} </span>
            <Foreign>{reply.text}</Foreign>
          </p>
        )}
      </For>
      <Answers of={props.view.decisions} outcomes={copy().outcomes} />
      <div class="row">
        <ActionButton action={reveal}>{copy().revealTicket}</ActionButton>
        <Show when={isOpen()}>
          <Show
            when={isOwn()}
            fallback={<ActionButton action={props.take}>{copy().takeTicket}</ActionButton>}
          >
            <button type="button" class="btn plain" onClick={() => void release.run()}>
              {copy().releaseTicket}
            </button>
          </Show>
        </Show>
        <Show when={props.view.accountId}>
          {(accountId) => (
            <>
              <A href={accountPath(accountId())}>{copy().toAccount}</A>
              <Show when={full()?.correction}>
                {(asked) => (
                  <button
                    type="button"
                    class="link"
                    onClick={() => {
                      beginCorrection(accountId(), {
                        kind: asked().field,
                        value: asked().value,
                        evidence: copy().ofTicket(groupCaseNumber(props.view.caseNumber)),
                      });
                      navigate(accountPath(accountId()));
                    }}
                  >
                    {copy().toCorrection}
                  </button>
                )}
              </Show>
            </>
          )}
        </Show>
      </div>
      <FailureBox of={reveal.failure() ?? props.take.failure() ?? release.failure()} />
      <For each={photos()}>
        {({ slot, bitmap }) => <Evidence of={bitmap} label={photoLabel(slot)} />}
      </For>
      <Show when={props.view.organisation}>
        <Note tone={props.view.isEmailProved ? 'ok' : 'warn'}>
          <p>{props.view.isEmailProved ? copy().emailProved : copy().emailNotProved}</p>
        </Note>
        <Show when={props.view.telephonedAtMs}>
          {(atMs) => <p>{copy().telephoned(formatInstant(atMs()))}</p>}
        </Show>
        <For each={props.view.flags}>
          {(flag) => (
            <Note tone="warn">
              <p>{reviewWords().flags[flag]}</p>
            </Note>
          )}
        </For>
      </Show>
      <Show when={props.view.flags.includes('frees_number')}>
        <Note tone="warn">
          <p>{copy().freesNumber}</p>
        </Note>
      </Show>
      <Show when={isOpen() && isOwn()}>
        <FormBody of={form} class="stack narrow" submit={copy().answerTicket}>
          <RadioCards
            field={form.field('outcome')}
            label={copy().outcome}
            options={caseOutcomes.map((value) => ({ value, label: copy().outcomes[value] }))}
          />
          <Show when={props.view.canFree && props.view.stage === 'first'}>
            <Checkbox field={form.field('freesNumber')} label={copy().freesNumber} />
          </Show>
          <AnswerText field={form.field('text')} label={copy().answerText} />
          <Show when={props.view.organisation}>
            <Checkbox field={form.field('isTelephoned')} label={copy().isTelephoned} />
          </Show>
        </FormBody>
      </Show>
    </Page>
  );
}
