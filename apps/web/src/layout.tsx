import { createEffect, createSignal, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { A, useIsRouting, useLocation } from './router/router.tsx';
import { ui } from './copy/ui.ts';
import { useOperator } from './operator.ts';
import { bilingual, usePortal } from './portal.ts';
import { useSession } from './session/session.tsx';
import { SessionWarning } from './session/session-warning.tsx';
import { ColourChoice } from './ui/colour-choice.tsx';
import { setTextSize, textSize } from './ui/display.ts';
import type { ReadAloud } from './ui/read-aloud.tsx';
import { Foreign } from './ui/foreign.tsx';
import { LanguageButton, OtherLanguageMissing } from './ui/language-button.tsx';

/** The frame of every page. */
export function Layout(props: { children?: JSX.Element }) {
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={skipToMain}>
        {ui().skip}
      </a>
      <Header />
      <OfflineBanner />
      <Show when={!navigator.cookieEnabled}>
        <div class="banner" role="status">
          <p class="wrap">{ui().local['cookies.blocked']}</p>
        </div>
      </Show>
      <OtherLanguageMissing />
      <main id="main" tabindex="-1">
        {props.children}
      </main>
      <Footer />
      <SessionWarning />
    </div>
  );
}

/** By hand, because the router would take the link for a page of its own. */
function skipToMain(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

/** What is the person's own stands beside the tools, and behind a button where the screen is narrow. */
function Header() {
  const session = useSession();
  const location = useLocation();
  const [isOpen, setOpen] = createSignal(false);
  const isRouting = useIsRouting();
  const [Reader, setReader] = createSignal<typeof ReadAloud>();
  let menu: HTMLButtonElement | undefined;
  // The page that was on its way when the menu was opened does not close it under the finger.
  let isOpenedOnTheWay = false;
  createEffect(
    on(
      () => location.pathname,
      () => {
        if (!isOpenedOnTheWay) setOpen(false);
        isOpenedOnTheWay = false;
      },
    ),
  );
  createEffect(() => {
    if (textSize() === 'normal' || !('speechSynthesis' in window)) return;
    // After a release it may be gone: then nothing reads.
    void import('./ui/read-aloud.tsx').then(
      (loaded) => setReader(() => loaded.ReadAloud),
      () => {},
    );
  });
  const toggle = () => {
    isOpenedOnTheWay = isRouting();
    setOpen(!isOpen());
  };
  return (
    <header class="top">
      <div class="wrap">
        <A class="home-link" href="/">
          <span class="mark" lang="zh-CN" aria-hidden="true">
            实
            <br />名
          </span>
          {bilingual(usePortal().name)}
        </A>
        <nav aria-label={ui().navigation}>
          <A class="wide" href="/help">
            {ui().help}
          </A>
          <button
            type="button"
            aria-pressed={textSize() !== 'normal'}
            onClick={() => setTextSize(textSize() === 'normal' ? 'large' : 'normal')}
          >
            {ui().largeText}
          </button>
          <Show when={textSize() !== 'normal'}>
            <button
              type="button"
              aria-pressed={textSize() === 'larger'}
              onClick={() => setTextSize(textSize() === 'larger' ? 'large' : 'larger')}
            >
              {ui().largerText}
            </button>
            {Reader()?.()}
          </Show>
          <LanguageButton />
          <Show when={session.current()} fallback={<A href="/login">{ui().signIn}</A>}>
            {(current) => (
              <button
                type="button"
                class="narrow"
                aria-expanded={isOpen()}
                aria-controls="own"
                ref={(element) => (menu = element)}
                onClick={toggle}
              >
                {ui().menu}
                <Unread count={current().unread + current().unseen} />
              </button>
            )}
          </Show>
        </nav>
        <Show when={session.current()}>
          {(current) => (
            <nav
              id="own"
              classList={{ own: true, open: isOpen() }}
              aria-label={ui().account}
              onClick={({ target }) => {
                if (target instanceof Element && target.closest('a') !== null) setOpen(false);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Escape' || !isOpen()) return;
                setOpen(false);
                menu?.focus();
              }}
            >
              <Show when={usePortal().vouching}>
                <A href="/account/inbox">
                  {ui().inbox}
                  <Unread count={current().unseen} />
                </A>
              </Show>
              <A href="/account/notices">
                {ui().notices}
                <Unread count={current().unread} />
              </A>
              <A href="/account">{ui().account}</A>
              <button type="button" onClick={() => void session.signOut()}>
                {ui().signOut}
              </button>
            </nav>
          )}
        </Show>
      </div>
    </header>
  );
}

function Unread(props: { count: number }) {
  return (
    <Show when={props.count > 0}>
      <span class="count" aria-hidden="true">
        {props.count}
      </span>
      <span class="seen-by-readers">{ui().unread(props.count)}</span>
    </Show>
  );
}

function Footer() {
  return (
    <footer class="bottom">
      <div class="wrap">
        <A href="/help">{ui().help}</A>
        <A href="/undo">{ui().undo}</A>
        <A href="/agreement">{ui().agreement}</A>
        <A href="/privacy">{ui().privacy}</A>
        <A href="/accessibility">{ui().accessibility}</A>
        <ColourChoice />
      </div>
      <Owner />
    </footer>
  );
}

/** Who runs the site, and the numbers of its filings, each with the office that keeps them. */
function Owner() {
  const operator = useOperator();
  return (
    <div class="wrap owner">
      <Show when={operator()}>
        {(said) => (
          <>
            <span>
              <Foreign>{ui().operatedBy(said().name)}</Foreign>
            </span>
            <For each={said().filings}>
              {({ number, url }) => (
                <a href={url} rel="external">
                  <Foreign>{number}</Foreign>
                </a>
              )}
            </For>
          </>
        )}
      </Show>
    </div>
  );
}

function OfflineBanner() {
  const [isOffline, setOffline] = createSignal(!navigator.onLine);
  const update = () => setOffline(!navigator.onLine);
  onMount(() => {
    addEventListener('online', update);
    addEventListener('offline', update);
  });
  onCleanup(() => {
    removeEventListener('online', update);
    removeEventListener('offline', update);
  });
  return (
    <div role="status">
      <Show when={isOffline()}>
        <div class="banner">
          <p class="wrap">{ui().offline}</p>
        </div>
      </Show>
    </div>
  );
}
