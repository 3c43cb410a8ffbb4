import { groupCaseNumber } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDate, formatDay } from '../copy/format.ts';
import { usePortal } from '../portal.ts';
import { A } from '../router/router.tsx';
import { NextStepNote, useNextStep } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { createRead } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, Note } from '../ui/blocks.tsx';
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
          <Show when={found().own}>{(own) => <OwnClaim claim={own()} />}</Show>
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

function OwnClaim(props: { claim: NonNullable<View['own']> }) {
  const session = useSession();
  const next = useNextStep();
  const isSelf = () => {
    const step = session.current()?.next.step;
    return step === 'claim_number' || step === 'await_number' || step === 'use_services';
  };
  const state = () => {
    const { status, objectUntil, objectedAtMs, isVerified } = props.claim;
    const { own } = copy();
    if (status === 'noticed') return own.noticed(formatDate(objectUntil ?? ''));
    if (status !== 'open') return own[status];
    if (objectedAtMs !== null) return own.disputed;
    return isVerified ? own.verified : own.open;
  };
  return (
    <section class="stack">
      <h2>{copy().ownTitle}</h2>
      <Show when={props.claim.status !== 'moved'}>
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
      <p>{state()}</p>
      <Facts rows={[{ term: copy().since, value: formatDay(props.claim.createdAtMs) }]} />
      <Show when={!isSelf() && next()}>{(told) => <NextStepNote told={told()} />}</Show>
    </section>
  );
}

const dayMs = 24 * 3_600_000;

function ClaimOnMine(props: { claim: View['onMine'][number]; onChange(): Promise<unknown> }) {
  const { restorableMs } = usePortal().numberClaims;
  const object = createAction(async () => {
    await api.claim.object.mutate();
    await props.onChange();
  });
  const state = () => {
    const { status, objectUntil, objectedAtMs } = props.claim;
    const { onMine } = copy();
    if (status === 'noticed') {
      return onMine.noticed(formatDate(objectUntil ?? ''), restorableMs / dayMs);
    }
    if (status === 'open') return onMine.disputed;
    return status === 'in_review' && objectedAtMs !== null ? onMine.objected : onMine[status];
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
