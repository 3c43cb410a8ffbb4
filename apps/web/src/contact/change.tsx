import { type ContactKind, maskEmail, maskMobile, parseContactChange } from '@shiming/domain';
import { A, Navigate, useIsRouting, useNavigate } from '@solidjs/router';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { api, type Failure, failureOf } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { usePortal } from '../portal.ts';
import { typedBefore, useProof } from '../proof/with-proof.ts';
import { LazyPuzzle } from '../puzzle/lazy-puzzle.tsx';
import { isOfTicket, spendTicket, withTicket } from '../puzzle/with-ticket.ts';
import { groupMobile } from '../registration/steps.ts';
import { proofPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, Reading, useCompleteProfile, useGuard } from '../session/signed-in.tsx';
import { NotSent } from '../sms-code/not-sent.tsx';
import { afterSending, type Delivery } from '../sms-code/life.ts';
import { createStages } from '../stages.ts';
import { FailureNote, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { NumberGroupedField, TextField } from '../ui/text-field.tsx';
import { zh } from './change.zh.ts';

const ByCode = page(() => import('../sms-code/by-code.tsx'), 'ByCode');

const copy = defineCopy(zh, () => import('./change.en.ts'));

const securityPath = '/account/security';
const dayMs = 24 * 3_600_000;
const channels = { mobile: 'sms', email: 'mail' } as const;

/** T-PRO-05: 修改手机号码, a page of its own. */
export function ChangeMobile() {
  return <ChangeContact kind="mobile" />;
}

/** T-PRO-05: 修改安全邮箱. */
export function ChangeEmail() {
  return <ChangeContact kind="email" />;
}

function maskContact(kind: ContactKind, typed: string): string {
  const parsed = parseContactChange({ kind, value: typed });
  const value = parsed.ok ? parsed.value.value : '';
  return kind === 'mobile' ? maskMobile(value) : maskEmail(value);
}

type Standing = Awaited<ReturnType<typeof api.contact.current.query>>;
type Pending = NonNullable<Standing['change']>;

/** Proof, the new contact, the code that went there, done. A change that has begun survives a reload. */
function ChangeContact(props: { kind: ContactKind }) {
  useCompleteProfile();
  const read = createRead(async () => {
    const [standing, proof] = await Promise.all([
      api.contact.current.query(),
      api.proof.current.query(),
    ]);
    return { standing, isProved: (proof.provedUntilMs ?? 0) > serverNow() };
  });
  return (
    <Reading read={read} title={copy().kinds[props.kind].title}>
      {(data) => {
        const pending = () => {
          const { change } = data().standing;
          return change?.kind === props.kind && change.code !== null ? change : undefined;
        };
        return (
          <Show
            when={data().isProved || pending() !== undefined}
            fallback={<Navigate href={proofPath(`/account/${props.kind}`)} />}
          >
            <Change kind={props.kind} standing={data().standing} pending={pending()} />
          </Show>
        );
      }}
    </Reading>
  );
}

type Stage =
  | { at: 'form'; value: string; last?: Delivery }
  /** `value` is unknown after a reload: the page is told the contact masked. */
  | { at: 'code'; value?: string; masked: string; sent: Pick<Pending, 'code' | 'remainingToday'> }
  | { at: 'done'; masked: string };

function Change(props: { kind: ContactKind; standing: Standing; pending: Pending | undefined }) {
  const guard = useGuard();
  const navigate = useNavigate();
  const session = useSession();
  const withProof = useProof();
  const words = () => copy().kinds[props.kind];
  const channel = channels[props.kind];
  const rule = usePortal().codes[channel];
  const { pending } = props;
  const typed = typedBefore(location.pathname);
  const [as, setStage] = createStages<Stage>(
    pending === undefined
      ? { at: 'form', value: typeof typed === 'string' ? typed : '' }
      : { at: 'code', masked: pending.maskedAfter, sent: pending },
  );
  const begin = (value: string, ticket: string) =>
    withProof(api.contact.begin.mutate({ kind: props.kind, value, ticket }), value);
  const [failure, setFailure] = createSignal<Failure>();
  const cancel = async () => {
    setFailure(undefined);
    try {
      await guard(api.contact.cancel.mutate());
      navigate(securityPath);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const toForm = (words: string) => (
    <button type="button" class="link whole" onClick={() => setStage({ at: 'form', value: '' })}>
      {words}
    </button>
  );
  return (
    <Switch>
      {/* Begins anew with each message that did not go out: its puzzle is spent. */}
      <Match when={as('form')} keyed>
        {(now) => (
          <NewContact
            kind={props.kind}
            standing={props.standing}
            value={now.value}
            last={now.last}
            onBegin={async (value, ticket) => {
              const last = await begin(value, ticket);
              const sent = afterSending(last, rule.triesPerCode);
              setStage(
                sent.code === null
                  ? { at: 'form', value, last }
                  : { at: 'code', value, masked: maskContact(props.kind, value), sent },
              );
              scrollTo(0, 0);
            }}
          />
        )}
      </Match>
      <Match when={as('code')} keyed>
        {({ value, masked, sent }) => (
          <ByCode
            title={words().title}
            backTo={securityPath}
            channel={channel}
            masked={masked}
            code={sent.code}
            remainingToday={sent.remainingToday}
            instead={
              value === undefined ? (
                <>
                  {copy().again} {toForm(words().other)}
                </>
              ) : undefined
            }
            send={(ticket) => begin(value ?? '', ticket)}
            enter={async (typed) => {
              await guard(api.contact.confirm.mutate(typed));
              setStage({ at: 'done', masked });
              await session.refresh();
            }}
            button={copy().confirm}
            change={toForm(words().other)}
            others={
              <>
                <p>
                  {copy().cancelText}{' '}
                  <button type="button" class="link whole" onClick={() => void cancel()}>
                    {copy().cancel}
                  </button>
                </p>
                <Show when={failure()}>
                  {(failed) => <FailureNote failure={failed()} onRetry={() => void cancel()} />}
                </Show>
              </>
            }
          />
        )}
      </Match>
      <Match when={as('done')}>
        {(done) => (
          <Page title={words().done}>
            <div role="status">
              <Note tone="ok">
                <p>{copy().doneText(done().masked)}</p>
              </Note>
            </div>
            <p>{copy().told(usePortal().contactUndoMs / dayMs)}</p>
            <div class="row">
              <A class="btn" href={securityPath}>
                {copy().back}
              </A>
            </div>
          </Page>
        )}
      </Match>
    </Switch>
  );
}

/** What belongs to the value, not to the puzzle. */
const ofTheValue = new Set<Failure['code']>(['code.day_limit', 'code.too_soon']);

function NewContact(props: {
  kind: ContactKind;
  standing: Standing;
  value: string;
  last: Delivery | undefined;
  onBegin(value: string, ticket: string): Promise<void>;
}) {
  const isRouting = useIsRouting();
  const words = () => copy().kinds[props.kind];
  const form = createForm({
    initial: { value: props.value, ticket: '' },
    validate: (typed) =>
      withTicket(parseContactChange({ kind: props.kind, value: typed.value }), typed.ticket),
    submit: (typed): Promise<void> =>
      spendTicket(form.field('ticket'), (ticket) => props.onBegin(typed.value, ticket)),
    placeFailure: ({ code }) => {
      if (isOfTicket(code)) return 'ticket';
      return ofTheValue.has(code) ? 'value' : undefined;
    },
  });
  const otherPending = () => {
    const { change } = props.standing;
    return change !== null && change.kind !== props.kind ? change : undefined;
  };
  return (
    <Page title={words().title} lead={copy().lead} backTo={securityPath} form={form}>
      <Show when={props.last}>
        {(last) => <NotSent channel={channels[props.kind]} delivery={last()} />}
      </Show>
      <Show when={otherPending()}>
        {(change) => (
          <Note tone="warn">
            <p>{copy().otherPending(change().kind, change().maskedAfter)}</p>
          </Note>
        )}
      </Show>
      <p>
        {words().now}{' '}
        <b class="num">
          {props.kind === 'mobile' ? props.standing.maskedMobile : props.standing.maskedEmail}
        </b>
      </p>
      <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
        <Show
          when={props.kind === 'mobile'}
          fallback={
            <TextField
              field={form.field('value')}
              label={words().field}
              hint={words().hint}
              inputmode="email"
              autocomplete="email"
            />
          }
        >
          <NumberGroupedField
            field={form.field('value')}
            label={words().field}
            hint={words().hint}
            inputmode="tel"
            autocomplete="tel"
            group={groupMobile}
          />
        </Show>
        <LazyPuzzle field={form.field('ticket')} purpose="contact" />
        <SubmitButton isBusy={form.isSubmitting() || isRouting()}>{words().send}</SubmitButton>
      </form>
    </Page>
  );
}
