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
import { chosenType, groupTyped } from '../document-number/tells.ts';
import { createForm } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { typedBefore, useProved } from '../proof/with-proof.ts';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Facts, Note } from '../ui/blocks.tsx';
import { Checkbox, RadioCards } from '../ui/choices.tsx';
import { Page } from '../ui/page.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { NumberGroupedField, TextField } from '../ui/text-field.tsx';
import { zh } from './guardian.zh.ts';

const copy = defineCopy(zh, () => import('./guardian.en.ts'));

const path = '/account/guardian';

type Current = Awaited<ReturnType<typeof api.guardian.current.query>>;
type Consent = Current['consents'][number];
type Given = Awaited<ReturnType<typeof api.guardian.give.mutate>>;

const today = (): string => shanghaiDate(serverNow());

const isAnswers = (typed: unknown): typed is GuardianAnswers =>
  typeof typed === 'object' && typed !== null && 'relation' in typed;

/** X-06, PIPL 31: a guardian consents for a child under 14, gets the code for its registration, and takes consents back. */
export function Guardian() {
  useCompleteProfile();
  const current = createRead(() => api.guardian.current.query());
  const [given, setGiven] = createSignal<Given>();
  return (
    <Reading read={current} title={copy().title}>
      {(now) => (
        <GuardianPage
          now={now()}
          given={given()}
          onGiven={async (code) => {
            setGiven(code);
            await current.again();
            scrollTo(0, 0);
          }}
          onEnded={async () => {
            setGiven(undefined);
            await current.again();
          }}
        />
      )}
    </Reading>
  );
}

function GuardianPage(props: {
  now: Current;
  given: Given | undefined;
  onGiven(given: Given): Promise<void>;
  onEnded(): Promise<void>;
}) {
  const portal = usePortal();
  const typed = typedBefore(path);
  const [isRefusing, setRefusing] = createSignal(false);
  const [hasRefused, setRefused] = createSignal(false);
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
      setRefused(false);
      if (!isRefusing()) {
        return props.onGiven(await api.guardian.give.mutate({ ...answers, hasConsented }));
      }
      await api.guardian.refuse.mutate(answers);
      await props.onEnded();
      setRefused(true);
    },
    on: useProved((answers: unknown) => answers),
  });
  const type = () => chosenType(form.values.documentType, portal);
  return (
    <Page title={copy().title} lead={copy().lead} backTo="/account" form={form}>
      <div role="status">
        <Show when={props.given}>
          {(given) => (
            <Note tone="ok">
              <p>
                {copy().done}
                <br />
                <b class="num code">{given().code.replace(/^.{4}/, '$& ')}</b>
              </p>
              <p>{copy().doneText(formatInstant(given().expiresAtMs))}</p>
              <p>{copy().doneRegister}</p>
            </Note>
          )}
        </Show>
      </div>
      <div role="status">
        <Show when={hasRefused()}>
          <Note tone="ok">{copy().refused}</Note>
        </Show>
      </div>
      <Show when={props.given === undefined}>
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
                hint={documents().numberHints[type()]}
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
        <Consents consents={props.now.consents} onWithdrawn={() => props.onEnded()} />
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

function Consents(props: { consents: readonly Consent[]; onWithdrawn(): Promise<void> }) {
  const [asked, setAsked] = createSignal<Consent>();
  const [isDone, setDone] = createSignal(false);
  const withdraw = createAction(
    async () => {
      const consentId = asked()?.consentId ?? '';
      await api.guardian.withdraw.mutate({ consentId });
      await props.onWithdrawn();
      setDone(true);
    },
    // It may have ended meanwhile, here or elsewhere.
    { ...useSignedIn(), 'request.stale': () => props.onWithdrawn() },
  );
  return (
    <>
      <div role="status">
        <Show when={isDone()}>
          <Note tone="ok">{copy().withdrawn}</Note>
        </Show>
      </div>
      <ActionFailure action={withdraw} />
      <Show when={props.consents.length > 0} fallback={<p>{copy().none}</p>}>
        <Facts
          rows={props.consents.map((each) => ({
            term: (
              <>
                {each.maskedName}
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
  const lines = [copy().relations[relation], copy().givenAt(formatInstant(givenAtMs))];
  if (usedAtMs !== null) lines.push(copy().used(formatInstant(usedAtMs)));
  if (endedAtMs !== null && ending !== null) {
    return [...lines, copy().endings[ending](formatInstant(endedAtMs))];
  }
  if (usedAtMs !== null) return lines;
  return [...lines, isExpired(each) ? copy().expired : copy().waiting(formatInstant(expiresAtMs))];
}
