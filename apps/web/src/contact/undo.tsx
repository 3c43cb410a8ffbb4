import { parseUndoCode } from '@shiming/domain';
import { A } from '@solidjs/router';
import { For, Match, onMount, Show, Switch } from 'solid-js';
import { api, appErrorOf, type Failure, failureOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { takeLinkSecret } from '../link-secret.ts';
import { usePortal } from '../portal.ts';
import { useSession } from '../session/session.tsx';
import { createStages } from '../stages.ts';
import { FailureNote, Facts, Loading, Reveal } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { NumberGroupedField } from '../ui/text-field.tsx';
import { zh } from './undo.zh.ts';

const copy = defineCopy(zh, () => import('./undo.en.ts'));

const undoDays = () => usePortal().contactUndoMs / (24 * 3_600_000);

type Change = Awaited<ReturnType<typeof api.contact.openUndo.mutate>>;

type State =
  | { at: 'entering' }
  | { at: 'opening' }
  | { at: 'failed'; failure: Failure }
  | { at: 'dead'; isUsed: boolean }
  | { at: 'open'; secret: string; change: Change }
  | { at: 'done'; change: Change };

/** A code that is of no use, and `null` for every other refusal. */
function deadIn(error: unknown): State | null {
  const code = appErrorOf(error)?.code;
  const isDead = code === 'link.used' || code === 'link.expired' || code === 'input.invalid';
  return isDead ? { at: 'dead', isUsed: code === 'link.used' } : null;
}

/**
 * T-PRO-05: "this was not me". The secret is a mail's link's, or is typed from a text message, and nothing happens
 * before the button is pressed.
 */
export function Undo() {
  const given = takeLinkSecret();
  const [as, setState] = createStages<State>({
    at: given === '' ? 'entering' : 'opening',
  });
  const open = async () => {
    setState({ at: 'opening' });
    try {
      const change = await api.contact.openUndo.mutate({ secret: given });
      setState({ at: 'open', secret: given, change });
    } catch (error) {
      setState(deadIn(error) ?? { at: 'failed', failure: failureOf(error) });
    }
  };
  onMount(() => {
    if (given !== '') void open();
  });
  return (
    <Switch fallback={<Loading />}>
      <Match when={as('entering')}>
        <Enter onState={setState} />
      </Match>
      <Match when={as('failed')}>
        {(failed) => (
          <Page title={copy().title}>
            <FailureNote failure={failed().failure} onRetry={() => void open()} />
          </Page>
        )}
      </Match>
      <Match when={as('dead')}>
        {(dead) => (
          <Page title={dead().isUsed ? copy().usedTitle : copy().expiredTitle}>
            <p>{dead().isUsed ? copy().usedText : copy().expiredText(undoDays())}</p>
            <div class="row">
              <Show when={!dead().isUsed}>
                <button type="button" class="btn" onClick={() => setState({ at: 'entering' })}>
                  {copy().enterOther}
                </button>
              </Show>
              <A classList={{ btn: true, plain: !dead().isUsed }} href="/recovery">
                {copy().toRecovery}
              </A>
            </div>
          </Page>
        )}
      </Match>
      <Match when={as('open')}>{(opened) => <Confirm {...opened()} onState={setState} />}</Match>
      <Match when={as('done')}>
        {(done) => (
          <Page title={copy().doneTitle}>
            <p>{copy().doneText(done().change.maskedBefore)}</p>
            <div class="row">
              <A class="btn" href="/recovery">
                {copy().toRecovery}
              </A>
            </div>
          </Page>
        )}
      </Match>
    </Switch>
  );
}

/** `4B9K 02MZ P7QT`; what is no undo code stays as it is. */
function groupCode(typed: string): string {
  const code = parseUndoCode(typed);
  return code.ok ? code.value.replace(/(.{4})(?=.)/g, '$1 ') : typed;
}

/** The code of the text message. */
function Enter(props: { onState(state: State): void }) {
  const form = createForm({
    initial: { secret: '' },
    validate({ secret }) {
      const code = parseUndoCode(secret);
      return code.ok ? { ok: true } : { ok: false, fields: { secret: code.code } };
    },
    async submit({ secret }) {
      try {
        const change = await api.contact.openUndo.mutate({ secret });
        props.onState({ at: 'open', secret, change });
      } catch (error) {
        const dead = deadIn(error);
        if (dead === null) throw error;
        props.onState(dead);
      }
    },
  });
  return (
    <Page title={copy().title} lead={copy().enterLead} form={form}>
      <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
        <NumberGroupedField
          field={form.field('secret')}
          label={copy().code}
          hint={copy().codeHint}
          group={groupCode}
        />
        <SubmitButton isBusy={form.isSubmitting()}>{copy().look}</SubmitButton>
      </form>
      <Reveal title={copy().noCode}>
        <p>{copy().noCodeText(undoDays())}</p>
        <p>
          <A href="/recovery">{copy().toRecovery}</A>
        </p>
      </Reveal>
    </Page>
  );
}

function Confirm(props: { secret: string; change: Change; onState(state: State): void }) {
  const session = useSession();
  const form = createForm({
    initial: {},
    validate: () => ({ ok: true }),
    async submit() {
      try {
        await api.contact.undo.mutate({ secret: props.secret });
      } catch (error) {
        const dead = deadIn(error);
        if (dead === null) throw error;
        props.onState(dead);
        return;
      }
      props.onState({ at: 'done', change: props.change });
      // A session of this browser has ended with the others.
      await session.refresh();
    },
  });
  return (
    <Page title={copy().openTitle} lead={copy().openLead} form={form}>
      <section class="stack">
        <h2>{copy()[props.change.kind]}</h2>
        <Facts
          rows={[
            { term: copy().before, value: <span class="num">{props.change.maskedBefore}</span> },
            { term: copy().after, value: <span class="num">{props.change.maskedAfter}</span> },
          ]}
        />
      </section>
      <section class="tight">
        <h2>{copy().happens}</h2>
        <ul>
          <For each={copy().effects}>{(effect) => <li>{effect}</li>}</For>
        </ul>
      </section>
      <form novalidate onSubmit={(event) => form.submit(event)}>
        <SubmitButton isBusy={form.isSubmitting()}>{copy().undo}</SubmitButton>
      </form>
      <p class="soft">{copy().wasMe}</p>
    </Page>
  );
}
