import { type CaseOutcome, caseOutcomes, groupCaseNumber } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { documents, validityLine } from '../../copy/documents.ts';
import { formatDay, formatInstant } from '../../copy/format.ts';
import { levelName } from '../../copy/levels.ts';
import { createForm } from '../../form/create-form.ts';
import { bilingual } from '../../portal.ts';
import { useNavigate, useParams } from '../../router/router.tsx';
import { type Action, ActionButton, createAction } from '../../ui/action.tsx';
import { Facts, Note, Num } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { AnswerText, noAnswer, parseAnswer } from '../answer-form.tsx';
import { askAgain, useAsked } from '../asked.ts';
import { fetchSealed, openPhoto } from '../case/photos.ts';
import { Evidence } from '../evidence.tsx';
import { FailureBox } from '../failure.tsx';
import { useHeartbeat } from '../heartbeat.ts';
import { useStaff } from '../session/staff.tsx';
import { claimCopy as copy } from './claim-copy.ts';

type View = Awaited<ReturnType<typeof api.desk.claim.query>>;
type Side = View['claimant'];

/** S-DUP-03: one claim on a document number. A member of staff who does not hold it takes it first. */
export function ClaimCase() {
  const { caseId } = useParams<{ caseId: string }>();
  const staff = useStaff();
  const claim = useAsked(
    () => ['claim', caseId],
    () => api.desk.claim.query({ caseId }),
    { isRecorded: true },
  );
  const take = createAction(async () => {
    await api.desk.take.mutate({ caseId });
    await claim.again();
  }, staff.on);
  return (
    <Show
      when={claim.data() === undefined && claim.failure()?.code === 'desk.not_holder'}
      fallback={
        <Reading read={claim} title={copy().title}>
          {(view) => <Claim view={view()} take={take} onChange={claim.again} />}
        </Reading>
      }
    >
      <Page title={copy().title} lead={copy().untaken} backTo="/claims">
        <FailureBox of={take.failure()} />
        <div class="row">
          <ActionButton action={take}>{copy().take}</ActionButton>
        </div>
      </Page>
    </Show>
  );
}

