import { type HistoryEvent, staffEvents } from '@shiming/domain';
import { createSignal, type JSX, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDay, formatInstant } from '../copy/format.ts';
import { levelName } from '../copy/levels.ts';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { createSettled, type Read } from '../ui/read.tsx';
import { Chip, Facts, FailureNote, Loading, Note, Num } from '../ui/blocks.tsx';
import { ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Instant } from '../ui/instant.tsx';
import { Page } from '../ui/page.tsx';
import { Unproved } from '../contact/unproved.tsx';
import { zh } from './security.zh.ts';
import { addressOf, bilingual, weChatName, signsInByNumber } from '../portal.ts';

const copy = defineCopy(zh, () => import('./security.en.ts'));

type Contact = Awaited<ReturnType<typeof api.contact.current.query>>;
type WeChat = Awaited<ReturnType<typeof api.wechat.current.query>>;
type Devices = Awaited<ReturnType<typeof api.session.list.query>>;

type Event = Awaited<ReturnType<typeof api.session.history.query>>[number];

const isOfStaff = ({ event }: Event) => staffEvents.includes(event as HistoryEvent);

/** X-01, T-PRO-05: how one signs in, where one is signed in, what was done, and who looked. */
export function Security() {
  useCompleteProfile();
  const contact = createRead(() => api.contact.current.query());
  const weChat = createRead(() => api.wechat.current.query());
  const sessions = createRead(() => api.session.list.query());
  const history = createRead(() => api.session.history.query());
  const isSettled = createSettled(contact, weChat, sessions, history);
  return (
    <Show when={isSettled()} fallback={<Loading />}>
      <Page title={copy().title} backTo="/account">
        <Ways contact={contact} weChat={weChat} />
        <Unproved contact={contact} />
        <Sessions sessions={sessions} />
        <section class="stack" id="looks">
          <h2>{copy().looks}</h2>
          <p class="soft">{copy().looksText}</p>
          <Part read={history}>
            {(events) => (
              <Show
                when={events().some(isOfStaff)}
                fallback={
                  <Note tone="ok">
                    <p>{copy().noLooks}</p>
                  </Note>
                }
              >
                <Events events={events().filter(isOfStaff)} />
              </Show>
            )}
          </Part>
        </section>
        <section class="stack">
          <h2>{copy().history}</h2>
          <Part read={history}>
            {(events) => <Events events={events().filter((each) => !isOfStaff(each))} />}
          </Part>
        </section>
      </Page>
    </Show>
  );
}

/** A part of a page that was read by itself. */
function Part<T>(props: { read: Read<T>; children(data: () => T): JSX.Element }) {
  return (
    <Show
      when={props.read.data()}
      fallback={
        <Show when={props.read.failure()} fallback={<Loading />}>
          {(failure) => <FailureNote failure={failure()} onRetry={() => void props.read.again()} />}
        </Show>
      }
    >
      {(data) => props.children(data)}
    </Show>
  );
}

/** What one signs in with and gets messages by, masked, each with the page that changes it. */
function Ways(props: { contact: Read<Contact>; weChat: Read<WeChat> }) {
  const pending = (kind: 'mobile' | 'email') => {
    const change = props.contact.data()?.change;
    return change?.kind === kind ? change.maskedAfter : undefined;
  };
  const weChatLine = () => {
    const now = props.weChat.data();
    if (now === undefined) return '';
    return now.boundAtMs === null ? copy().notBound : copy().boundSince(formatDay(now.boundAtMs));
  };
  const toWeChat = () => (props.weChat.data()?.boundAtMs ? copy().manage : copy().bind);
  return (
    <section class="stack">
      <h2>{copy().ways}</h2>
      <Part read={props.contact}>
        {(now) => {
          const action = (path: string, term: string, isPending = false) => (
            <A
              class="link"
              href={path}
              aria-label={isPending ? copy().goOnLabel(term) : copy().changeLabel(term)}
            >
              {isPending ? copy().goOn : copy().change}
            </A>
          );
          const row = (kind: 'mobile' | 'email', masked: string) => ({
            term: copy()[kind],
            value: (
              <>
                <Num>{masked || copy().notGiven}</Num>
                <Show when={masked !== '' && !now().isProved[kind]}>
                  {' '}
                  <span class="soft">{copy().notProved}</span>
                </Show>
                <Show when={pending(kind)}>
                  {(after) => (
                    <>
                      <br />
                      <span class="soft">{copy().pending(after())}</span>
                    </>
                  )}
                </Show>
              </>
            ),
            action: action(`/account/${kind}`, copy()[kind], pending(kind) !== undefined),
          });
          return (
            <Facts
              rows={[
                {
                  term: copy().password,
                  value: copy().passwordText(signsInByNumber()),
                  action: action('/account/password', copy().password),
                },
                row('mobile', now().maskedMobile),
                row('email', now().maskedEmail),
                weChatName() !== '' && {
                  term: copy().weChat,
                  value: weChatLine(),
                  action: (
                    <A
                      class="link"
                      href="/account/wechat"
                      aria-label={copy().weChatLabel(toWeChat())}
                    >
                      {toWeChat()}
                    </A>
                  ),
                },
              ].filter((each) => each !== false)}
            />
          );
        }}
      </Part>
    </section>
  );
}

