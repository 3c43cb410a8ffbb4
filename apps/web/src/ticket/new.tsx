import {
  type AppErrorData,
  groupCaseNumber,
  groupTicketCode,
  parseTicket,
  shanghaiDate,
  slotsOf,
  ticketTextMaxLength,
  ticketTopics,
} from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api, RequestFailed } from '../api.ts';
import { serverNow } from '../clock.ts';
import { createForm } from '../form/create-form.ts';
import { addressOf, usePortal } from '../portal.ts';
import { LazyPuzzle } from '../puzzle/lazy-puzzle.tsx';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { fitJpeg } from '../review/photo/fit-jpeg.ts';
import { A } from '../router/router.tsx';
import { Facts } from '../ui/blocks.tsx';
import { Checkbox, RadioCards } from '../ui/choices.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ticketCopy as copy } from './copy.ts';
import '../copy/account-problems.ts';

type Sent = { caseNumber: string; code: string; dueDate: string };

/** Sends a file for a ticket in hand. */
async function sendFile(key: string, source: Blob, maxBytes: number): Promise<void> {
  const { file } = await fitJpeg(source, { maxBytes });
  const answer = await fetch(addressOf('/photos/ticket'), {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg', 'x-ticket': key },
    body: file,
  });
  if (answer.ok) return;
  const { error } = (await answer.json()) as { error: { data: { app: AppErrorData } } };
  throw new RequestFailed(error.data.app);
}

/** T-ENT-07: the form of a question to the help desk, with and without an account. */
export function NewTicket() {
  const portal = usePortal();
  const [sent, setSent] = createSignal<Sent>();
  let files: HTMLInputElement | undefined;
  const form = createForm({
    initial: {
      topic: '',
      text: '',
      name: '',
      number: '',
      email: '',
      agreesToPhotos: false,
      ticket: '',
    },
    validate: (typed) => withTicket(parseTicket(typed, shanghaiDate(serverNow())), typed.ticket),
    async submit(typed) {
      const key = await api.ticket.begin.mutate(typed);
      const chosen = typed.agreesToPhotos ? Array.from(files?.files ?? []) : [];
      for (const file of chosen.slice(0, slotsOf.ticket.length)) {
        await sendFile(`${key.number}.${key.code}`, file, portal.photos.underBytes - 1);
      }
      setSent({ ...(await api.ticket.submit.mutate(key)), code: key.code });
      scrollTo(0, 0);
    },
    on: onTicket,
    spends: 'ticket',
  });
  return (
    <Show
      when={sent()}
      fallback={
        <Page title={copy().newTitle} lead={copy().newLead} backTo="/help" form={form}>
          <FormBody of={form} submit={copy().send}>
            <RadioCards
              field={form.field('topic')}
              label={copy().topic}
              options={ticketTopics.map((value) => ({ value, label: copy().topics[value] }))}
            />
            <TextArea
              field={form.field('text')}
              label={copy().text}
              hint={copy().textHint}
              maxLength={ticketTextMaxLength}
              count={(used) => copy().count(used, ticketTextMaxLength)}
              over={(by) => copy().over(by)}
            />
            <TextField field={form.field('name')} label={copy().name} autocomplete="name" />
            <TextField
              field={form.field('number')}
              label={copy().number}
              hint={copy().numberHint}
              numeric
            />
            <TextField
              field={form.field('email')}
              label={copy().email}
              hint={copy().emailHint}
              type="email"
              inputmode="email"
              autocomplete="email"
            />
            <Checkbox field={form.field('agreesToPhotos')} label={copy().agrees} />
            <div class="field">
              <label for="ticket-files">{copy().files}</label>
              <p class="hint" id="ticket-files-hint">
                {copy().filesHint}
              </p>
              <input
                ref={(element) => (files = element)}
                id="ticket-files"
                type="file"
                accept="image/*"
                multiple
                disabled={!form.values.agreesToPhotos}
                aria-describedby="ticket-files-hint"
              />
            </div>
            <LazyPuzzle field={form.field('ticket')} purpose="ticket" />
          </FormBody>
        </Page>
      }
    >
      {(done) => (
        <Page title={copy().sentTitle} lead={copy().sentLead}>
          <Facts
            rows={[
              {
                term: copy().caseNumber,
                value: <span class="num">{groupCaseNumber(done().caseNumber)}</span>,
              },
              { term: copy().code, value: <span class="num">{groupTicketCode(done().code)}</span> },
              { term: copy().due, value: <span class="num">{done().dueDate}</span> },
            ]}
          />
          <div class="row">
            <A class="btn" href={`/tickets#${done().caseNumber}.${done().code}`}>
              {copy().toFollow}
            </A>
          </div>
        </Page>
      )}
    </Show>
  );
}
