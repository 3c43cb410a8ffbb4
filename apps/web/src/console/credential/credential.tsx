import {
  type CredentialGuide,
  credentialTextMaxLength,
  credentialTexts,
  parseCredentialGuide,
  shanghaiDate,
} from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { builtInCheckedOn } from '../../copy/credential-guide.ts';
import { en } from '../../copy/documents.credential.en.ts';
import { zh } from '../../copy/documents.credential.zh.ts';
import { createForm } from '../../form/create-form.ts';
import { Note } from '../../ui/blocks.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAsked } from '../asked.ts';
import { useStaff } from '../session/staff.tsx';
import { credentialCopy as copy } from './credential-copy.ts';

/** What the pages say until somebody changes it. */
const builtIn = {
  checkedOn: builtInCheckedOn,
  ...Object.fromEntries(
    credentialTexts.flatMap((text) => [
      [`${text}Zh`, zh[text]],
      [`${text}En`, en[text]],
    ]),
  ),
} as CredentialGuide;

/** Names and steps of 网证, which an administrator keeps up to date. */
export function CredentialPage() {
  const current = useAsked(
    () => ['credential'],
    () => api.networkCredential.current.query(),
  );
  return (
    <Reading read={current} title={copy().title}>
      {(found) => (
        <Edit
          version={found().version}
          guide={found().guide ?? builtIn}
          again={() => current.again()}
        />
      )}
    </Reading>
  );
}

function Edit(props: { version: number; guide: CredentialGuide; again(): Promise<void> }) {
  const staff = useStaff();
  const [isSaved, setSaved] = createSignal(false);
  const form = createForm({
    initial: { ...props.guide },
    validate: (typed) => parseCredentialGuide(typed, shanghaiDate(serverNow())),
    async submit(typed) {
      setSaved(false);
      await api.networkCredential.save.mutate({ ...typed, version: props.version });
      await props.again();
      setSaved(true);
    },
    on: staff.on,
  });
  return (
    <Page title={copy().title} lead={copy().lead} form={form}>
      <div role="status">
        <Show when={isSaved()}>
          <Note tone="ok">{copy().saved}</Note>
        </Show>
      </div>
      <FormBody of={form} submit={copy().save}>
        <TextField
          field={form.field('checkedOn')}
          label={copy().checkedOn}
          hint={copy().checkedOnHint}
        />
        <For each={credentialTexts}>
          {(text) => (
            <For each={['Zh', 'En'] as const}>
              {(language) => (
                <TextArea
                  field={form.field(`${text}${language}`)}
                  label={(language === 'Zh' ? copy().inChinese : copy().inEnglish)(
                    copy().texts[text],
                  )}
                  maxLength={credentialTextMaxLength}
                  count={copy().count}
                  over={copy().over}
                />
              )}
            </For>
          )}
        </For>
      </FormBody>
    </Page>
  );
}