const firstShown = 8;

const saidOf = ({ event, look, received }: Event): string => {
  if (received !== undefined) {
    const { service, fields, level } = received;
    return copy().received(bilingual(service), fields, levelName(level));
  }
  return look === undefined ? copy().events[event as HistoryEvent] : copy().look(look);
};

function Events(props: { events: readonly Event[] }) {
  const [isWhole, setWhole] = createSignal(false);
  const shown = () => (isWhole() ? props.events : props.events.slice(0, firstShown));
  return (
    <>
      <Facts
        rows={shown().map((each) => ({ term: <Instant atMs={each.atMs} />, value: saidOf(each) }))}
      />
      <Show when={props.events.length > shown().length}>
        <button type="button" class="btn plain" onClick={() => setWhole(true)}>
          {copy().earlier(props.events.length - shown().length)}
        </button>
      </Show>
    </>
  );
}

const nameOf = (label: string) => (label === '' ? copy().unknownDevice : label);

function Sessions(props: { sessions: Read<Devices> }) {
  const signedIn = useSignedIn();
  const [isAsking, setAsking] = createSignal(false);
  const end = createAction(async (sessionId: string) => {
    await api.session.end.mutate({ sessionId });
    await props.sessions.again();
  }, signedIn);
  const endAll = createAction(async () => {
    await api.session.endAll.mutate();
    location.assign(addressOf('/'));
  }, signedIn);
  return (
    <section class="stack">
      <h2>{copy().devices}</h2>
      <p class="soft">{copy().devicesText}</p>
      <Facts
        rows={(props.sessions.data() ?? []).map((session) => ({
          term: nameOf(session.label),
          value: (
            <>
              {copy().since(formatInstant(session.createdAtMs))}
              <br />
              <span class="soft">{copy().lastSeen(formatInstant(session.lastSeenAtMs))}</span>
            </>
          ),
          action: session.isCurrent ? (
            <Chip tone="ok">{copy().here}</Chip>
          ) : (
            <button
              type="button"
              class="link"
              aria-label={copy().endLabel(nameOf(session.label))}
              onClick={() => void end.run(session.id)}
            >
              {copy().end}
            </button>
          ),
        }))}
      />
      <Show when={end.failure() ?? props.sessions.failure()}>
        {(shown) => (
          <FailureNote
            failure={shown()}
            onRetry={() => {
              end.forget();
              void props.sessions.again();
            }}
          />
        )}
      </Show>
      <ActionFailure action={endAll} />
      <div class="row">
        <button type="button" class="btn plain" onClick={() => setAsking(true)}>
          {copy().endAll}
        </button>
      </div>
      <Show when={isAsking()}>
        <Confirm
          title={copy().endAllTitle}
          action={endAll}
          confirm={copy().endAllNow}
          cancel={copy().cancel}
          onClose={() => setAsking(false)}
        >
          <p>{copy().endAllText}</p>
        </Confirm>
      </Show>
    </section>
  );
}
