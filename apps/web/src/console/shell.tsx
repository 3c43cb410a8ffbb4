import type { StaffPermission } from '@shiming/domain';
import { createSignal, For, type JSX, onCleanup, onMount, Show, Suspense } from 'solid-js';
import { A } from '../router/router.tsx';
import { ui } from '../copy/ui.ts';
import { page } from '../lazy-page.ts';
import { ColourChoice } from '../ui/colour-choice.tsx';
import { LanguageButton, OtherLanguageMissing } from '../ui/language-button.tsx';
import { setTextSize, textSize } from '../ui/display.ts';
import { Note } from '../ui/blocks.tsx';
import { QueueCounts } from './counts.tsx';
import { useKeys } from './keys.ts';
import { useStaff } from './session/staff.tsx';
import { shellCopy } from './shell-copy.ts';
import { Foreign } from '../ui/foreign.tsx';

/** Nobody is idle for the first minutes: it comes after the page. */
const IdleWarning = page(() => import('./session/idle-warning.tsx'), 'IdleWarning');
const KeySheet = page(() => import('./key-sheet.tsx'), 'KeySheet');
const ProofDialog = page(() => import('./session/proof-dialog.tsx'), 'ProofDialog');

const pages = [
  ['/queue', 'queue', 'review.decide'],
  ['/claims', 'claims', 'review.decide'],
  ['/help-desk', 'helpDesk', 'help_desk.change'],
  ['/disputes', 'disputes', 'records.decide'],
  ['/window', 'window', 'window.revoke'],
  ['/agency', 'agency', 'agency.hand_over'],
  ['/staff', 'staff', 'staff.manage'],
  ['/credential', 'credential', 'guides.edit'],
  ['/audit', 'audit', 'audit.view'],
  ['/statistics', 'statistics', 'statistics.view'],
] as const satisfies readonly (readonly [string, string, StaffPermission])[];

const [wholeScreens, setWholeScreens] = createSignal(0);

/** For a page that lays itself out over everything beneath the bar, such as a case: no margins and no footer. */
export function useWholeScreen(): void {
  onMount(() => setWholeScreens((count) => count + 1));
  onCleanup(() => setWholeScreens((count) => count - 1));
}

const [isSheetOpen, setSheetOpen] = createSignal(false);

/** Shows every key of the page and the switch for all of them. */
export const showKeys = (): void => void setSheetOpen(true);

/** The frame of every page of the console. */
export function Shell(props: { children?: JSX.Element }) {
  const staff = useStaff();
  return (
    <div class="shell console" classList={{ whole: wholeScreens() > 0 }}>
      <a class="skip" href="#main" onClick={skipToMain}>
        {ui().skip}
      </a>
      <Bar />
      <OtherLanguageMissing />
      <main id="main" tabindex="-1">
        <Reminders />
        {props.children}
      </main>
      <Footer />
      <Show when={staff.current()}>
        <Suspense>
          <IdleWarning />
        </Suspense>
        <SheetKey />
      </Show>
      {/* Boundaries of their own: the page stays, with the focus that the dialogs give back. */}
      <Suspense>
        <Show when={isSheetOpen()}>
          <KeySheet onClose={() => setSheetOpen(false)} />
        </Show>
      </Suspense>
      <Suspense>
        <Show when={staff.isProofAsked()}>
          <ProofDialog />
        </Show>
      </Suspense>
    </div>
  );
}

/** What the member who is signed in has yet to give, on every page until it is there; a case has the whole screen to itself. */
function Reminders() {
  const staff = useStaff();
  const member = () => (wholeScreens() === 0 ? staff.current() : undefined);
  return (
    <Show when={member()?.needsNumber || member()?.needsAnotherWay}>
      <div class="reminders stack">
        <Show when={member()?.needsNumber}>
          <Note tone="warn">
            {staff.may('staff.manage') ? shellCopy().ownNumberMissing : shellCopy().numberMissing}
          </Note>
        </Show>
        <Show when={member()?.needsAnotherWay}>
          <Note tone="warn">
            {shellCopy().oneWay} <A href="/security">{shellCopy().addWay}</A>
          </Note>
        </Show>
      </div>
    </Show>
  );
}

/** By hand, because the router would take the link for a page of its own. */
function skipToMain(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function SheetKey() {
  useKeys({
    title: () => shellCopy().everywhere,
    keys: () => [{ key: '?', label: shellCopy().showKeys, run: showKeys }],
  });
  return null;
}

function Bar() {
  const staff = useStaff();
  return (
    <header class="bar">
      <A class="home-link" href="/">
        <span class="mark" lang="zh-CN" aria-hidden="true">
          实
          <br />名
        </span>
        {shellCopy().title}
      </A>
      <Show when={staff.current()}>
        <nav aria-label={shellCopy().pages}>
          <For each={pages.filter(([, , permission]) => staff.may(permission))}>
            {([path, name]) => <A href={path}>{shellCopy()[name]}</A>}
          </For>
        </nav>
        <Show when={staff.may('review.decide')}>
          <QueueCounts />
        </Show>
      </Show>
      <div class="tools">
        <LanguageButton />
        <Show when={staff.current()}>
          {(member) => (
            <>
              <button type="button" aria-haspopup="dialog" onClick={showKeys}>
                {shellCopy().keys}
                <kbd aria-hidden="true">?</kbd>
              </button>
              <A class="who" href="/security" title={shellCopy().own}>
                <b>
                  <Foreign>{member().name}</Foreign>
                </b>
                <span class="soft">{shellCopy().roles[member().role]}</span>
                <span class="seen-by-readers">{shellCopy().own}</span>
              </A>
              <button type="button" onClick={() => void staff.signOut()}>
                {ui().signOut}
              </button>
            </>
          )}
        </Show>
      </div>
    </header>
  );
}

function Footer() {
  return (
    <footer class="bottom">
      <div class="wrap">
        <label>
          <input
            type="checkbox"
            checked={textSize() !== 'normal'}
            onChange={(event) => setTextSize(event.currentTarget.checked ? 'large' : 'normal')}
          />
          {ui().largeText}
        </label>
        <ColourChoice />
      </div>
    </footer>
  );
}
