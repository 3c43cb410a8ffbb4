import { groupCaseNumber } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api, send } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDate, formatDay } from '../copy/format.ts';
import { addressOf, bilingual, usePortal, signsInByNumber } from '../portal.ts';
import { A } from '../router/router.tsx';
import { classmatePath } from '../session/next.ts';
import { NextStepNote, useNextStep } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Facts, Note, Num } from '../ui/blocks.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { zh } from './number.zh.ts';

const copy = defineCopy(zh, () => import('./number.en.ts'));

type View = Awaited<ReturnType<typeof api.claim.current.query>>;

/** 证件号码: where one's claim on a number stands, and the claims of others on one's own. */
export function NumberPage() {
  const view = createRead(() => api.claim.current.query());
  return (
    <Reading read={view} title={copy().title}>
      {(found) => (
        <Page title={copy().title} lead={copy().lead} backTo="/account">
          <Show when={found().own}>
            {(own) => <OwnClaim claim={own()} onChange={view.again} />}
          </Show>
          <For each={found().onMine}>
            {(claim) => <ClaimOnMine claim={claim} onChange={view.again} />}
          </For>
          <Show when={found().own === null && found().onMine.length === 0}>
            <p>{copy().none}</p>
          </Show>
        </Page>
      )}
    </Reading>
  );
}

function OwnClaim(props: { claim: NonNullable<View['own']>; onChange(): Promise<unknown> }) {
  const session = useSession();
  const next = useNextStep();
  const isSelf = () => {
    const step = session.current()?.next.step;
    return step === 'claim_number' || step === 'await_number' || step === 'use_services';
  };
  const isReviewPossible = () =>
    props.claim.status === 'open' ||
    (props.claim.status === 'in_review' && props.claim.review?.status === 'returned');
  const isLive = () => ['open', 'noticed', 'in_review'].includes(props.claim.status);
  const isMoved = () => props.claim.status === 'moved';
  const [asksAgain, setAsksAgain] = createSignal(false);
  const withdraw = createAction(async () => {
    await api.claim.withdraw.mutate();
    await Promise.all([props.onChange(), session.refresh()]);
  }, useSignedIn());
  const state = () => {
    const { status, objectUntil, objectedAtMs, isVerified, review } = props.claim;
    const { own } = copy();
    if (status === 'in_review') {
      return review?.status === 'returned'
        ? own.returned
        : own.in_review(formatDate(review?.dueDate ?? ''));
    }
    if (status === 'noticed') return own.noticed(formatDate(objectUntil ?? ''));
    if (status !== 'open') return own[status];
    if (objectedAtMs !== null) return own.disputed;
    return isVerified ? own.verified : own.open;
  };
  return (
    <section class="stack">
      <h2>{copy().ownTitle}</h2>
      <Show when={!isMoved() && signsInByNumber()}>
        <Note tone="warn">
          <div class="tight">
            <p>
              {copy().signInWith}
              <b class="num">{groupCaseNumber(props.claim.claimNumber)}</b>
              {copy().signInWithAfter}
            </p>
            <p>{copy().keepIt}</p>
          </div>
        </Note>
      </Show>
      <p>
        {state()}
        {isMoved() && signsInByNumber() && copy().signInWithNumber}
      </p>
      <Facts
        rows={[
          { term: copy().since, value: formatDay(props.claim.createdAtMs) },
          props.claim.review !== null && {
            term: copy().caseNumber,
            value: <Num>{groupCaseNumber(props.claim.review.caseNumber)}</Num>,
          },
          props.claim.status === 'in_review' && {
            term: copy().objectUntil,
            value: formatDate(props.claim.objectUntil ?? ''),
          },
        ].filter((row) => row !== false)}
      />
      <Show when={(isMoved() || !isSelf()) && next()}>
        {(told) => <NextStepNote told={told()} />}
      </Show>
      <Show when={props.claim.review}>
        {(review) => (
          <Show when={review().says}>
            {(says) => (
              <Note tone={review().status === 'approved' ? 'ok' : 'warn'}>
                <Foreign>{says()}</Foreign>
              </Note>
            )}
          </Show>
        )}
      </Show>
      <Show when={isReviewPossible()}>
        <ReviewForm onSent={() => props.onChange()} />
      </Show>
      <Show when={isLive() && usePortal().vouching}>
        <section class="stack">
          <h2>{copy().classmateTitle}</h2>
          <p>{copy().classmateText}</p>
          <div class="row">
            <A class="btn quiet" href={classmatePath}>
              {copy().toClassmate}
            </A>
          </div>
        </section>
      </Show>
      <Show when={isLive()}>
        <ActionFailure action={withdraw} />
        <div class="row">
          <button type="button" class="btn plain" onClick={() => setAsksAgain(true)}>
            {copy().withdraw}
          </button>
        </div>
      </Show>
      <Show when={asksAgain()}>
        <Confirm
          title={copy().withdrawTitle}
          action={withdraw}
          confirm={copy().withdraw}
          cancel={copy().keep}
          onClose={() => setAsksAgain(false)}
        >
          <p>{copy().withdrawText}</p>
        </Confirm>
      </Show>
      <Show when={!isLive() && !isMoved()}>
        <p>{copy().over}</p>
        <div class="row">
          <A class="btn quiet" href="/account/close">
            {copy().toClose}
          </A>
          <A class="btn plain" href="/tickets/new">
            {copy().toTicket}
          </A>
        </div>
      </Show>
    </section>
  );
}

