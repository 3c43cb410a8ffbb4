import { For, Match, Show, Switch } from 'solid-js';
import { Navigate, useNavigate, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { createForm } from '../form/create-form.ts';
import { at } from '../form/refusals.ts';
import { page } from '../lazy-page.ts';
import { ownPath } from '../shared/own-path.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { NewTab, Reveal } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { proofCopy as copy, type WayProps } from './shared.ts';
import { noteProof } from './with-proof.ts';

const CodePage = page(() => import('../code/code-page.tsx'), 'CodePage');
const ByAuthority = page(() => import('./by-authority.tsx'), 'ByAuthority');

const securityPath = '/account/security';

type Standing = Awaited<ReturnType<typeof api.proof.current.query>>;
const isProved = ({ provedUntilMs }: Standing) => (provedUntilMs ?? 0) > serverNow();

type Way = 'password' | 'sms' | 'mail' | 'authority';

/**
 * T-PRO-05: proof that it is the person, before anything that could take the account away: by password, by a code to
 * an own contact, and where neither is left by the authority. `?next=` is where the proof was asked for, `?way=` the
 * way that was chosen.
 */
export function Proof() {
  const read = createRead(() => api.proof.current.query());
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const session = useSession();
  const [query, setQuery] = useSearchParams<{ next: string; way: Way }>();
  const next = () => ownPath(query.next) ?? securityPath;
  const way = () => query.way ?? read.data()?.code?.channel ?? 'password';
  const others = (standing: Standing) => (
    <Others
      standing={standing}
      way={way()}
      onChoose={async (chosen) => {
        // A code that is on its way is shown as it stands now.
        await read.again();
        setQuery({ way: chosen });
      }}
    />
  );
  const onProved = async () => {
    noteProof();
    navigate(next(), { replace: true });
    await session.refresh();
  };
  return (
    <Reading read={read} title={copy().title}>
      {(standing) => (
        <Switch
          fallback={
            <ByPassword backTo={securityPath} others={others(standing())} onProved={onProved} />
          }
        >
          <Match when={isProved(standing())}>
            <Navigate href={next()} />
          </Match>
          <Match when={(way() === 'sms' || way() === 'mail') && way()} keyed>
            {(channel) => (
              <CodePage
                title={copy().title}
                lead={copy().lead}
                backTo={securityPath}
                channel={channel === 'mail' ? 'mail' : 'sms'}
                masked={channel === 'mail' ? standing().maskedEmail : standing().maskedMobile}
                code={standing().code?.channel === channel ? standing().code : null}
                remainingToday={standing().remainingToday[channel === 'mail' ? 'mail' : 'sms']}
                purpose="contact"
                send={(ticket) =>
                  api.proof.sendCode.mutate({
                    channel: channel === 'mail' ? 'mail' : 'sms',
                    ticket,
                  })
                }
                enter={async (typed) => {
                  await api.proof.byCode.mutate(typed);
                  await onProved();
                }}
                on={signedIn}
                button={copy().submit}
                others={others(standing())}
              />
            )}
          </Match>
          <Match when={way() === 'authority' && standing().canAskAuthority}>
            <ByAuthority backTo={securityPath} others={others(standing())} onProved={onProved} />
          </Match>
        </Switch>
      )}
    </Reading>
  );
}

function ByPassword(props: WayProps) {
  const form = createForm({
    initial: { password: '' },
    validate: ({ password }) =>
      password === '' ? { ok: false, fields: { password: 'password.missing' } } : { ok: true },
    async submit(typed) {
      await api.proof.byPassword.mutate(typed);
      await props.onProved();
    },
    on: { ...useSignedIn(), 'login.locked': at('password') },
  });
  return (
    <Page title={copy().title} lead={copy().lead} backTo={props.backTo} form={form}>
      <FormBody of={form} submit={copy().submit}>
        <PasswordField
          field={form.field('password')}
          label={copy().password}
          autocomplete="current-password"
        />
      </FormBody>
      {props.others}
    </Page>
  );
}

/** The ways there are besides the one that is shown; what is left where none of them works stands behind a question. */
function Others(props: { standing: Standing; way: Way; onChoose(way: Way): Promise<void> }) {
  const words = (): Record<Way, string> => ({
    password: copy().byPassword,
    sms: copy().bySms(props.standing.maskedMobile),
    mail: copy().byMail(props.standing.maskedEmail),
    authority: copy().byAuthority,
  });
  const choice = (way: Way) => (
    <button type="button" class="link" onClick={() => void props.onChoose(way)}>
      {words()[way]}
    </button>
  );
  return (
    <section class="stack">
      <div class="tight">
        <h2>{copy().others}</h2>
        <ul class="ways">
          <For
            each={(['password', 'sms', 'mail'] as const)
              .filter((each) => each !== props.way)
              .filter(
                (each) =>
                  each === 'password' ||
                  props.standing.isProved[each === 'sms' ? 'mobile' : 'email'],
              )}
          >
            {(each) => <li>{choice(each)}</li>}
          </For>
        </ul>
      </div>
      <Show when={props.way !== 'authority'}>
        <Reveal title={copy().neither}>
          <Show
            when={props.standing.canAskAuthority}
            fallback={
              <p>
                {copy().neitherText} <NewTab href="/tickets/new">{copy().write}</NewTab>
              </p>
            }
          >
            <p>{choice('authority')}</p>
          </Show>
        </Reveal>
      </Show>
    </section>
  );
}
