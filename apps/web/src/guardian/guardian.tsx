import {
  type GuardianAnswers,
  guardianRelations,
  parseGuardianAnswers,
  shanghaiDate,
} from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { OperatorFacts } from '../about/operator-facts.tsx';
import { verificationPath } from '../session/next.ts';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents } from '../copy/documents.ts';
import { formatInstant } from '../copy/format.ts';
import { chosenType, groupTyped, numberHint } from '../document-number/tells.ts';
import { createForm } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { typedBefore, useProved } from '../proof/with-proof.ts';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Facts, Note } from '../ui/blocks.tsx';
import { Checkbox, RadioCards } from '../ui/choices.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { NumberGroupedField, TextField } from '../ui/text-field.tsx';
import { zh } from './guardian.zh.ts';

const copy = defineCopy(zh, () => import('./guardian.en.ts'));

const path = '/account/guardian';

type Current = Awaited<ReturnType<typeof api.guardian.current.query>>;
type Consent = Current['consents'][number];
type Given = Awaited<ReturnType<typeof api.guardian.give.mutate>>;

/** What was done last: a consent was given, with its code, or one was refused or withdrawn. */
type Done = Given | 'refused' | 'withdrawn';

const today = (): string => shanghaiDate(serverNow());

const isAnswers = (typed: unknown): typed is GuardianAnswers =>
  typeof typed === 'object' && typed !== null && 'relation' in typed;

/** X-06, PIPL 31: a guardian consents for a child under 14, gets the code for its registration, and takes consents back. */
export function Guardian() {
  useCompleteProfile();
  const current = createRead(() => api.guardian.current.query());
  const [done, setDone] = createSignal<Done>();
  return (
    <Reading read={current} title={copy().title}>
      {(now) => (
        <GuardianPage
          now={now()}
          done={done()}
          onDone={async (what) => {
            setDone(what);
            await current.again();
            // What was done stands at the top.
            scrollTo(0, 0);
          }}
        />
      )}
    </Reading>
  );
}

function GuardianPage(props: {
  now: Current;
  done: Done | undefined;
  onDone(done?: Done): Promise<void>;
}) {
  const portal = usePortal();
  const typed = typedBefore(path);
  const [isRefusing, setRefusing] = createSignal(false);
  const form = createForm({
    initial: isAnswers(typed)
      ? typed
      : {
          documentType: portal.documentTypes[0],
          number: '',
          name: '',
          relation: '',
          hasConsented: false,
        },
    validate: (answers) =>
      parseGuardianAnswers(
        isRefusing() ? { ...answers, hasConsented: true } : answers,
        portal,
        today(),
      ),
    async submit({ hasConsented, ...answers }) {
      if (!isRefusing()) {
        return props.onDone(await api.guardian.give.mutate({ ...answers, hasConsented }));
      }
      await api.guardian.refuse.mutate(answers);
      return props.onDone('refused');
    },
    on: useProved((answers: unknown) => answers),
  });
  const type = () => chosenType(form.values.documentType, portal);
  const given = () => (typeof props.done === 'object' ? props.done : undefined);
  const ended = () => (typeof props.done === 'string' ? props.done : undefined);
  return (
    <Page title={copy().title} lead={copy().lead} backTo="/account" form={form}>
      <div role="status">
        <Show when={given()}>
          {(code) => (
            <Note tone="ok">
              <p>
                {copy().done}
                <br />
                <b class="num code">{code().code.replace(/^.{4}/, '$& ')}</b>
              </p>
              <p>{copy().doneText(formatInstant(code().expiresAtMs))}</p>
              <p>{copy().doneRegister}</p>
            </Note>
          )}
        </Show>
      </div>
      <div role="status">
        <Show when={ended()}>{(what) => <Note tone="ok">{copy()[what()]}</Note>}</Show>
      </div>
      <Show when={given() === undefined}>
        <Show when={props.now.isEntitled} fallback={<NotEntitled />}>
          <ChildNotice />
          <Show
            when={props.now.remaining > 0}
            fallback={<Note tone="warn">{copy().usedUp(portal.guardian.perYear)}</Note>}
          >
            <form
              class="stack"
              novalidate
              onSubmit={(event) => {
                setRefusing(event.submitter?.getAttribute('value') === 'refuse');
                form.submit(event);
              }}
            >
              <h2>{copy().form}</h2>
              <RadioCards
                field={form.field('documentType')}
                label={copy().type}
                options={portal.documentTypes.map((each) => ({
                  value: each,
                  label: documents().types[each],
                }))}
              />
              <NumberGroupedField
                field={form.field('number')}
                label={copy().number}
                hint={numberHint(type(), portal)}
                group={(number) => groupTyped(type(), number, today(), portal)}
              />
              <TextField field={form.field('name')} label={copy().name} />
              <RadioCards
                field={form.field('relation')}
                label={copy().relation}
                options={guardianRelations.map((each) => ({
                  value: each,
                  label: copy().relations[each],
                }))}
              />
              <Checkbox
                field={form.field('hasConsented')}
                label={copy().consent}
                hint={copy().left(props.now.remaining)}
              />
              <SubmitButton isBusy={form.isSubmitting()}>{copy().submit}</SubmitButton>
              <div class="row">
                <button type="submit" class="btn plain" value="refuse">
                  {copy().refuse}
                </button>
              </div>
            </form>
          </Show>
        </Show>
      </Show>
      <section class="stack">
        <h2>{copy().given}</h2>
        <Consents consents={props.now.consents} onDone={(done) => props.onDone(done)} />
      </section>
    </Page>
  );
}

