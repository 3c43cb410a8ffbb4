import { type DocumentAnswers, parseFirstPassword, shanghaiDate } from '@shiming/domain';
import { parseDocumentAnswers } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { serverNow } from '../clock.ts';
import { groupTyped, numberHint, whatNumberTells } from '../document-number/tells.ts';
import { createForm, type Problems } from '../form/create-form.ts';
import { NameField } from '../identity/name-field.tsx';
import { dateAnswers } from '../identity/validity-answers.ts';
import { ValidityFields } from '../identity/validity-fields.tsx';
import { page } from '../lazy-page.ts';
import { usePortal } from '../portal.ts';
import { A } from '../router/router.tsx';
import { NewTab, Note } from '../ui/blocks.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { NumberGroupedField, TextField } from '../ui/text-field.tsx';
import { firstSignInCopy as copy } from './copy.ts';
import '../copy/first-password-problems.ts';

/** Comes with the second step. */
const OwnPassword = page(() => import('./own-password.tsx'), 'OwnPassword');

/** What was given in the first step: who the person is, and the first password. */
export type Given = DocumentAnswers & { firstPassword: string };

/** Why the second step leads back to the first. */
export type Refused = { triesLeft: number } | { fields: Problems } | 'taken';

const today = () => shanghaiDate(serverNow());

/**
 * S-REG-09: the first sign-in with a first password from an agency: who the person is, then a password of their own. Nothing is
 * sent before that.
 */
export function FirstSignIn() {
  const portal = usePortal();
  const type = portal.agencyHelp?.documentType ?? portal.documentTypes[0];
  const [given, setGiven] = createSignal<Given>();
  const [refused, setRefused] = createSignal<Refused>();
  const form = createForm<Given>({
    initial: {
      documentType: type,
      name: '',
      number: '',
      validityStart: dateAnswers(''),
      validityTerm: '',
      hasConsented: false,
      firstPassword: '',
    },
    validate(typed) {
      const document = parseDocumentAnswers(typed, portal, today());
      const first = parseFirstPassword(typed.firstPassword);
      const fields = {
        ...(document.ok ? {} : document.fields),
        ...(first.ok ? {} : { firstPassword: first.code }),
      };
      return Object.keys(fields).length === 0 ? { ok: true } : { ok: false, fields };
    },
    async submit(typed) {
      setRefused(undefined);
      setGiven(typed);
      scrollTo(0, 0);
    },
  });
  const birthDate = () => {
    const tells = whatNumberTells(type, form.values.number, today(), portal);
    return typeof tells === 'object' ? tells.document.birthDate : null;
  };
  const back = (why?: Refused) => {
    setRefused(why);
    setGiven(undefined);
    scrollTo(0, 0);
  };
  return (
    <Show
      when={given()}
      fallback={
        <Page title={copy().title} lead={copy().lead} backTo="/login" form={form}>
          <Why of={refused()} />
          <FormBody of={form} submit={copy().next}>
            <NameField field={form.field('name')} type={type} />
            <NumberGroupedField
              field={form.field('number')}
              label={copy().number}
              hint={numberHint(type, portal)}
              group={(number) => groupTyped(type, number, today(), portal)}
              autocomplete="username"
            />
            <ValidityFields
              start={form.field('validityStart')}
              term={form.field('validityTerm')}
              type={type}
              birthDate={birthDate()}
            />
            <TextField
              field={form.field('firstPassword')}
              label={copy().firstPassword}
              hint={copy().firstPasswordHint}
              autocomplete="off"
              numeric
            />
            <Checkbox
              field={form.field('hasConsented')}
              label={
                <>
                  {copy().consent}
                  <NewTab href="/privacy">{copy().consentLink}</NewTab>
                </>
              }
            />
          </FormBody>
        </Page>
      }
    >
      {(typed) => <OwnPassword given={typed()} onBack={back} />}
    </Show>
  );
}

function Why(props: { of: Refused | undefined }) {
  const words = () => {
    const why = props.of;
    if (why === undefined || why === 'taken') return undefined;
    return 'triesLeft' in why ? copy().refused(why.triesLeft) : copy().firstPasswordDead;
  };
  return (
    <div role="alert">
      <Show when={words()}>{(text) => <Note tone="bad">{text()}</Note>}</Show>
      <Show when={props.of === 'taken'}>
        <Note tone="warn">
          <div class="tight">
            <p>
              <b>{copy().taken}</b> {copy().takenText}
            </p>
            <div class="row links">
              <A href="/login">{copy().login}</A>
              <A href="/recovery">{copy().recover}</A>
              <NewTab href="/tickets/new">{copy().write}</NewTab>
            </div>
          </div>
        </Note>
      </Show>
    </div>
  );
}
