import { type ContactKind, maskEmail, maskMobile, parseContactChange } from '@shiming/domain';
import { Match, Show, Switch } from 'solid-js';
import { A, Navigate, useLocation, useNavigate } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { at, onEach } from '../form/refusals.ts';
import { page } from '../lazy-page.ts';
import { usePortal } from '../portal.ts';
import { typedBefore, useProved } from '../proof/with-proof.ts';
import { LazyPuzzle } from '../puzzle/lazy-puzzle.tsx';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { MobileField } from '../shared/mobile.tsx';
import { proofPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { NotSent } from '../code/not-sent.tsx';
import type { Delivery } from '../code/life.ts';
import { createStages } from './stages.ts';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Note, Num } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { TextField } from '../ui/text-field.tsx';
import { zh } from './change.zh.ts';

const CodePage = page(() => import('../code/code-page.tsx'), 'CodePage');

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
  const parsed = parseContactChange({ kind, value: typed }, usePortal());
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
  /** `value` is unknown after a reload: the page gets the contact masked. */
  | { at: 'code'; value?: string; masked: string; sent: Pick<Pending, 'code' | 'remainingToday'> }
  | { at: 'done'; masked: string };

function Change(props: { kind: ContactKind; standing: Standing; pending: Pending | undefined }) {
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const session = useSession();
  const words = () => copy().kinds[props.kind];
  const channel = channels[props.kind];
  const { pending } = props;
  const typed = typedBefore(useLocation().pathname);
  const [as, setStage] = createStages<Stage>(
    pending === undefined
      ? { at: 'form', value: typeof typed === 'string' ? typed : '' }
      : { at: 'code', masked: pending.maskedAfter, sent: pending },
  );
  const begin = (value: string, ticket: string) =>
    api.contact.begin.mutate({ kind: props.kind, value, ticket });
  const cancel = createAction(async () => {
    await api.contact.cancel.mutate();
    navigate(securityPath);
  }, signedIn);
  const toForm = (words: string) => (
    <button type="button" class="link whole" onClick={() => setStage({ at: 'form', value: '' })}>
      {words}
    </button>
  );
  return (
    <Switch>
      {/* Begins again with each message that did not go out: its puzzle is spent. */}
      <Match when={as('form')} keyed>
        {(now) => (
          <NewContact
            kind={props.kind}
            standing={props.standing}
            value={now.value}
            last={now.last}
            onBegin={async (value, ticket) => {
              const last = await begin(value, ticket);
              setStage(
                last.code === null
                  ? { at: 'form', value, last }
                  : { at: 'code', value, masked: maskContact(props.kind, value), sent: last },
              );
              scrollTo(0, 0);
            }}
          />
        )}
      </Match>
      <Match when={as('code')} keyed>
        {({ value, masked, sent }) => (
          <CodePage
            title={words().title}
            backTo={securityPath}
            channel={channel}
            masked={masked}
            code={sent.code}
            remainingToday={sent.remainingToday}
            purpose="contact"
            instead={
              value === undefined ? (
                <>
                  {copy().again} {toForm(words().other)}
                </>
              ) : undefined
            }
            send={(ticket) => begin(value ?? '', ticket)}
            enter={async (typed) => {
              await api.contact.confirm.mutate(typed);
              setStage({ at: 'done', masked });
              await session.refresh();
            }}
            on={useProved(() => value)}
            button={copy().confirm}
            change={toForm(words().other)}
            others={
              <>
                <p>
                  {copy().cancelText}{' '}
                  <button type="button" class="link whole" onClick={() => void cancel.run()}>
                    {copy().cancel}
                  </button>
                </p>
                <ActionFailure action={cancel} />
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
            {/* The code that takes it back goes to what was proved. */}
            <Show when={props.standing.isProved.email || props.standing.isProved[props.kind]}>
              <p>{copy().told(usePortal().contactUndoMs / dayMs)}</p>
            </Show>
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

function NewContact(props: {
  kind: ContactKind;
  standing: Standing;
  value: string;
  last: Delivery | undefined;
  onBegin(value: string, ticket: string): Promise<void>;
}) {
  const words = () => copy().kinds[props.kind];
  const portal = usePortal();
  const form = createForm({
    initial: { value: props.value, ticket: '' },
    validate: (typed) =>
      withTicket(
        parseContactChange({ kind: props.kind, value: typed.value }, portal),
        typed.ticket,
      ),
    submit: (typed) => props.onBegin(typed.value, typed.ticket),
    on: {
      ...useProved((typed: { value: string }) => typed.value),
      ...onTicket,
      ...onEach(['code.day_limit', 'code.too_soon'], at('value')),
    },
    spends: 'ticket',
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
      <Show
        when={props.kind === 'mobile' ? props.standing.maskedMobile : props.standing.maskedEmail}
      >
        {(masked) => (
          <p>
            {words().now} <Num strong>{masked()}</Num>
          </p>
        )}
      </Show>
      <FormBody of={form} submit={words().send}>
        <Show
          when={props.kind === 'mobile'}
          fallback={
            <TextField
              field={form.field('value')}
              label={words().field}
              hint={`${words().hint}${portal.takesMailAliases ? '' : copy().qqNumbers}`}
              inputmode="email"
              autocomplete="email"
            />
          }
        >
          <MobileField field={form.field('value')} label={words().field} hint={words().hint} />
        </Show>
        <LazyPuzzle field={form.field('ticket')} purpose="contact" />
      </FormBody>
    </Page>
  );
}
