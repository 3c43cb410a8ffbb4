import { A } from '@solidjs/router';
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { language, setLanguage } from '../copy/language.ts';
import { ui } from '../copy/ui.ts';
import { bilingual, usePortal } from '../portal.ts';
import { useSession } from '../session/session.tsx';
import { SessionWarning } from '../session/session-warning.tsx';
import { colours, setColours, setTextSize, textSize } from './display.ts';

/** The frame of every page. */
export function Layout(props: { children?: JSX.Element }) {
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={skipToMain}>
        {ui().skip}
      </a>
      <Header />
      <OfflineBanner />
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

function Header() {
  const session = useSession();
  return (
    <header class="top">
      <div class="wrap">
        <A class="home-link" href="/">
          <span class="mark" aria-hidden="true">
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
          </Show>
          <button
            type="button"
            lang={language() === 'zh' ? 'en' : 'zh-CN'}
            onClick={() => void setLanguage(language() === 'zh' ? 'en' : 'zh')}
          >
            {language() === 'zh' ? 'English' : '中文'}
          </button>
          <Show when={session.current()} fallback={<A href="/login">{ui().signIn}</A>}>
            <A href="/account">{ui().account}</A>
            <button type="button" onClick={() => void session.signOut()}>
              {ui().signOut}
            </button>
          </Show>
        </nav>
      </div>
    </header>
  );
}

function Footer() {
  return (
    <footer class="bottom">
      <div class="wrap">
        <A href="/help">{ui().help}</A>
        <A href="/agreement">{ui().agreement}</A>
        <A href="/privacy">{ui().privacy}</A>
        <A href="/accessibility">{ui().accessibility}</A>
        <label>
          {ui().colours}
          <select
            onChange={(event) => {
              const choice = event.currentTarget.value;
              setColours(choice === 'light' || choice === 'dark' ? choice : 'system');
            }}
          >
            <option value="system" selected={colours() === 'system'}>
              {ui().coloursSystem}
            </option>
            <option value="light" selected={colours() === 'light'}>
              {ui().coloursLight}
            </option>
            <option value="dark" selected={colours() === 'dark'}>
              {ui().coloursDark}
            </option>
          </select>
        </label>
      </div>
    </footer>
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
