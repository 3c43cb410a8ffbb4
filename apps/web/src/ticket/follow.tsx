import {
  groupCaseNumber,
  letterRule,
  parseTicketText,
  slotsOf,
  ticketTextMaxLength,
} from '@shiming/domain';
import { createSignal, For, onMount, Show } from 'solid-js';
import { api } from '../api.ts';
import { formatInstant } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { onEach } from '../form/refusals.ts';
import { A } from '../router/router.tsx';
import { takeLinkSecret } from '../shared/link-secret.ts';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, Note, Num, Reveal } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ticketCopy as copy } from './copy.ts';
import { createFiles, FilesField, type Key, sendFile } from './files.tsx';

type View = Awaited<ReturnType<typeof api.ticket.view.mutate>>;
type Found = { key: Key; view: View };

const find = async (key: Key): Promise<Found> => ({ key, view: await api.ticket.view.mutate(key) });

/** T-ENT-07: a question by its number and code. Behind the `#` stands the same, or the secret that confirms an address. */
export function FollowTicket() {
  const [found, setFound] = createSignal<Found>();
  const [isMissing, setMissing] = createSignal(false);
  const [proof, setProof] = createSignal<'proved' | 'dead'>();
  const missing = () => void setMissing(true);
  const form = createForm({
    initial: { number: '', code: '' },
    validate: () => ({ ok: true }),
    async submit(typed) {
      setMissing(false);
      setFound(await find(typed));
    },
    on: { 'request.not_found': missing },
  });
  const secret = takeLinkSecret();
  const dead = () => void setProof('dead');
  const first = createAction(
    async () => {
      const [number = '', code = ''] = secret.split('.');
      if (/^\d{14}$/.test(number)) return void setFound(await find({ number, code }));
      await api.ticket.prove.mutate({ link: secret });
      setProof('proved');
    },
    {
      'request.not_found': missing,
      // A page that is loaded again has confirmed the address already.
      'link.used': () => void setProof('proved'),
      ...onEach(['link.expired', 'input.invalid'], dead),
    },
  );
  onMount(() => {
    if (secret !== '') void first.run();
  });
  return (
    <Show
      when={found()}
      keyed
      fallback={
        <Page title={copy().followTitle} lead={copy().followLead} backTo="/help" form={form}>
          <ActionFailure action={first} />
          <div role="status">
            <Show when={proof()}>
              {(is) => (
                <Note tone={is() === 'proved' ? 'ok' : 'warn'}>
                  <p>
                    <b>{is() === 'proved' ? copy().provedTitle : copy().deadTitle}</b>
                  </p>
                  <p>{is() === 'proved' ? copy().provedText : copy().deadText}</p>
                </Note>
              )}
            </Show>
            <Show when={isMissing()}>
              <Note tone="warn">
                <p>{copy().notFound}</p>
              </Note>
            </Show>
          </div>
          <FormBody of={form} submit={copy().follow}>
            <TextField
              field={form.field('number')}
              label={copy().caseNumber}
              inputmode="numeric"
              numeric
            />
            <TextField field={form.field('code')} label={copy().code} numeric />
          </FormBody>
          <p>
            <A class="alone" href="/tickets/new">
              {copy().toNew}
            </A>
          </p>
        </Page>
      }
    >
      {(it) => <Ticket found={it} onChange={async () => setFound(await find(it.key))} />}
    </Show>
  );
}

function Ticket(props: { found: Found; onChange(): Promise<unknown> }) {
  const view = () => props.found.view;
  const room = () => slotsOf[view().kind].length - view().files;
  const isLetter = () => view().kind === 'organisation_letter';
  const files = createFiles(room);
  const form = createForm({
    initial: { text: '', agreesToPhotos: props.found.view.agreesToPhotos },
    validate: ({ text }) => {
      const parsed = parseTicketText(text);
      return parsed.ok ? { ok: true } : { ok: false, fields: { text: parsed.code } };
    },
    async submit({ text, agreesToPhotos }) {
      for (const photo of agreesToPhotos ? files.photos() : []) {
        await sendFile(props.found.key, photo.file);
        files.remove(photo);
      }
      await api.ticket.answer.mutate({ ...props.found.key, text });
      await props.onChange();
    },
    on: { 'photo.refused': () => void files.setBad('file') },
  });
  const withdraw = createAction(async () => {
    await api.ticket.withdraw.mutate(props.found.key);
    await props.onChange();
  });
  const said = () =>
    [
      ...view().answers.map(({ text, atMs }) => ({ text, atMs, by: copy().answer })),
      ...view().replies.map(({ text, atMs }) => ({ text, atMs, by: copy().reply })),
    ].toSorted((one, other) => one.atMs - other.atMs);
  return (
    <Page title={copy().statuses[view().status]} backTo="/help" form={form}>
      <Facts
        rows={[
          {
            term: copy().caseNumber,
            value: <Num>{groupCaseNumber(view().caseNumber ?? '')}</Num>,
          },
          {
            term: copy().topic,
            value: isLetter() ? copy().letter : copy().topics[view().topic],
          },
          ...(view().status === 'waiting'
            ? [{ term: copy().due, value: <Num>{view().dueDate}</Num> }]
            : []),
        ]}
      />
      <section class="stack">
        <h2>{copy().asked}</h2>
        <p>
          <Foreign>{view().text}</Foreign>
        </p>
        <Show when={view().files > 0}>
          <p class="soft">{copy().fileCount(view().files)}</p>
        </Show>
      </section>
      <Show when={isLetter() && view().status === 'approved'}>
        <Note tone="ok">
          <p>{copy().letterApproved(letterRule.passwordDays)}</p>
          <p>
            <A class="alone" href="/organisation/password">
              {copy().toPassword}
            </A>
          </p>
        </Note>
      </Show>
      <For each={said()}>
        {(each) => (
          <section class="stack">
            <h2>{each.by}</h2>
            <p class="soft num">{formatInstant(each.atMs)}</p>
            <p>
              <Foreign>{each.text}</Foreign>
            </p>
          </section>
        )}
      </For>
      <Show when={view().status === 'returned'}>
        <FormBody of={form} submit={copy().sendReply}>
          <p>{copy().until(formatInstant(view().expiresAtMs ?? 0))}</p>
          <TextArea
            field={form.field('text')}
            label={copy().reply}
            maxLength={ticketTextMaxLength}
            count={(used) => copy().count(used, ticketTextMaxLength)}
            over={(by) => copy().over(by)}
          />
          <Show when={room() > 0}>
            <FilesField
              of={files}
              agrees={form.field('agreesToPhotos')}
              isAgreed={form.values.agreesToPhotos}
              words={isLetter() ? { ...copy(), ...copy().letterFiles(room()) } : undefined}
            />
          </Show>
        </FormBody>
      </Show>
      <Show when={view().status === 'waiting' || view().status === 'returned'}>
        <Reveal title={copy().withdraw}>
          <p>{copy().withdrawn}</p>
          <ActionFailure action={withdraw} />
          <ActionButton action={withdraw}>{copy().withdraw}</ActionButton>
        </Reveal>
      </Show>
    </Page>
  );
}
