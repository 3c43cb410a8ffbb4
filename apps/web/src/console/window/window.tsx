import {
  groupNumber,
  windowOutcomes,
  windowReasons,
  type WindowReason,
  type WindowRevocation,
  windowRevocations,
} from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { documents, validityLine } from '../../copy/documents.ts';
import { formatInstant } from '../../copy/format.ts';
import { createForm } from '../../form/create-form.ts';
import { bilingual } from '../../portal.ts';
import { Facts, Note, Num } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { askAgain, useAsked } from '../asked.ts';
import { useStaff } from '../session/staff.tsx';
import { windowCopy as copy } from './window-copy.ts';

type Opened = Awaited<ReturnType<typeof api.window.open.mutate>>;

/** E-WIN-01: the ticket of a person who has come, and what the clerk has seen. What is opened stays in memory only. */
export function WindowPage() {
  const staff = useStaff();
  const [opened, setOpened] = createSignal<Opened>();
  const [isRecorded, setRecorded] = createSignal(false);
  const form = createForm({
    initial: { code: '' },
    validate: () => ({ ok: true }),
    async submit({ code }) {
      setRecorded(false);
      const ticket = await api.window.open.mutate({ code });
      setOpened(() => ticket);
    },
    on: staff.on,
  });
  const decided = async () => {
    setOpened(undefined);
    form.field('code').set('');
    setRecorded(true);
    await askAgain('window');
  };
  return (
    <Page title={copy().title} lead={copy().lead} form={form}>
      <div role="status">
        <Show when={isRecorded()}>
          <Note tone="ok">{copy().recorded}</Note>
        </Show>
      </div>
      <Show when={staff.may('window.decide')}>
        <FormBody of={form} submit={copy().open}>
          <TextField field={form.field('code')} label={copy().code} hint={copy().codeHint} />
        </FormBody>
      </Show>
      <Show when={opened()} keyed>
        {(ticket) => <Decide ticket={ticket} onDecided={decided} />}
      </Show>
      <Recent />
      <Revoke />
    </Page>
  );
}

const outcomeOf = (reason: string) =>
  windowOutcomes.find((outcome) => windowReasons[outcome].some((each) => each === reason));

function Decide(props: { ticket: Opened; onDecided(): Promise<void> }) {
  const staff = useStaff();
  const form = createForm({
    initial: { reason: '' },
    validate: ({ reason }) =>
      outcomeOf(reason) === undefined
        ? { ok: false, fields: { reason: 'decision_reasons.missing' } }
        : { ok: true },
    async submit({ reason }) {
      const { ticketId, version } = props.ticket;
      await api.window.decide.mutate({
        ticketId,
        version,
        outcome: outcomeOf(reason) ?? 'refused',
        reason: reason as WindowReason,
      });
      await props.onDecided();
    },
    on: staff.on,
  });
  const { identity } = props.ticket;
  return (
    <section class="card stack">
      <h2>{copy().checkTitle}</h2>
      <ol>
        <For each={copy().steps}>{(step) => <li>{step}</li>}</For>
      </ol>
      <Facts
        rows={[
          { term: copy().portal, value: bilingual(props.ticket.portal) },
          { term: copy().check, value: copy().checks[props.ticket.check] },
          {
            term: copy().lastCheck,
            value: (
              <Show when={props.ticket.lastCheck} fallback={copy().notChecked}>
                {(last) => (
                  <>
                    {copy().checkStatuses[last().status]} · {formatInstant(last().atMs)}
                  </>
                )}
              </Show>
            ),
          },
          {
            term: copy().name,
            value: (
              <b>
                <Foreign>{identity.name}</Foreign>
              </b>
            ),
          },
          {
            term: `${copy().number} (${documents().types[identity.type]})`,
            value: <Num strong>{groupNumber(identity.number)}</Num>,
          },
          { term: copy().validity, value: <Num>{validityLine(identity.validity)}</Num> },
        ]}
      />
      <FormBody of={form} submit={copy().record}>
        <RadioCards
          field={form.field('reason')}
          label={copy().result}
          options={windowOutcomes.flatMap((outcome) =>
            windowReasons[outcome].map((value) => ({
              value,
              label: copy().option(copy()[outcome], copy().reasons[value]),
            })),
          )}
        />
      </FormBody>
    </section>
  );
}

/** What was recorded last at the own window. */
function Recent() {
  const list = useAsked(
    () => ['window', 'list'],
    () => api.window.list.query(),
  );
  return (
    <Reading read={list}>
      {(found) => (
        <section class="stack">
          <h2>{copy().recent(found().window)}</h2>
          <Show when={found().decisions.length > 0} fallback={<p>{copy().none}</p>}>
            <table class="list">
              <thead>
                <tr>
                  <th scope="col">{copy().code}</th>
                  <Show when={found().window === null}>
                    <th scope="col">{copy().window}</th>
                  </Show>
                  <th scope="col">{copy().result}</th>
                  <th scope="col">{copy().time}</th>
                  <th scope="col">{copy().clerk}</th>
                </tr>
              </thead>
              <tbody>
                <For each={found().decisions}>
                  {(row) => (
                    <tr>
                      <td>
                        <Num>{row.code}</Num>
                      </td>
                      <Show when={found().window === null}>
                        <td>
                          <Num>{row.window}</Num>
                        </td>
                      </Show>
                      <td>
                        {copy().option(
                          row.status === 'refused' ? copy().refused : copy().passed,
                          copy().reasons[row.reason ?? 'not_online'],
                        )}
                        <Show when={row.status === 'revoked'}>
                          <br />
                          <b>{copy().isRevoked}</b>
                        </Show>
                      </td>
                      <td>{formatInstant(row.decidedAtMs ?? 0)}</td>
                      <td>
                        <Foreign>{row.clerk}</Foreign>
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </Show>
        </section>
      )}
    </Reading>
  );
}

/** A pass that was wrong, revoked by its code with a reason: by another person than the clerk who recorded it. */
function Revoke() {
  const staff = useStaff();
  const [isDone, setDone] = createSignal(false);
  const nothing = { revokedCode: '', revocation: '' };
  const form = createForm({
    initial: nothing,
    validate: ({ revocation }) =>
      revocation === ''
        ? { ok: false, fields: { revocation: 'decision_reasons.missing' } }
        : { ok: true },
    async submit({ revokedCode, revocation }) {
      setDone(false);
      await api.window.revoke.mutate({
        code: revokedCode,
        reason: revocation as WindowRevocation,
      });
      form.field('revokedCode').set('');
      form.field('revocation').set('');
      setDone(true);
      await askAgain('window');
    },
    on: staff.on,
  });
  return (
    <section class="stack">
      <h2>{copy().revokeTitle}</h2>
      <p>{copy().revokeLead}</p>
      <FormBody of={form} isPart submit={copy().revoke}>
        <TextField field={form.field('revokedCode')} label={copy().code} hint={copy().codeHint} />
        <RadioCards
          field={form.field('revocation')}
          label={copy().why}
          options={windowRevocations.map((value) => ({
            value,
            label: copy().revocations[value],
          }))}
        />
      </FormBody>
      <div role="status">
        <Show when={isDone()}>
          <Note tone="ok">{copy().revoked}</Note>
        </Show>
      </div>
    </section>
  );
}
