import { disputeFields, groupCaseNumber } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatDay, formatInstant } from '../../copy/format.ts';
import { createForm } from '../../form/create-form.ts';
import { useNavigate, useParams } from '../../router/router.tsx';
import { ActionButton, createAction } from '../../ui/action.tsx';
import { Facts } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { Answers, AnswerText, noAnswer, parseAnswer } from '../answer-form.tsx';
import { askAgain, useAsked } from '../asked.ts';
import { FailureBox } from '../failure.tsx';
import { useHeartbeat } from '../heartbeat.ts';
import { useStaff } from '../session/staff.tsx';
import { disputesCopy as copy } from './disputes-copy.ts';

type View = Awaited<ReturnType<typeof api.dispute.view.query>>;
type Full = Awaited<ReturnType<typeof api.dispute.reveal.mutate>>;

/** S-REC-03: one dispute of the own school. */
export function DisputePage() {
  const { caseId } = useParams<{ caseId: string }>();
  const view = useAsked(
    () => ['dispute', caseId],
    () => api.dispute.view.query({ caseId }),
    { isRecorded: true },
  );
  return (
    <Reading read={view} title={copy().title}>
      {(data) => <Dispute view={data()} onChange={view.again} />}
    </Reading>
  );
}

function Dispute(props: { view: View; onChange(): Promise<unknown> }) {
  const staff = useStaff();
  const navigate = useNavigate();
  const { caseId } = props.view;
  const [full, setFull] = createSignal<Full>();
  const isOwn = () => props.view.status === 'waiting' && props.view.lease.isOwn;
  useHeartbeat(
    isOwn,
    () => api.dispute.heartbeat.mutate({ caseId }),
    () => void props.onChange(),
  );
  const acting = (act: () => Promise<unknown>) =>
    createAction(async () => {
      await act();
      await props.onChange();
    }, staff.on);
  const take = acting(() => api.dispute.take.mutate({ caseId }));
  const undo = acting(() => api.dispute.undo.mutate({ caseId }));
  const release = createAction(async () => {
    await api.dispute.release.mutate({ caseId });
    await askAgain('disputes');
    navigate('/disputes');
  }, staff.on);
  const reveal = createAction(async () => {
    const seen = await api.dispute.reveal.mutate({ caseId });
    setFull(seen);
  }, staff.on);
  const form = createForm({
    initial: noAnswer,
    validate: parseAnswer,
    async submit({ outcome, text }) {
      const { version } = props.view;
      const decided = { caseId, version, text, outcome: outcome as 'approve' | 'reject' };
      await api.dispute.decide.mutate(decided);
      await askAgain('disputes');
      await props.onChange();
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
    <Page title={groupCaseNumber(props.view.caseNumber)} backTo="/disputes" form={form} wide>
      <Facts
        rows={[
          { term: copy().school, value: props.view.school },
          { term: copy().status, value: copy().statuses[props.view.status] },
          { term: copy().due, value: formatDay(props.view.dueAtMs - 1) },
          { term: copy().reason, value: copy().reasons[props.view.statement.reason] },
          { term: copy().note, value: props.view.statement.note ?? '–' },
          {
            term: copy().report,
            value: props.view.report === null ? null : copy().reports[props.view.report],
          },
        ]}
      />
      <Comparison view={props.view} full={full()} />
      <Photos view={props.view} full={full()} />
      <div class="row">
        <ActionButton action={reveal}>{copy().reveal}</ActionButton>
        <Show when={props.view.status === 'waiting'}>
          <Show when={isOwn()} fallback={<ActionButton action={take}>{copy().take}</ActionButton>}>
            <button type="button" class="btn plain" onClick={() => void release.run()}>
              {copy().release}
            </button>
          </Show>
        </Show>
      </div>
      <FailureBox of={reveal.failure() ?? take.failure() ?? release.failure()} />
      <Answers of={props.view.decisions} outcomes={copy().outcomes} />
      <Show when={props.view.status === 'deciding' && props.view.settlesAtMs}>
        {(atMs) => (
          <>
            <p>{copy().undoNote(formatInstant(atMs()))}</p>
            <FailureBox of={undo.failure()} />
            <div class="row">
              <ActionButton action={undo}>{copy().undo}</ActionButton>
            </div>
          </>
        )}
      </Show>
      <Show when={isOwn()}>
        <FormBody of={form} class="stack narrow" submit={copy().answer}>
          <RadioCards
            field={form.field('outcome')}
            label={copy().outcome}
            options={(['approve', 'reject'] as const).map((value) => ({
              value,
              label: copy().outcomes[value],
            }))}
          />
          <AnswerText field={form.field('text')} label={copy().text} />
        </FormBody>
      </Show>
      <Trail view={props.view} />
    </Page>
  );
}

/** What the record says beside what the student says. */
function Comparison(props: { view: View; full: Full | undefined }) {
  const before = () => ({
    studentNumber: props.view.before.studentNumber,
    name: props.full?.name ?? props.view.before.maskedName,
    documentNumber: props.full?.documentNumber ?? props.view.before.maskedNumber,
  });
  const after = () => props.full?.value ?? props.view.statement.value ?? '';
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">{copy().item}</th>
          <th scope="col">{copy().before}</th>
          <th scope="col">{copy().after}</th>
        </tr>
      </thead>
      <tbody>
        <For each={disputeFields}>
          {(field) => (
            <tr>
              <th scope="row">{copy().fields[field]}</th>
              <td data-name={copy().before}>
                <Foreign>{before()[field]}</Foreign>
              </td>
              <td data-name={copy().after}>
                <Show
                  when={props.view.statement.field === field}
                  fallback={<span class="soft">{copy().same}</span>}
                >
                  <b>
                    <Foreign>{after()}</Foreign>
                  </b>
                </Show>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

function Photos(props: { view: View; full: Full | undefined }) {
  return (
    <div class="portraits">
      <For each={['admission', 'graduation', 'own'] as const}>
        {(which) => (
          <figure class="tight">
            <figcaption>{copy()[which]}</figcaption>
            <Show
              when={props.view.hasPhotos[which]}
              fallback={<p class="soft">{copy().noPhoto}</p>}
            >
              <Show
                when={props.full?.photos[which]}
                fallback={<p class="soft">{copy().notShown}</p>}
              >
                {(base64) => (
                  <img
                    src={`data:image/jpeg;base64,${base64()}`}
                    alt={copy()[which]}
                    width="180"
                    height="240"
                  />
                )}
              </Show>
            </Show>
          </figure>
        )}
      </For>
    </div>
  );
}

const actionOf = (action: string): string => {
  const words: Partial<Record<string, string>> = copy().actions;
  return words[action] ?? action;
};

function byOf({ by, isOwn }: View['trail'][number]): string {
  const words: Partial<Record<string, string>> = copy().by;
  return isOwn ? copy().self : (words[by] ?? by);
}

/** Who did what with this case: the audit of the own school. */
function Trail(props: { view: View }) {
  return (
    <section class="stack">
      <h2>{copy().trail}</h2>
      <ul>
        <For each={props.view.trail}>
          {(each) => (
            <li>
              {formatInstant(each.atMs)} · {byOf(each)} · {actionOf(each.action)}
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
