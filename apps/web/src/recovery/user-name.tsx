import { parseUserNameAnswers, shanghaiDate } from '@shiming/domain';
import { Show } from 'solid-js';
import { A, useNavigate, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { failureSentence } from '../copy/failures.ts';
import { createForm } from '../form/create-form.ts';
import { onEach } from '../form/refusals.ts';
import { usePortal } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { Note } from '../ui/blocks.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { TextField } from '../ui/text-field.tsx';
import { hold } from './held.ts';
import { bySmsPath, recoveryCopy, RecoveryStep } from './shared.tsx';
import { zh } from './user-name.zh.ts';

const copy = defineCopy(zh, () => import('./user-name.en.ts'));

/** S-PWD-01: the contact by which somebody signs in. `?ended` says that a reset was on its way and has expired. */
export function UserNamePage() {
  const navigate = useNavigate();
  const [query] = useSearchParams<{ ended: string }>();
  const form = createForm({
    initial: { name: '', ticket: '' },
    validate: (typed) =>
      withTicket(parseUserNameAnswers(typed, usePortal(), shanghaiDate(serverNow())), typed.ticket),
    async submit(typed) {
      hold(await api.recovery.begin.mutate(typed), { isBegun: true });
      navigate(bySmsPath);
    },
    on: {
      ...onTicket,
      ...onEach(['code.day_limit', 'code.too_soon'], () => ({ at: 'name' }) as const),
    },
    spends: 'ticket',
  });
  return (
    <Page
      title={recoveryCopy().title}
      lead={copy().lead}
      backTo="/login"
      step={<RecoveryStep of="user_name" />}
      form={form}
    >
      <Show when={query.ended !== undefined && form.failedSubmits() === 0}>
        <Note tone="warn">
          <p>{failureSentence({ code: 'recovery.not_started' })}</p>
        </Note>
      </Show>
      <FormBody of={form} submit={copy().send}>
        <TextField
          field={form.field('name')}
          label={copy().userName}
          hint={copy().hint}
          autocomplete="username"
        />
        <Puzzle field={form.field('ticket')} {...puzzleCalls('recover')} />
      </FormBody>
      <Show when={usePortal().flows.find_user_name}>
        {(flow) => (
          <p>
            <A class="alone" href={flow().path}>
              {copy().find}
            </A>
          </p>
        )}
      </Show>
    </Page>
  );
}
