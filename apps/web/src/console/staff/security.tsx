import { createSignal, For, Show, Suspense } from 'solid-js';
import { api } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { page } from '../../lazy-page.ts';
import { createAction } from '../../ui/action.tsx';
import { Chip, Loading, Note } from '../../ui/blocks.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { askAgain, useAsked } from '../asked.ts';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { hasPasskeys, makePasskey } from '../sign-in/passkey.ts';
import { staffCopy as copy } from './staff-copy.ts';

const OwnPassword = page(() => import('./own-password.tsx'), 'OwnPassword');

type Passkey = Awaited<ReturnType<typeof api.staff.passkeys.list.query>>[number];

type Done = 'added' | 'removed' | 'ended' | 'passwordChanged' | 'totpChanged';

/** One's own ways to sign in, and where one is signed in. */
export function OwnSecurity() {
  const staff = useStaff();
  const [done, setDone] = createSignal<Done>();
  const { run: act, failure } = createAction(
    async (request: () => Promise<unknown>, what: Done) => {
      setDone(undefined);
      await request();
      await Promise.all([askAgain('own'), staff.refresh()]);
      setDone(what);
    },
    staff.on,
  );
  return (
    <Page title={copy().securityTitle}>
      <div role="status">
        <Show when={done()}>{(what) => <Note tone="ok">{copy()[what()]}</Note>}</Show>
      </div>
      <FailureBox of={failure()} />
      <Passkeys
        remove={(passkeyId) =>
          act(() => api.staff.passkeys.remove.mutate({ passkeyId }), 'removed')
        }
        add={(label) =>
          act(async () => {
            const credential = await makePasskey(await api.staff.passkeys.addOptions.mutate());
            await api.staff.passkeys.add.mutate({ credential, label });
          }, 'added')
        }
      />
      <Show when={staff.current()?.ways.password}>
        <Suspense fallback={<Loading />}>
          <OwnPassword onDone={(what) => void act(async () => {}, what)} />
        </Suspense>
      </Show>
      <Sessions
        end={(sessionId) => act(() => api.staff.sessions.end.mutate({ sessionId }), 'ended')}
      />
    </Page>
  );
}

const nameOf = ({ label }: Passkey): string => label || copy().unnamed;

function Passkeys(props: {
  add(label: string): Promise<void>;
  remove(passkeyId: string): Promise<void>;
}) {
  const passkeys = useAsked(
    () => ['own', 'passkeys'],
    () => api.staff.passkeys.list.query(),
  );
  const [leaving, setLeaving] = createSignal<Passkey>();
  const form = createForm({
    initial: { label: '' },
    validate: () => ({ ok: true }),
    async submit({ label }) {
      await props.add(label);
      form.field('label').set('');
    },
  });
  return (
    <section class="stack">
      <h2>{copy().ownPasskeys}</h2>
      <Reading read={passkeys}>
        {(list) => (
          <Show when={list().length > 0} fallback={<p class="soft">{copy().noPasskeys}</p>}>
            <ul class="kinds">
              <For each={list()}>
                {(passkey) => (
                  <li class="row between">
                    <div>
                      <b>
                        <Foreign>{nameOf(passkey)}</Foreign>
                      </b>
                      <p class="soft small">
                        {copy().addedAt(passkey.createdAtMs)} ·{' '}
                        {passkey.lastUsedAtMs === null
                          ? copy().unused
                          : copy().usedAt(passkey.lastUsedAtMs)}
                      </p>
                    </div>
                    <button
                      type="button"
                      class="btn plain"
                      aria-label={copy().removeLabel(nameOf(passkey))}
                      onClick={() => setLeaving(passkey)}
                    >
                      {copy().remove}
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </Reading>
      <Show when={leaving()}>
        {(passkey) => (
          <Dialog
            title={copy().removeTitle(nameOf(passkey()))}
            onCancel={() => setLeaving(undefined)}
          >
            <p>{copy().removeNote}</p>
            <div class="row">
              <button
                type="button"
                class="btn"
                onClick={() => {
                  const { passkeyId } = passkey();
                  setLeaving(undefined);
                  void props.remove(passkeyId);
                }}
              >
                {copy().remove}
              </button>
              <button type="button" class="btn plain" onClick={() => setLeaving(undefined)}>
                {copy().cancel}
              </button>
            </div>
          </Dialog>
        )}
      </Show>
      <Show when={hasPasskeys()}>
        <FormBody of={form} isPart class="card stack" submit={copy().add}>
          <TextField
            field={form.field('label')}
            label={copy().label}
            hint={copy().labelHint}
            optional
          />
        </FormBody>
      </Show>
    </section>
  );
}

function Sessions(props: { end(sessionId: string): Promise<void> }) {
  const sessions = useAsked(
    () => ['own', 'sessions'],
    () => api.staff.sessions.list.query(),
  );
  return (
    <section class="stack">
      <h2>{copy().sessions}</h2>
      <Reading read={sessions}>
        {(list) => (
          <ul class="kinds">
            <For each={list()}>
              {(session) => (
                <li class="row between">
                  <div>
                    <b>
                      <Foreign>{session.label || copy().unknownDevice}</Foreign>
                    </b>{' '}
                    <Show when={session.isCurrent}>
                      <Chip tone="ok">{copy().here}</Chip>
                    </Show>
                    <p class="soft small">
                      {copy().signedInAt(session.createdAtMs)} ·{' '}
                      {copy().usedAt(session.lastSeenAtMs)}
                    </p>
                  </div>
                  <Show when={!session.isCurrent}>
                    <button
                      type="button"
                      class="btn plain"
                      aria-label={copy().endLabel(session.label || copy().unknownDevice)}
                      onClick={() => void props.end(session.sessionId)}
                    >
                      {copy().end}
                    </button>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </Reading>
    </section>
  );
}
