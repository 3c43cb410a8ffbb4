import { parseVouchAnswers } from '@shiming/domain';
import { Match, Show, Switch } from 'solid-js';
import { A, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import '../copy/account-problems.ts';
import '../copy/document-problems.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { identityPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { MobileField } from '../shared/mobile.tsx';
import { ownPath } from '../shared/own-path.ts';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Note } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { TextField } from '../ui/text-field.tsx';
import { zh } from './binding.zh.ts';

const copy = defineCopy(zh, () => import('./binding.en.ts'));

const dayMs = 24 * 3_600_000;

type Standing = Awaited<ReturnType<typeof api.binding.current.query>>;

/** S-BND: the ways to bind real-name information; one is enough. `?next=` is where the person came from. */
export function Binding() {
  const read = createRead(() => api.binding.current.query());
  const [query] = useSearchParams<{ next: string }>();
  return (
    <Reading read={read} title={copy().title}>
      {(now) => (
        <Show
          when={!now().isBound}
          fallback={
            <Page title={copy().title}>
              <Note tone="ok">
                <p>{copy().bound}</p>
              </Note>
              <div class="row">
                <A class="btn" href={ownPath(query.next) ?? '/account'}>
                  {copy().goOn}
                </A>
              </div>
            </Page>
          }
        >
          <Page title={copy().title} lead={copy().lead} backTo="/account">
            <Way
              title={copy().byMobile}
              text={copy().byMobileText}
              path="/account/mobile"
              action={copy().byMobileAction}
            />
            <Way
              title={copy().byMail}
              text={copy().byMailText}
              path="/account/email"
              action={copy().byMailAction}
            />
            <Show when={now().classmates}>
              {(classmates) => (
                <section class="stack">
                  <h2>{copy().byClassmate}</h2>
                  <p>{copy().byClassmateText((usePortal().vouching?.boundForMs ?? 0) / dayMs)}</p>
                  <ByClassmate now={now()} needs={classmates().needs} again={read.again} />
                </section>
              )}
            </Show>
          </Page>
        </Show>
      )}
    </Reading>
  );
}

function Way(props: { title: string; text: string; path: string; action: string }) {
  return (
    <section class="card stack">
      <div class="tight">
        <h2>{props.title}</h2>
        <p class="soft">{props.text}</p>
      </div>
      <A class="btn quiet" href={props.path}>
        {props.action}
      </A>
    </section>
  );
}

function ByClassmate(props: {
  now: Standing;
  needs: 'identity' | 'record' | null;
  again: () => Promise<unknown>;
}) {
  const waiting = () => (props.now.request?.status === 'waiting' ? props.now.request : undefined);
  const ended = () => {
    const status = props.now.request?.status;
    return status === undefined || status === 'waiting' ? undefined : copy().ended[status];
  };
  const withdraw = createAction(async () => {
    await api.binding.withdraw.mutate({ vouchId: waiting()?.vouchId ?? '' });
    await props.again();
  }, useSignedIn());
  return (
    <Switch
      fallback={
        <>
          <Show when={ended()}>{(said) => <p class="soft">{said()}</p>}</Show>
          <Ask again={props.again} />
        </>
      }
    >
      <Match when={waiting()}>
        {(request) => (
          <Note>
            <p>
              <Foreign>{copy().asked(request().maskedName, request().maskedMobile)}</Foreign>
            </p>
            <p>{copy().askedText(formatInstant(request().expiresAtMs))}</p>
            <ActionFailure action={withdraw} />
            <div class="row">
              <button type="button" class="btn plain" onClick={() => void withdraw.run()}>
                {copy().withdraw}
              </button>
            </div>
          </Note>
        )}
      </Match>
      <Match when={props.needs}>
        {(needs) => (
          <Note>
            <p>{copy().needs[needs()]}</p>
            <A
              href={needs() === 'identity' ? identityPath('/account/binding') : '/account/records'}
            >
              {copy().toNeeds[needs()]}
            </A>
          </Note>
        )}
      </Match>
    </Switch>
  );
}

function Ask(props: { again: () => Promise<unknown> }) {
  const session = useSession();
  const form = createForm({
    initial: { name: '', mobile: '', ownMobile: '' },
    validate: parseVouchAnswers,
    async submit(typed) {
      await api.binding.ask.mutate(typed);
      await props.again();
      await session.refresh();
    },
    on: useSignedIn(),
  });
  return (
    <FormBody of={form} isPart submit={copy().ask}>
      <TextField field={form.field('name')} label={copy().name} />
      <MobileField field={form.field('mobile')} label={copy().mobile} />
      <MobileField
        field={form.field('ownMobile')}
        label={copy().ownMobile}
        hint={copy().ownMobileHint}
      />
    </FormBody>
  );
}
