import { type OfficeKeyAnswers, parseOfficeKey } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatInstant } from '../../copy/format.ts';
import { createForm } from '../../form/create-form.ts';
import { Confirm, createAction } from '../../ui/action.tsx';
import { Note, Num } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAsked } from '../asked.ts';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { officeCopy as copy } from './office-copy.ts';

type Key = Awaited<ReturnType<typeof api.office.keys.query>>['keys'][number];

const nothing: OfficeKeyAnswers = { office: '', algorithm: 'ed25519', publicKey: '' };

/** E-AUT-02: the keys by which registration offices sign, for administrators. */
export function OfficeKeys() {
  const staff = useStaff();
  const keys = useAsked(
    () => ['office-keys'],
    () => api.office.keys.query(),
  );
  /** What every build has, until the server has said what this one has. */
  const algorithms = () => keys.data()?.algorithms ?? (['ed25519', 'hmac-sha256'] as const);
  const [added, setAdded] = createSignal<{ keyId: string; secret: string | null }>();
  const form = createForm({
    initial: nothing,
    validate: parseOfficeKey,
    async submit(typed) {
      const key = await api.office.addKey.mutate(typed);
      setAdded(key);
      await keys.again();
    },
    on: staff.on,
  });
  return (
    <Page title={copy().title} lead={copy().lead} backTo="/staff" form={form} wide>
      <Reading read={keys}>
        {(read) => (
          <Show when={read().keys.length > 0} fallback={<p>{copy().none}</p>}>
            <table class="list">
              <thead>
                <tr>
                  <For each={Object.values(copy().columns)}>
                    {(name) => <th scope="col">{name}</th>}
                  </For>
                  <td />
                </tr>
              </thead>
              <tbody>
                <For each={read().keys}>{(key) => <Row of={key} onChange={keys.again} />}</For>
              </tbody>
            </table>
          </Show>
        )}
      </Reading>
      <FormBody of={form} class="stack narrow" submit={copy().add}>
        <TextField field={form.field('office')} label={copy().office} />
        <RadioCards
          field={form.field('algorithm')}
          label={copy().algorithm}
          options={algorithms().map((value) => ({ value, label: copy().algorithms[value] }))}
        />
        <Show when={copy().publicKeyHints[form.values.algorithm]}>
          {(hint) => (
            <TextField field={form.field('publicKey')} label={copy().publicKey} hint={hint()} />
          )}
        </Show>
      </FormBody>
      <div role="status">
        <Show when={added()}>
          {(key) => (
            <Note tone="ok">
              <p>{copy().added(key().keyId)}</p>
              <Show when={key().secret}>
                {(secret) => (
                  <p>
                    {copy().secret} <Num strong>{secret()}</Num>
                  </p>
                )}
              </Show>
            </Note>
          )}
        </Show>
      </div>
    </Page>
  );
}

const columns = () => copy().columns;

function Row(props: { of: Key; onChange(): Promise<unknown> }) {
  const [isAsked, setAsked] = createSignal(false);
  const revoke = createAction(async () => {
    await api.office.revokeKey.mutate({ keyId: props.of.id });
    setAsked(false);
    await props.onChange();
  }, useStaff().on);
  return (
    <tr>
      <td class="num" data-name={columns().keyId} translate="no">
        {props.of.id}
      </td>
      <td data-name={columns().office}>
        <Foreign>{props.of.office}</Foreign>
      </td>
      <td data-name={columns().algorithm} translate="no">
        {props.of.algorithm}
      </td>
      <td data-name={columns().createdAt}>{formatInstant(props.of.createdAtMs)}</td>
      <td data-name={columns().status}>
        {props.of.revokedAtMs === null
          ? copy().inUse
          : copy().revokedAt(formatInstant(props.of.revokedAtMs))}
      </td>
      <td>
        <Show when={props.of.revokedAtMs === null}>
          <button
            type="button"
            class="btn plain"
            aria-label={copy().revokeLabel(props.of.id)}
            onClick={() => setAsked(true)}
          >
            {copy().revoke}
          </button>
        </Show>
        <Show when={isAsked()}>
          <Confirm
            title={copy().revokeTitle}
            action={revoke}
            confirm={copy().revoke}
            cancel={copy().cancel}
            onClose={() => setAsked(false)}
          >
            <p>{copy().revokeText(props.of.office)}</p>
          </Confirm>
        </Show>
        <FailureBox of={revoke.failure()} />
      </td>
    </tr>
  );
}
