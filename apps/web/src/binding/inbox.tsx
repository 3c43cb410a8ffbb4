import { parseName, vouchRule, type VouchSubject } from '@shiming/domain';
import { createSignal, For, onCleanup, Show } from 'solid-js';
import { api } from '../api.ts';
import '../copy/document-problems.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDate, formatInstant } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { at } from '../form/refusals.ts';
import { usePortal } from '../portal.ts';
import { useProved } from '../proof/with-proof.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Chip, Facts, Note, Num } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { TextField } from '../ui/text-field.tsx';
import { zh } from './inbox.zh.ts';

const copy = defineCopy(zh, () => import('./inbox.en.ts'));

const dayMs = 24 * 3_600_000;

type Request = Awaited<ReturnType<typeof api.binding.inbox.query>>['requests'][number];

/** 收件箱 (S-BND-02, S-DUP-05): the requests of classmates, newest first. What is shown has been seen. */
export function Inbox() {
  const session = useSession();
  const read = createRead(async () => {
    const found = await api.binding.inbox.query();
    void session.refresh();
    return found;
  });
  // One request is answered at a time.
  const [chosen, setChosen] = createSignal<string>();
  const openOne = (requests: readonly Request[]) => {
    const waiting = requests.filter(({ status }) => status === 'waiting');
    return (waiting.find(({ vouchId }) => vouchId === chosen()) ?? waiting[0])?.vouchId;
  };
  return (
    <Reading read={read} title={copy().title}>
      {(inbox) => (
        <Page title={copy().title} lead={copy().lead} backTo="/account">
          <For each={inbox().requests} fallback={<p>{copy().empty}</p>}>
            {(request) => (
              <Asked
                request={request}
                isOpen={request.vouchId === openOne(inbox().requests)}
                open={() => setChosen(request.vouchId)}
                again={read.again}
              />
            )}
          </For>
        </Page>
      )}
    </Reading>
  );
}

function Asked(props: {
  request: Request;
  isOpen: boolean;
  open: () => void;
  again: () => Promise<unknown>;
}) {
  const { vouchId } = props.request;
  const takeBack = createAction(async () => {
    await api.binding.takeBack.mutate({ vouchId });
    await props.again();
  }, useSignedIn());
  return (
    <section class="card stack">
      <h2>
        <Foreign>{copy().asks[props.request.subject](props.request.maskedName)}</Foreign>
      </h2>
      <p>
        <Chip>{copy().states[props.request.status]}</Chip>
      </p>
      <Facts
        rows={[
          props.request.school !== '' && {
            term: copy().school,
            value: <Foreign>{props.request.school}</Foreign>,
          },
          props.request.enrolledOn !== '' && {
            term: copy().year,
            value: formatDate(props.request.enrolledOn),
          },
          { term: copy().mobile, value: <Num>{props.request.maskedMobile}</Num> },
          { term: copy().sent, value: formatInstant(props.request.createdAtMs) },
          props.request.status === 'waiting' && {
            term: copy().until,
            value: formatInstant(props.request.expiresAtMs),
          },
        ].filter((each) => each !== false)}
      />
      <Show when={props.request.status === 'waiting'}>
        <Show
          when={props.isOpen}
          fallback={
            <div class="row">
              <button type="button" class="btn quiet" onClick={() => props.open()}>
                {copy().answer}
              </button>
            </div>
          }
        >
          <Answer vouchId={vouchId} subject={props.request.subject} again={props.again} />
        </Show>
      </Show>
      <Show when={props.request.takeBackUntilMs}>
        {(untilMs) => (
          <>
            <p>{copy().takeBackUntil(formatInstant(untilMs()))}</p>
            <ActionFailure action={takeBack} />
            <div class="row">
              <button type="button" class="btn plain" onClick={() => void takeBack.run()}>
                {copy().takeBack}
              </button>
            </div>
          </>
        )}
      </Show>
    </section>
  );
}

/** The helper types the name, and the button waits until there was time to read. */
function Answer(props: { vouchId: string; subject: VouchSubject; again: () => Promise<unknown> }) {
  const { vouching, numberClaims } = usePortal();
  const { waitMs, perYear, perDay, takeBackMs } = vouching ?? vouchRule;
  const [left, setLeft] = createSignal(Math.ceil(waitMs / 1_000));
  const ticking = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1_000);
  onCleanup(() => clearInterval(ticking));
  const form = createForm({
    initial: { name: '' },
    validate({ name }) {
      const parsed = parseName(name, 'any');
      return parsed.ok ? { ok: true } : { ok: false, fields: { name: parsed.code } };
    },
    async submit(typed) {
      await api.binding.confirm.mutate({ vouchId: props.vouchId, ...typed });
      await props.again();
    },
    on: { ...useProved((typed: { name: string }) => typed.name), 'request.too_many': at('name') },
  });
  const decline = createAction(async () => {
    await api.binding.decline.mutate({ vouchId: props.vouchId });
    await props.again();
  }, useSignedIn());
  return (
    <>
      <Note tone="warn">
        <p>{copy().careful}</p>
        <p>{copy().effects[props.subject](numberClaims.objectWorkingDays)}</p>
        <p>{copy().limits(perYear, perDay, takeBackMs / dayMs)}</p>
      </Note>
      <Show when={left() === 0} fallback={<p role="timer">{copy().wait(left())}</p>}>
        <FormBody of={form} isPart submit={copy().confirm[props.subject]}>
          <TextField field={form.field('name')} label={copy().name} hint={copy().nameHint} />
        </FormBody>
      </Show>
      <ActionFailure action={decline} />
      <div class="row">
        <button type="button" class="btn plain" onClick={() => void decline.run()}>
          {copy().decline}
        </button>
      </div>
    </>
  );
}
