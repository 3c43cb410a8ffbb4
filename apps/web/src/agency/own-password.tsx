import {
  parseDocumentAnswers,
  parsePasswordAnswers,
  personOf,
  shanghaiDate,
} from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { nowShows } from '../drawn-from.ts';
import { createForm } from '../form/create-form.ts';
import { portalWord, usePortal } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { useNavigate } from '../router/router.tsx';
import { useSession } from '../session/session.tsx';
import { Facts, NewTab, Num } from '../ui/blocks.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/new-password.tsx';
import { firstSignInCopy as copy } from './copy.ts';
import type { Given, Refused } from './first-sign-in.tsx';

/** The second step: a password of one's own, and 【是】 to name and number. `onBack` leads to the first, and says why. */
export function OwnPassword(props: { given: Given; onBack(why?: Refused): void }) {
  const session = useSession();
  const navigate = useNavigate();
  const document = parseDocumentAnswers(props.given, usePortal(), shanghaiDate(serverNow()));
  const person = document.ok ? document.value : null;
  const [answer, setAnswer] = createSignal<(isRight: boolean) => void>();
  const form = createForm({
    initial: { password: '', passwordAgain: '', hasAgreed: false, ticket: '' },
    validate(typed) {
      const password = parsePasswordAnswers(typed, personOf(person, null));
      const fields = {
        ...(password.ok ? {} : password.fields),
        ...(typed.hasAgreed ? {} : { hasAgreed: 'agreement.missing' as const }),
      };
      const isRight = Object.keys(fields).length === 0;
      return withTicket(isRight ? { ok: true } : { ok: false, fields }, typed.ticket);
    },
    async submit(typed) {
      const isRight = await new Promise<boolean>((told) => setAnswer(() => told));
      setAnswer(undefined);
      if (!isRight) {
        props.onBack();
        return;
      }
      await api.agency.takeUp.mutate({ ...props.given, ...typed });
      nowShows('account');
      await session.refresh();
      navigate('/account', { replace: true });
    },
    on: {
      ...onTicket,
      'login.refused': ({ triesLeft }) => props.onBack({ triesLeft }),
      'registration.number_taken': () => props.onBack('taken'),
      'input.invalid': (failure) => {
        if (!('firstPassword' in failure.fields)) return failure;
        props.onBack({ fields: failure.fields });
        return undefined;
      },
    },
    spends: 'ticket',
  });
  return (
    <Page title={copy().passwordTitle} form={form}>
      <FormBody of={form} submit={copy().submit}>
        <NewPassword
          form={form}
          label={copy().password}
          hint={copy().passwordHint}
          again={copy().again}
        />
        <Checkbox
          field={form.field('hasAgreed')}
          label={
            <>
              {copy().agree}
              <NewTab href="/agreement">{copy().agreement(portalWord('fullName'))}</NewTab>
            </>
          }
        />
        <Puzzle field={form.field('ticket')} {...puzzleCalls('login')} />
      </FormBody>
      <button type="button" class="btn plain" onClick={() => props.onBack()}>
        {copy().back}
      </button>
      <Show when={answer()}>
        {(told) => (
          <Dialog title={copy().confirmTitle} onCancel={() => told()(false)}>
            <Facts
              rows={[
                { term: copy().name, value: <Foreign>{person?.name ?? ''}</Foreign> },
                { term: copy().number, value: <Num>{person?.number ?? ''}</Num> },
              ]}
            />
            <p>{copy().confirmText}</p>
            <div class="row">
              <button type="button" class="btn" onClick={() => told()(true)}>
                {copy().yes}
              </button>
              <button type="button" class="btn plain" onClick={() => told()(false)}>
                {copy().no}
              </button>
            </div>
          </Dialog>
        )}
      </Show>
    </Page>
  );
}