function Claim(props: { view: View; take: Action; onChange(): Promise<unknown> }) {
  const staff = useStaff();
  const navigate = useNavigate();
  const { caseId } = props.view;
  const [number, setNumber] = createSignal<string>();
  const [photo, setPhoto] = createSignal<ImageBitmap>();
  const isMine = () => props.view.status === 'waiting' && props.view.lease.isOwn;
  useHeartbeat(
    isMine,
    () => api.desk.heartbeat.mutate({ caseId }),
    () => void props.onChange(),
  );
  const leave = async () => {
    await askAgain('claims');
    navigate('/claims');
  };
  const release = createAction(async () => {
    await api.desk.release.mutate({ caseId });
    await leave();
  }, staff.on);
  const reveal = createAction(async () => {
    const seen = await api.desk.revealClaim.mutate({ caseId });
    setNumber(seen.number);
    const key = seen.photoKeys.holding;
    const sealed = key === null ? null : await fetchSealed(caseId, 'holding');
    if (key !== null && sealed !== null) {
      setPhoto(await openPhoto(sealed, key, `${caseId}/holding`));
    }
  }, staff.on);
  const form = createForm({
    initial: noAnswer,
    validate: parseAnswer,
    async submit({ outcome, text }) {
      const { version } = props.view;
      const decided = { caseId, version, outcome: outcome as CaseOutcome, text };
      await api.desk.decideClaim.mutate(decided);
      await leave();
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
    <Page title={groupCaseNumber(props.view.caseNumber)} backTo="/claims" form={form} wide>
      <p>
        {copy().stages[props.view.stage]} · {copy().due(formatDay(props.view.dueAtMs - 1))}
      </p>
      <Note tone={props.view.objectedAtMs === null ? 'info' : 'warn'}>{objection(props.view)}</Note>
      <Show when={props.view.vouchedAtMs}>
        {(atMs) => <Note>{copy().vouched(formatInstant(atMs()))}</Note>}
      </Show>
      <Sides view={props.view} number={number()} />
      <div class="row">
        <ActionButton action={reveal}>{copy().reveal}</ActionButton>
        <Show when={props.view.status === 'waiting'}>
          <Show
            when={isMine()}
            fallback={<ActionButton action={props.take}>{copy().take}</ActionButton>}
          >
            <button type="button" class="btn plain" onClick={() => void release.run()}>
              {copy().release}
            </button>
          </Show>
        </Show>
      </div>
      <FailureBox of={reveal.failure() ?? props.take.failure() ?? release.failure()} />
      <Show when={photo()}>{(bitmap) => <Evidence of={bitmap()} label={copy().photo} />}</Show>
      <Show when={isMine()}>
        <FormBody of={form} class="stack narrow" submit={copy().decide}>
          <RadioCards
            field={form.field('outcome')}
            label={copy().outcome}
            options={caseOutcomes.map((value) => ({
              value,
              label: copy().outcomes[value],
              note: copy().outcomeNotes[value],
            }))}
          />
          <AnswerText field={form.field('text')} label={copy().text} />
        </FormBody>
      </Show>
    </Page>
  );
}

function objection({ objectedAtMs, objectUntilMs }: View): string {
  if (objectedAtMs !== null) return copy().objected(formatInstant(objectedAtMs));
  return copy().mayObject(formatInstant(objectUntilMs ?? 0));
}

/** What of an account is compared, in words. */
const rowsOf = (side: Side): Record<keyof ReturnType<typeof copy>['rows'], string> => {
  const { proved: by, profile } = side;
  const { accountStatuses, provedContact, notProved, nothing: none } = copy();
  const contact = (masked: string | null, isProved: boolean) =>
    masked === null ? none : `${masked}（${isProved ? provedContact : notProved}）`;
  return {
    name: side.name,
    documentType: documents().types[side.documentType],
    validity: validityLine(side.validity),
    sex: profile === null ? none : documents().sexes[profile.sex],
    birthDate: profile?.birthDate ?? none,
    mobile: contact(side.maskedMobile, side.isMobileProved),
    email: contact(side.maskedEmail, side.isEmailProved),
    level: levelName(side.level, by?.by === 'review'),
    proved: by === null ? none : formatDay(by.atMs),
    portal: bilingual(side.portal),
    status: accountStatuses[side.status],
    createdAt: formatInstant(side.createdAtMs),
  };
};

/** Both accounts side by side. Rows that differ are marked, in words too. */
function Sides(props: { view: View; number: string | undefined }) {
  const holder = () => props.view.holder;
  const rows = () => {
    const one = rowsOf(props.view.claimant);
    const found = holder();
    const other = found === null ? null : rowsOf(found);
    const { rows: names } = copy();
    return (Object.keys(names) as (keyof typeof names)[]).map((key) => ({
      name: names[key],
      one: one[key],
      other: other?.[key] ?? '–',
      differs: other !== null && one[key] !== other[key],
    }));
  };
  return (
    <>
      <Facts
        rows={[
          {
            term: copy().number,
            value: <Num>{props.number ?? props.view.claimant.maskedNumber}</Num>,
          },
        ]}
      />
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{copy().item}</th>
            <th scope="col">{copy().claimant}</th>
            <th scope="col">{copy().holder}</th>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr>
                <th scope="row">{row.name}</th>
                <td data-name={copy().claimant}>
                  <Foreign>{row.one}</Foreign>
                </td>
                <td data-name={copy().holder}>
                  <Show when={row.differs} fallback={<Foreign>{row.other}</Foreign>}>
                    <mark>
                      <Foreign>{row.other}</Foreign>
                    </mark>{' '}
                    <small>{copy().differs}</small>
                  </Show>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </>
  );
}
