import {
  groupCaseNumber,
  groupTicketCode,
  parseLetter,
  slotsOf,
  ticketTextMaxLength,
} from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { addressOf } from '../portal.ts';
import { LazyPuzzle } from '../puzzle/lazy-puzzle.tsx';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { ContactFields } from './contact-fields.tsx';
import { createFiles, FilesField, type Key, sendFile } from '../ticket/files.tsx';
import { Facts, Num } from '../ui/blocks.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { organisationCopy as copy } from './copy.ts';
import '../copy/account-problems.ts';
import '../copy/organisation-problems.ts';

type Sent = { caseNumber: string; code: string; dueDate: string };

/** S-USR-02, S-USR-03: the letter by which an organisation registers or gets back in. */
export function NewLetter() {
  const [sent, setSent] = createSignal<Sent>();
  const files = createFiles(() => slotsOf.organisation_letter.length);
  /** A second try goes on with the letter of the first, where nothing was changed. */
  let begun: { key: Key; typed: string } | undefined;
  const form = createForm({
    initial: {
      name: '',
      code: '',
      person: '',
      mobile: '',
      email: '',
      text: '',
      contactAgrees: false,
      agreesToPhotos: false,
      ticket: '',
    },
    validate(typed) {
      const parsed = parseLetter(typed);
      const hasLetter = typed.agreesToPhotos && files.photos().length > 0;
      const agreesToPhotos = { code: 'organisation.letter_required' } as const;
      const fields = parsed.ok ? {} : parsed.fields;
      return withTicket(
        hasLetter ? parsed : { ok: false, fields: { ...fields, agreesToPhotos } },
        typed.ticket,
      );
    },
    async submit(typed) {
      const same = JSON.stringify({ ...typed, ticket: '' });
      if (begun?.typed !== same) {
        begun = { key: await api.organisation.begin.mutate(typed), typed: same };
      }
      const { key } = begun;
      const known = await api.ticket.view.mutate(key);
      for (const { file } of files.photos().slice(known.files)) await sendFile(key, file);
      const { caseNumber, dueDate } =
        known.caseNumber === null || known.dueDate === null
          ? await api.ticket.submit.mutate(key)
          : { caseNumber: known.caseNumber, dueDate: known.dueDate };
      setSent({ caseNumber, dueDate, code: key.code });
      scrollTo(0, 0);
    },
    on: {
      ...onTicket,
      'photo.refused': () => void files.setBad('file'),
      'organisation.letter_required': () => void files.setBad('file'),
    },
    spends: 'ticket',
  });
  return (
    <Show
      when={sent()}
      fallback={
        <Page
          title={copy().letterTitle}
          lead={copy().letterLead}
          backTo="/organisation"
          form={form}
        >
          <FormBody of={form} submit={copy().send}>
            <TextField
              field={form.field('name')}
              label={copy().name}
              hint={copy().nameHint}
              autocomplete="organization"
            />
            <TextField
              field={form.field('code')}
              label={copy().code}
              hint={copy().codeHint}
              numeric
            />
            <ContactFields form={form} emailHint={copy().emailHint} />
            <TextArea
              field={form.field('text')}
              label={copy().text}
              hint={copy().textHint}
              maxLength={ticketTextMaxLength}
              count={(used) => copy().count(used, ticketTextMaxLength)}
              over={(by) => copy().over(by)}
            />
            <FilesField
              of={files}
              agrees={form.field('agreesToPhotos')}
              isAgreed={form.values.agreesToPhotos}
              words={copy().files}
            />
            <LazyPuzzle field={form.field('ticket')} purpose="ticket" />
          </FormBody>
        </Page>
      }
    >
      {(done) => (
        <Page title={copy().sentTitle} lead={copy().sentLead}>
          <Facts
            rows={[
              { term: copy().number, value: <Num>{groupCaseNumber(done().caseNumber)}</Num> },
              { term: copy().followCode, value: <Num>{groupTicketCode(done().code)}</Num> },
              { term: copy().due, value: <Num>{done().dueDate}</Num> },
            ]}
          />
          <div class="row">
            <a
              class="btn"
              target="_self"
              href={addressOf(`/tickets#${done().caseNumber}.${done().code}`)}
            >
              {copy().toFollow}
            </a>
          </div>
        </Page>
      )}
    </Show>
  );
}
