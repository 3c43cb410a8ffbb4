import type { ConsentChoice, ServiceField } from '@shiming/domain';
import { createSignal, For, Show, Suspense } from 'solid-js';
import { api } from '../api.ts';
import { fieldId } from '../form/field-id.ts';
import { GuardianCodeField, onGuardian } from '../guardian/lazy-code-field.ts';
import { useSession } from '../session/session.tsx';
import { useSignedIn } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { consentsCopy as copy } from './consents-copy.ts';
import { portalWord } from '../portal.ts';
import { Loading, NewTab } from '../ui/blocks.tsx';
import { page } from '../lazy-page.ts';

const ServiceFields = page(() => import('./service-fields.tsx'), 'ServiceFields');

/**
 * Says what follows before a consent is withdrawn or given, and does it. Somebody whose account came from an older
 * system has not agreed to the agreement yet and does so here, by a tick of its own (T-REG-14).
 */
export function ConsentDialog(props: {
  consent: ConsentChoice;
  isWithdrawal: boolean;
  onCancel(): void;
  onDone(): Promise<void>;
}) {
  const session = useSession();
  const done = async () => {
    await session.refresh();
    await props.onDone();
  };
  const words = () => copy().dialogs[props.consent.kind];
  /** The service that the person is asked to agree to. */
  const serviceId = () => (props.isWithdrawal ? undefined : props.consent.serviceId);
  const [fields, setFields] = createSignal<readonly ServiceField[]>();
  const isAsked = !props.isWithdrawal && session.current()?.hasAgreed === false;
  const [hasAgreed, setAgreed] = createSignal(false);
  const [isRefused, setRefused] = createSignal(false);
  const [guardianCode, setGuardianCode] = createSignal('');
  const [guardianRefusal, setGuardianRefusal] = createSignal<
    'guardian.required' | 'guardian.code_refused'
  >();
  const confirm = createAction(
    async () => {
      const { consent } = props;
      if (isAsked && !hasAgreed()) {
        setRefused(true);
        document.getElementById(fieldId('hasAgreed'))?.focus();
        return;
      }
      if (props.isWithdrawal) await api.data.withdrawConsent.mutate(consent);
      else {
        const answers = {
          hasAgreed: hasAgreed(),
          fields: fields() && [...(fields() ?? [])],
          guardianCode: guardianCode(),
        };
        await api.data.giveConsent.mutate({ ...consent, ...answers });
      }
      await done();
    },
    {
      ...useSignedIn(),
      ...onGuardian(({ code }) => void setGuardianRefusal(code)),
      // It may have been done on another device meanwhile.
      'request.stale': done,
    },
  );
  return (
    <Dialog
      title={props.isWithdrawal ? words().withdrawTitle : words().giveTitle}
      onCancel={() => props.onCancel()}
    >
      <Show
        when={serviceId()}
        fallback={
          <ul>
            <For each={props.isWithdrawal ? words().withdrawText : words().giveText}>
              {(line) => <li>{line}</li>}
            </For>
          </ul>
        }
      >
        {(id) => (
          <Suspense fallback={<Loading />}>
            <ServiceFields
              serviceId={id()}
              chosen={fields()}
              onChoose={setFields}
              isBusy={confirm.isBusy()}
            />
          </Suspense>
        )}
      </Show>
      <Show when={isAsked}>
        <Checkbox
          field={{
            name: 'hasAgreed',
            value: hasAgreed,
            set: setAgreed,
            problem: () => (isRefused() && !hasAgreed() ? 'agreement.missing' : undefined),
            isSubmitting: () => confirm.isBusy(),
          }}
          label={
            <>
              {copy().agree}
              <NewTab href="/agreement">{copy().agreementLink(portalWord('fullName'))}</NewTab>
            </>
          }
        />
      </Show>
      <Show when={guardianRefusal()}>
        {(code) => (
          <Suspense>
            <GuardianCodeField
              field={{
                name: 'guardianCode',
                value: guardianCode,
                set: setGuardianCode,
                problem: () => ({ code: code() }),
                isSubmitting: () => confirm.isBusy(),
              }}
            />
          </Suspense>
        )}
      </Show>
      <ActionFailure action={confirm} />
      <div class="row">
        <Show when={serviceId() === undefined || fields()}>
          <ActionButton action={confirm}>
            {props.isWithdrawal ? copy().dialogWithdraw : copy().dialogGive}
          </ActionButton>
        </Show>
        <button type="button" class="btn plain" onClick={() => props.onCancel()}>
          {copy().cancel}
        </button>
      </div>
    </Dialog>
  );
}
