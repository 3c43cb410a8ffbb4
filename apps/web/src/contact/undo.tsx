import { parseUndoCode } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import type { On } from '../form/refusals.ts';
import { usePortal } from '../portal.ts';
import { useSession } from '../session/session.tsx';
import { LinkPage, type OpenLink, usedLink } from '../shared/link-page.tsx';
import { Facts, Num, Reveal } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { NumberGroupedField } from '../ui/text-field.tsx';
import { zh } from './undo.zh.ts';
import '../copy/account-problems.ts';

const copy = defineCopy(zh, () => import('./undo.en.ts'));

const undoDays = () => usePortal().contactUndoMs / (24 * 3_600_000);

type Change = Awaited<ReturnType<typeof api.contact.openUndo.mutate>>;

/**
 * T-PRO-05: "this was not me". The secret is a mail's link's, or is typed from a text message, and nothing happens
 * before the button is pressed.
 */
export function Undo() {
  const [done, setDone] = createSignal<Change>();
  return (
    <Show
      when={done()}
      fallback={
        <LinkPage
          title={copy().title}
          open={(secret) => api.contact.openUndo.mutate({ secret })}
          dead={(why, enter) => <Dead used={usedLink(why)} onEnter={enter} />}
          enter={(take, on) => <Enter take={take} on={on} />}
        >
          {(link) => <Confirm {...link} onDone={setDone} />}
        </LinkPage>
      }
    >
      {(change) => (
        <Page title={copy().doneTitle}>
          <p>{copy().doneText(change().maskedBefore)}</p>
          <div class="row">
            <A class="btn" href="/recovery">
              {copy().toRecovery}
            </A>
          </div>
        </Page>
      )}
    </Show>
  );
}

function Dead(props: { used: ReturnType<typeof usedLink>; onEnter(): void }) {
  const text = () => (props.used ? failureSentence(props.used) : copy().expiredText(undoDays()));
  return (
    <Page title={props.used ? copy().usedTitle : copy().expiredTitle}>
      <p>{text()}</p>
      <div class="row">
        <Show when={!props.used}>
          <button type="button" class="btn" onClick={() => props.onEnter()}>
            {copy().enterOther}
          </button>
        </Show>
        <A classList={{ btn: true, plain: !props.used }} href="/recovery">
          {copy().toRecovery}
        </A>
      </div>
    </Page>
  );
}

/** `4B9K 02MZ P7QT`; what is no undo code stays as it is. */
function groupCode(typed: string): string {
  const code = parseUndoCode(typed);
  return code.ok ? code.value.replace(/(.{4})(?=.)/g, '$1 ') : typed;
}

/** The code of the text message. */
function Enter(props: { take(secret: string): Promise<void>; on: On }) {
  const form = createForm({
    initial: { secret: '' },
    validate({ secret }) {
      const code = parseUndoCode(secret);
      return code.ok ? { ok: true } : { ok: false, fields: { secret: code.code } };
    },
    submit: ({ secret }) => props.take(secret),
    on: props.on,
  });
  return (
    <Page title={copy().title} lead={copy().enterLead} form={form}>
      <FormBody of={form} submit={copy().look}>
        <NumberGroupedField
          field={form.field('secret')}
          label={copy().code}
          hint={copy().codeHint}
          group={groupCode}
        />
      </FormBody>
      <Reveal title={copy().noCode}>
        <p>{copy().noCodeText(undoDays())}</p>
        <p>
          <A href="/recovery">{copy().toRecovery}</A>
        </p>
      </Reveal>
    </Page>
  );
}

function Confirm(props: OpenLink<Change> & { onDone(change: Change): void }) {
  const session = useSession();
  const form = createForm({
    initial: {},
    validate: () => ({ ok: true }),
    async submit() {
      await api.contact.undo.mutate({ secret: props.secret });
      props.onDone(props.opened);
      // A session of this browser has ended with the others.
      await session.refresh();
    },
    on: props.on,
  });
  return (
    <Page title={copy().openTitle} lead={copy().openLead} form={form}>
      <section class="stack">
        <h2>{copy()[props.opened.kind]}</h2>
        <Facts
          rows={[
            { term: copy().before, value: <Num>{props.opened.maskedBefore}</Num> },
            { term: copy().after, value: <Num>{props.opened.maskedAfter}</Num> },
          ]}
        />
      </section>
      <section class="tight">
        <h2>{copy().happens}</h2>
        <ul>
          <For each={copy().effects}>{(effect) => <li>{effect}</li>}</For>
        </ul>
      </section>
      <FormBody of={form} submit={copy().undo} />
      <p class="soft">{copy().wasMe}</p>
    </Page>
  );
}
