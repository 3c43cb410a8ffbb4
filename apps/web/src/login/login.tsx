import { groupNumber, shanghaiDate, signInKinds } from '@shiming/domain';
import { For, Show, createEffect } from 'solid-js';
import { A, useNavigate, useSearchParams } from '../router/router.tsx';
import { api, CookieLost } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { nowShows } from '../drawn-from.ts';
import { createForm } from '../form/create-form.ts';
import { useOperator } from '../operator.ts';
import { portalWord, weChatName } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket } from '../puzzle/with-ticket.ts';
import { entryPath } from '../session/entry.ts';
import { faceFor, profilePath } from '../session/next.ts';
import { ownPath } from '../shared/own-path.ts';
import { useSession } from '../session/session.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { groupMobile } from '../shared/mobile.tsx';
import { NumberGroupedField, TextField } from '../ui/text-field.tsx';
import { FollowInWeChat } from '../wechat/follow.tsx';
import { usePortal } from '../portal.ts';
import { checkSignIn } from './check.ts';
import { zh } from './login.zh.ts';

const copy = defineCopy(zh, () => import('./login.en.ts'));

/** T-LOG-01, T-LOG-02. `?next=` is where the person was going, `?ended` says that a session was there before. */
export function Login() {
  const session = useSession();
  const operator = useOperator();
  const navigate = useNavigate();
  const [query] = useSearchParams<{ next: string; ended: string }>();
  const asked = () => ownPath(query.next);
  const next = () => asked() ?? entryPath();

  // A person who is signed in, now or already, goes on: the profile comes before anything else (T-LOG-03).
  createEffect(() => {
    const current = session.current();
    if (!current) return;
    navigate(current.missing[0] === 'profile' ? profilePath(next()) : (next() ?? '/'), {
      replace: true,
    });
  });

  const { flows } = usePortal();
  const kinds = signInKinds(usePortal());
  const words = () => {
    const { labels, hints, either } = copy().names;
    return {
      label: either(kinds.map((kind) => labels[kind])),
      hint: kinds.length > 1 ? hints.several : hints[kinds[0] ?? 'document_number'],
    };
  };

  /** In one line, so that the button stays above the fold. */
  const lead = () => {
    if (asked() === undefined) return copy().lead(portalWord('services'));
    return query.ended === undefined ? copy().first : copy().ended;
  };

  const form = createForm({
    initial: { name: '', password: '', ticket: '' },
    validate: (values) => checkSignIn(values, shanghaiDate(serverNow()), usePortal()),
    async submit(values) {
      await api.login.signIn.mutate(values);
      nowShows('account');
      await session.refresh();
      if (session.current()) return;
      const isLost = (await api.session.current.query().catch(() => undefined)) === null;
      if (isLost) throw new CookieLost();
      // Signed in, but unable to ask who: the page that was asked for says what is wrong.
      navigate(next() ?? '/', { replace: true });
    },
    on: onTicket,
    spends: 'ticket',
  });

  return (
    <Page title={copy().title} lead={lead()} form={form}>
      <FormBody of={form} submit={copy().submit}>
        <Show
          when={kinds.includes('email')}
          fallback={
            <NumberGroupedField
              field={form.field('name')}
              label={words().label}
              hint={words().hint}
              group={(typed) =>
                kinds.includes('document_number') ? groupNumber(typed) : groupMobile(typed)
              }
              autocomplete="username"
            />
          }
        >
          <TextField
            field={form.field('name')}
            label={words().label}
            hint={words().hint}
            inputmode="email"
            autocomplete="username"
          />
        </Show>
        <PasswordField
          field={form.field('password')}
          label={copy().password}
          autocomplete="current-password"
        />
        <Puzzle field={form.field('ticket')} {...puzzleCalls('login')} />
      </FormBody>
      <div class="row links">
        <A href="/register">{copy().register}</A>
        <A href="/recovery">{copy().forgotten}</A>
        <Show when={usePortal().signInWith.includes('face')}>
          <A href={faceFor('sign_in', asked())}>{copy().byFace}</A>
        </Show>
        <Show when={operator()?.takesMinistryAccounts}>
          <A href="/login/ministry">{copy().byMinistry}</A>
        </Show>
        <Show when={flows.find_user_name}>
          <A href="/user-name">{copy().forgottenName}</A>
        </Show>
        <A href="/tickets/new">{copy().write}</A>
        <Show when={usePortal().agencyHelp}>
          <A href="/first-sign-in">{copy().firstSignIn}</A>
        </Show>
        <Show when={usePortal().takesOrganisations}>
          <A href="/organisation">{copy().organisation}</A>
        </Show>
        <A href="/">{copy().home}</A>
      </div>
      <section class="tight">
        <h2>{copy().hintsTitle}</h2>
        <ul>
          <Show when={usePortal().activates}>
            <li>
              {copy().activation} <A href="/register">{copy().activate}</A>
            </li>
          </Show>
          <For each={copy().hints}>{(hint) => <li>{hint}</li>}</For>
          {/* Said to everybody, since whether an address waits is for the one who holds it to know. */}
          <Show when={flows.register.steps[0] === 'contact' && kinds.includes('email')}>
            <li>
              {copy().notActive}
              <A href="/register/contact">{copy().notActiveSend}</A>
            </li>
          </Show>
          <Show when={kinds.length > 1}>
            <li>{copy().severalNames}</li>
          </Show>
          <Show when={portalWord('otherSite')}>
            {(name) => <li>{copy().otherSite(name())}</li>}
          </Show>
        </ul>
      </section>
      <Show when={weChatName()}>
        {(name) => (
          <section class="tight">
            <h2>{copy().wechatTitle}</h2>
            <p>
              <Foreign>{copy().wechat(name())}</Foreign>
            </p>
            <FollowInWeChat />
          </section>
        )}
      </Show>
    </Page>
  );
}
