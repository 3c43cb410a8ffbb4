import {
  groupCaseNumber,
  groupTicketCode,
  parseTicket,
  shanghaiDate,
  slotsOf,
  ticketTextMaxLength,
  ticketTopics,
} from '@shiming/domain';
import { createSignal, Show, Suspense } from 'solid-js';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { createForm } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { LazyPuzzle } from '../puzzle/lazy-puzzle.tsx';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { A } from '../router/router.tsx';
import { Facts, Num } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ticketCopy as copy } from './copy.ts';
import { createFiles, FilesField, type Key, type Photo, sendFile } from './files.tsx';
import '../copy/account-problems.ts';
import '../copy/document-problems.ts';

type Sent = { caseNumber: string; code: string; dueDate: string };

/** A ticket that was begun, what was typed in it, and the photos that the server has or may have. */
type Draft = { key: Key; typed: string; photos: readonly Photo[] };

const CorrectionFields = page(() => import('./correction-fields.tsx'), 'CorrectionFields');

const typedOf = (typed: { ticket: string }): string => JSON.stringify({ ...typed, ticket: '' });

/** T-ENT-07: the form of a question to the help desk, with and without an account. */
export function NewTicket() {
  const [sent, setSent] = createSignal<Sent>();
  const files = createFiles(() => slotsOf.ticket.length);
  const { photos, setBad } = files;
  /** A second try goes on with the ticket of the first, as long as nothing that was sent has changed. */
  const [draft, setDraft] = createSignal<Draft>();
  const isSame = (photo: Photo, index: number) => photo === photos()[index];
  const begun = (typed: { ticket: string }) => {
    const last = draft();
    return last?.typed === typedOf(typed) && last.photos.every(isSame) ? last : undefined;
  };
  const form = createForm({
    initial: {
      topic: '',
      text: '',
      name: '',
      number: '',
      email: '',
      wrongField: '',
      correction: '',
      agreesToPhotos: false,
      ticket: '',
    },
    validate(typed) {
      const parsed = parseTicket(typed, shanghaiDate(serverNow()));
      return begun(typed) === undefined ? withTicket(parsed, typed.ticket) : parsed;
    },
    async submit(typed) {
      const known = begun(typed);
      const key = known?.key ?? (await api.ticket.begin.mutate(typed));
      const before = known && (await api.ticket.view.mutate(key));
      const sendAll = async () => {
        const chosen = typed.agreesToPhotos ? photos() : [];
        const tried = (count: number) =>
          setDraft({ key, typed: typedOf(typed), photos: chosen.slice(0, count) });
        tried(before?.files ?? 0);
        for (const [index, { file }] of chosen.entries()) {
          if (index < (before?.files ?? 0)) continue;
          tried(index + 1);
          await sendFile(key, file);
        }
        return api.ticket.submit.mutate(key);
      };
      // The answer to the first try may have been lost on its way.
      const { caseNumber, dueDate } = before ?? {};
      const done = caseNumber && dueDate ? { caseNumber, dueDate } : await sendAll();
      setSent({ ...done, code: key.code });
      scrollTo(0, 0);
    },
    on: {
      ...onTicket,
      'photo.refused'() {
        setBad('file');
        setDraft((last) => last && { ...last, photos: last.photos.slice(0, -1) });
      },
      'request.not_found'(failure) {
        setDraft(undefined);
        return failure;
      },
    },
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
            <Show when={form.values.topic !== ''}>
              <Suspense>
                <CorrectionFields
                  topic={form.values.topic}
                  wrongField={form.field('wrongField')}
                  correction={form.field('correction')}
                />
              </Suspense>
            </Show>
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
            <FilesField
              of={files}
              agrees={form.field('agreesToPhotos')}
              isAgreed={form.values.agreesToPhotos}
            />
            <Show when={begun(form.values) === undefined}>
              <LazyPuzzle field={form.field('ticket')} purpose="ticket" />
            </Show>
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
                value: <Num>{groupCaseNumber(done().caseNumber)}</Num>,
              },
              { term: copy().code, value: <Num>{groupTicketCode(done().code)}</Num> },
              { term: copy().due, value: <Num>{done().dueDate}</Num> },
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