function NotEntitled() {
  return (
    <>
      <Note tone="warn">
        <p>{copy().notEntitled}</p>
        <p>
          {copy().without}
          <A href="/tickets/new">{copy().contact}</A>
        </p>
      </Note>
      <div class="row">
        <A class="btn quiet" href={verificationPath()}>
          {copy().toVerification}
        </A>
      </div>
    </>
  );
}

/** The notice for children, by itself (儿童个人信息网络保护规定 8 to 10). */
function ChildNotice() {
  const { noticeVersion } = usePortal().guardian;
  return (
    <section class="stack">
      <h2>{copy().notice}</h2>
      <Facts rows={Object.values(copy().facts)} />
      <h3>{copy().complaints}</h3>
      <OperatorFacts withName />
      <p class="soft small">{copy().version(noticeVersion)}</p>
    </section>
  );
}

function Consents(props: { consents: readonly Consent[]; onDone(done?: Done): Promise<void> }) {
  const [asked, setAsked] = createSignal<Consent>();
  const withdraw = createAction(
    async () => {
      const consentId = asked()?.consentId ?? '';
      await api.guardian.withdraw.mutate({ consentId });
      await props.onDone('withdrawn');
    },
    // It may have ended meanwhile, here or elsewhere.
    { ...useSignedIn(), 'request.stale': () => props.onDone() },
  );
  return (
    <>
      <ActionFailure action={withdraw} />
      <Show when={props.consents.length > 0} fallback={<p>{copy().none}</p>}>
        <Facts
          rows={props.consents.map((each) => ({
            term: (
              <>
                <Foreign>{each.maskedName}</Foreign>
                <br />
                <span class="num small">{each.maskedNumber}</span>
              </>
            ),
            value: (
              <For each={stateOf(each)}>
                {(line) => (
                  <>
                    {line}
                    <br />
                  </>
                )}
              </For>
            ),
            action: isOpen(each) && (
              <button
                type="button"
                class="link"
                aria-label={copy().withdrawLabel(each.maskedName)}
                onClick={() => setAsked(each)}
              >
                {copy().withdraw}
              </button>
            ),
          }))}
        />
      </Show>
      <Show when={asked()}>
        {(consent) => (
          <Confirm
            title={copy().dialogTitle(consent().maskedName)}
            action={withdraw}
            confirm={copy().withdraw}
            cancel={copy().dialogBack}
            onClose={() => setAsked(undefined)}
          >
            <p>{copy().dialogText}</p>
          </Confirm>
        )}
      </Show>
    </>
  );
}

const isExpired = (each: Consent) => each.usedAtMs === null && each.expiresAtMs <= serverNow();
const isOpen = (each: Consent) => each.endedAtMs === null && !isExpired(each);

/** What a consent has come to, line by line. */
function stateOf(each: Consent): string[] {
  const { relation, givenAtMs, usedAtMs, endedAtMs, ending, expiresAtMs } = each;
  const lines = [copy().relations[relation]];
  if (ending !== 'refused') lines.push(copy().givenAt(formatInstant(givenAtMs)));
  if (usedAtMs !== null) lines.push(copy().used(formatInstant(usedAtMs)));
  if (endedAtMs !== null && ending !== null) {
    return [...lines, copy().endings[ending](formatInstant(endedAtMs))];
  }
  if (usedAtMs !== null) return lines;
  return [...lines, isExpired(each) ? copy().expired : copy().waiting(formatInstant(expiresAtMs))];
}
