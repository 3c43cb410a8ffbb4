import {
  disputeFields,
  type DisputeReason,
  disputeReasons,
  type DisputeField,
  isRefusedFor,
  parseDispute,
} from '@shiming/domain';
import { createSignal, For, Show, Suspense } from 'solid-js';
import { api } from '../api.ts';
import { formatDate } from '../copy/format.ts';
import { GiveConsent } from '../data/lazy-give-consent.ts';
import { createForm } from '../form/create-form.ts';
import { useSignedIn } from '../session/signed-in.tsx';
import { Loading, Note } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { photoCheckCopy as copy } from './copy.ts';
import { base64Of, checkOwnPhoto, type OwnPhoto } from './own-photo.ts';
import type { Check } from './page.tsx';

const noteMaxLength = 200;

/** 【有误】: what is wrong and what would be right, or a photo of one's own where there is none. */
export function Dispute(props: {
  check: Check;
  takesOwnPhoto: boolean;
  onDone(): Promise<void>;
  onCancel(): void;
}) {
  const [photo, setPhoto] = createSignal<OwnPhoto>();
  const goodPhoto = () => {
    const chosen = photo();
    return chosen === undefined || isRefusedFor(chosen.problems) ? null : base64Of(chosen);
  };
  const typedOf = ({ reason, field, ...rest }: Typed) => ({
    ...rest,
    reason: reason as DisputeReason,
    field: field === '' ? null : (field as DisputeField),
  });
  const form = createForm<Typed>({
    initial: {
      reason: props.check.photos.graduation === null ? 'no_photo' : '',
      field: '',
      value: '',
      note: '',
    },
    validate: (typed) =>
      typed.reason === ''
        ? { ok: false, fields: { reason: 'dispute_field.missing' } }
        : parseDispute(typedOf(typed)),
    async submit(typed) {
      await api.photoCheck.dispute.mutate({
        ...typedOf(typed),
        recordId: props.check.recordId,
        photo: typed.reason === 'no_photo' ? goodPhoto() : null,
      });
      await props.onDone();
    },
    on: {
      ...useSignedIn(),
      'photo_check.answered': () => props.onDone(),
      'photo_check.closed': () => props.onDone(),
      'consent.required': () => props.onDone(),
      'request.stale': () => props.onDone(),
    },
  });
  return (
    <FormBody of={form} isPart submit={copy().send}>
      <RadioCards
        field={form.field('reason')}
        label={copy().reasonTitle}
        options={disputeReasons.map((value) => ({ value, label: copy().reasons[value] }))}
      />
      <Show when={form.values.reason === 'field_wrong'}>
        <RadioCards
          field={form.field('field')}
          label={copy().field}
          options={disputeFields.map((value) => ({ value, label: copy().fields[value] }))}
        />
        <TextField field={form.field('value')} label={copy().value} />
      </Show>
      <Show when={form.values.reason === 'no_photo'}>
        <NoPhoto
          closesOn={props.check.closesOn}
          photo={photo()}
          takesOwnPhoto={props.takesOwnPhoto}
          onPhoto={setPhoto}
        />
      </Show>
      <TextArea
        field={form.field('note')}
        label={copy().note}
        hint={copy().noteHint}
        maxLength={noteMaxLength}
        count={(used) => copy().count(used, noteMaxLength)}
        over={(by) => copy().over(by)}
      />
      <div class="row">
        <button type="button" class="btn plain" onClick={() => props.onCancel()}>
          {copy().back}
        </button>
      </div>
    </FormBody>
  );
}

type Typed = { reason: string; field: string; value: string; note: string };

/** S-REC-02a: 散拍 or 自主上传, with the rules, the last day, and a check of one's own photo in the browser. */
function NoPhoto(props: {
  closesOn: string;
  photo: OwnPhoto | undefined;
  takesOwnPhoto: boolean;
  onPhoto(photo: OwnPhoto | undefined): void;
}) {
  const [isGiven, setGiven] = createSignal(props.takesOwnPhoto);
  const isRefused = () => props.photo !== undefined && isRefusedFor(props.photo.problems);
  const choose = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    props.onPhoto(file === undefined ? undefined : await checkOwnPhoto(file));
  };
  return (
    <section class="stack">
      <h3>{copy().noPhotoTitle}</h3>
      <ul>
        <For each={copy().noPhoto}>{(line) => <li>{line}</li>}</For>
      </ul>
      <p>{copy().lastDay(formatDate(props.closesOn))}</p>
      <ul>
        <For each={copy().photoRules}>{(line) => <li>{line}</li>}</For>
      </ul>
      <Show
        when={isGiven()}
        fallback={
          <Suspense fallback={<Loading />}>
            <GiveConsent
              consent={{ kind: 'own_photo' }}
              onGiven={async () => {
                setGiven(true);
              }}
            />
          </Suspense>
        }
      >
        <div class="row">
          <label class="btn plain">
            <input
              type="file"
              class="seen-by-readers"
              accept="image/*"
              onChange={(event) => void choose(event.currentTarget)}
            />
            {copy().choose}
          </label>
        </div>
      </Show>
      <div class="tight" role="status">
        <Show when={props.photo}>
          {(chosen) => (
            <>
              <Show when={chosen().address}>
                {(address) => (
                  <img class="portrait" src={address()} alt={copy().own} width="180" height="240" />
                )}
              </Show>
              <Show
                when={chosen().problems.length > 0}
                fallback={<Note tone="ok">{copy().photoFine}</Note>}
              >
                <Note tone={isRefused() ? 'bad' : 'warn'}>
                  <p>{isRefused() ? copy().photoRefused : copy().photoWarned}</p>
                  <ul>
                    <For each={chosen().problems}>
                      {(problem) => <li>{copy().problems[problem]}</li>}
                    </For>
                  </ul>
                </Note>
              </Show>
            </>
          )}
        </Show>
      </div>
    </section>
  );
}