const dayMs = 24 * 3_600_000;

function ClaimOnMine(props: { claim: View['onMine'][number]; onChange(): Promise<unknown> }) {
  const { restorableMs } = usePortal().numberClaims;
  const object = createAction(async () => {
    await api.claim.object.mutate();
    await props.onChange();
  }, useSignedIn());
  const state = () => {
    const { status, objectUntil, objectedAtMs } = props.claim;
    const { onMine } = copy();
    const told = [formatDate(objectUntil ?? ''), restorableMs / dayMs] as const;
    if (status === 'noticed') return onMine.noticed(...told);
    if (status === 'open') return onMine.disputed;
    if (status !== 'in_review') return onMine[status];
    return objectedAtMs === null ? onMine.in_review(...told) : onMine.objected;
  };
  return (
    <section class="stack">
      <h2>{copy().onMineTitle}</h2>
      <p>{state()}</p>
      <Show when={props.claim.canObject}>
        <ActionFailure action={object} />
        <div class="row">
          <ActionButton action={object}>{copy().object}</ActionButton>
          <A class="btn quiet" href="/account/verification">
            {copy().verify}
          </A>
          <A class="btn quiet" href="/account/close">
            {copy().notMine}
          </A>
        </div>
      </Show>
    </section>
  );
}

/** S-DUP-03: the photo of the person holding the document, after what an approval would do. */
function ReviewForm(props: { onSent(): Promise<unknown> }) {
  const session = useSession();
  const { numberClaims, photos, services } = usePortal();
  const [file, setFile] = createSignal<{ name: string; body: Blob }>();
  const [bad, setBad] = createSignal(false);
  const form = createForm({
    initial: { agrees: false, knows: false },
    validate: (typed) => {
      const fields = {
        ...(typed.knows ? {} : { knows: 'consent.missing' as const }),
        ...(typed.agrees ? {} : { agrees: 'consent.missing' as const }),
      };
      if (file() === undefined) setBad(true);
      return Object.keys(fields).length === 0 && file() !== undefined
        ? { ok: true }
        : { ok: false, fields };
    },
    async submit() {
      const body = file()?.body;
      if (body === undefined) return;
      await send(addressOf('/photos/claim'), {
        method: 'PUT',
        headers: { 'content-type': 'image/jpeg', 'x-agrees': 'photos' },
        body,
      });
      await Promise.all([props.onSent(), session.refresh()]);
    },
    on: useSignedIn(),
  });
  const choose = async (input: HTMLInputElement) => {
    const [source] = Array.from(input.files ?? []);
    input.value = '';
    if (source === undefined) return;
    setBad(false);
    try {
      const { fitJpeg } = await import('../ticket/fit-photo.ts');
      const { file: body } = await fitJpeg(source, { maxBytes: photos.underBytes - 1 });
      setFile({ name: source.name, body });
    } catch {
      setFile(undefined);
      setBad(true);
    }
  };
  return (
    <section class="stack" id="review">
      <h2>{copy().reviewTitle}</h2>
      <p>{copy().reviewText(numberClaims.objectWorkingDays)}</p>
      <div class="tight">
        <h3>{copy().effectsTitle}</h3>
        <ul>
          <For
            each={copy().effects(
              services.map(({ name }) => bilingual(name)),
              numberClaims.restorableMs / dayMs,
            )}
          >
            {(line) => <li>{line}</li>}
          </For>
        </ul>
      </div>
      <FormBody of={form} isPart submit={copy().send}>
        <fieldset class="field" classList={{ bad: bad() }}>
          <legend>{copy().photo}</legend>
          <ul class="hint">
            <For each={copy().photoRules(Math.floor(photos.underBytes / 1024))}>
              {(line) => <li>{line}</li>}
            </For>
          </ul>
          <p class="err" role="alert">
            {bad() ? copy().badPhoto : ''}
          </p>
          <Show when={file()}>
            {(chosen) => (
              <p>
                <Foreign>{chosen().name}</Foreign>
              </p>
            )}
          </Show>
          <label class="btn plain">
            <input
              type="file"
              class="seen-by-readers"
              accept="image/jpeg,image/png,image/gif,image/*"
              onChange={(event) => void choose(event.currentTarget)}
            />
            {file() === undefined ? copy().choose : copy().chooseAnother}
          </label>
        </fieldset>
        <Checkbox field={form.field('agrees')} label={copy().agrees} />
        <Checkbox field={form.field('knows')} label={copy().knows} />
      </FormBody>
    </section>
  );
}
