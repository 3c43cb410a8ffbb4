import type { Proved } from '@shiming/domain';
import { createSignal, Show, Suspense } from 'solid-js';
import { A, useLocation } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDate, formatDay } from '../copy/format.ts';
import { levelCopy, levelName } from '../copy/levels.ts';
import { Closing } from '../data/closing.tsx';
import { page } from '../lazy-page.ts';
import { underReviewCopy } from '../review/under-review.tsx';
import type { ReviewNow } from '../review/view.ts';
import { goOnAfterProof, useProved } from '../proof/with-proof.ts';
import {
  authorisationPath,
  levelsPath,
  photoCheckPath,
  profilePath,
  recordsPath,
  reviewPath,
  verificationPath,
} from '../session/next.ts';
import { NextStepNote, useNextStep } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { createRead, useCompleteProfile } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Note } from '../ui/blocks.tsx';
import { Rooms } from '../ui/rooms.tsx';
import { Stamp } from '../ui/stamp.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './account.zh.ts';
import { IdentityFacts } from './identity-facts.tsx';
import { identityRows, type Revealed, type ProfileView } from '../shared/identity-rows.ts';
import { useOperator } from '../operator.ts';
import { bilingual, usePortal, weChatName } from '../portal.ts';

const copy = defineCopy(zh, () => import('./account.en.ts'));

// What follows the first screen comes after it.
const IdentityNow = page(() => import('./identity-now.tsx'), 'IdentityNow');
const BindingRooms = page(() => import('../binding/rooms.tsx'), 'BindingRooms');
const Doors = page(() => import('./doors.tsx'), 'Doors');
const RecordSections = page(() => import('../records/sections.tsx'), 'RecordSections');
const Unproved = page(() => import('../contact/unproved.tsx'), 'Unproved');

/** 个人信息中心: what the account holds, how far the person is verified, and the way to everything else. */
export function Account() {
  useCompleteProfile();
  const view = createRead(() =>
    Promise.all([api.profile.view.query(), api.review.current.query()]),
  );
  const operator = useOperator();
  const location = useLocation<{ isSaved: boolean }>();
  return (
    <Reading read={view} title={copy().title}>
      {(data) => (
        <Page title={copy().title}>
          <Show when={location.state?.isSaved}>
            <div role="status">
              <Note tone="ok">{copy().saved}</Note>
            </div>
          </Show>
          <Closing />
          <Verification />
          <Identity view={data()[0]} />
          <Show when={usePortal().verification.followsIdentity && data()[0].documentType !== null}>
            <Suspense>
              <IdentityNow view={data()[0]} />
            </Suspense>
          </Show>
          <AccountRooms review={data()[1]} />
          <Show when={usePortal().vouching}>
            <Suspense>
              <BindingRooms />
            </Suspense>
          </Show>
          <Show when={(operator()?.others.length ?? 0) > 0}>
            <Suspense>
              <Doors />
            </Suspense>
          </Show>
          <Show when={usePortal().records?.page === null}>
            <Suspense>
              <RecordSections />
            </Suspense>
          </Show>
        </Page>
      )}
    </Reading>
  );
}

/** What was proved, and what comes next. That the account closes stands above, with the button that stops it. */
function Verification() {
  const session = useSession();
  const next = useNextStep();
  const step = () => session.current()?.next.step;
  const proved = () => session.current()?.proved ?? undefined;
  return (
    <section class="stack">
      <h2 class="seen-by-readers">{copy().verification}</h2>
      <Show when={step() !== 'use_services' && step() !== 'keep_account' && next()}>
        {(told) => <NextStepNote told={told()} />}
      </Show>
      <Show when={proved()}>
        {(by) => (
          <div class="card result">
            <div class="tight">
              <p>
                <b>{copy().verified}</b>
              </p>
              <p class="soft">{toldOf(by(), step() === 'use_services')}</p>
              <A class="alone" href={verificationPath()} aria-label={copy().seeVerificationLabel}>
                {copy().seeVerification}
              </A>
            </div>
            <Stamp />
          </div>
        )}
      </Show>
    </section>
  );
}

/** How and when the person was verified, and until when that holds. */
function toldOf({ by, atMs, untilMs }: Proved, isReady: boolean): string {
  const day = formatDay(atMs);
  const reviewed = isReady ? copy().reviewedReady(day) : copy().reviewedText(day);
  const ways: Record<Proved['by'], string> = {
    authority: copy().verifiedText(day),
    face: copy().faceText(day),
    school: copy().verifiedText(day),
    window: copy().windowText(day),
    review: reviewed,
  };
  const how = ways[by];
  return untilMs === null ? how : `${how}${copy().holdsUntil(formatDay(untilMs - 1))}`;
}

function Identity(props: { view: ProfileView }) {
  const [revealed, setRevealed] = createSignal<Revealed>();
  const reveal = createAction(
    async () => {
      const all = await api.profile.reveal.mutate();
      setRevealed(() => all);
    },
    useProved(() => 'reveal'),
  );
  goOnAfterProof('/account', 'reveal', reveal.run);
  return (
    <section class="stack">
      <h2>{copy().identity}</h2>
      <IdentityFacts
        rows={identityRows(props.view, revealed())}
        changes={{ mobile: '/account/mobile', email: '/account/email' }}
        isProved={props.view.isProved}
      />
      <Show when={!props.view.isProved.email || !props.view.isProved.mobile}>
        <Unproved />
      </Show>
      <ActionFailure action={reveal} />
      <div class="row">
        <A class="btn quiet" href={profilePath()} aria-label={copy().editLabel}>
          {copy().edit}
        </A>
        <button
          type="button"
          class="btn plain"
          onClick={() => (revealed() === undefined ? void reveal.run() : setRevealed(undefined))}
        >
          {revealed() === undefined ? copy().reveal : copy().hide}
        </button>
        <span class="soft small">{copy().revealNote}</span>
      </div>
    </section>
  );
}

/** The line of 人工审核, for whom it is for something. */
function reviewRoom({ request, last, isOffered }: ReviewNow) {
  const { row, states } = underReviewCopy();
  const known = request ?? (last?.caseNumber ? last : null);
  if (known === null && !isOffered) return [];
  const status = known?.status ?? 'offered';
  const value =
    status === 'waiting' ? states.waiting(formatDate(known?.dueDate ?? '')) : states[status];
  return [{ path: reviewPath, term: row, value }];
}

/** The line of the records, where they have a page of their own. */
function recordsRoom() {
  const { records } = usePortal();
  if (!records?.page) return [];
  const value = records.sections.map(({ name }) => bilingual(name)).join(copy().and);
  const check = records.photoCheck === null ? [] : [{ path: photoCheckPath, ...copy().photoCheck }];
  return [{ path: recordsPath, term: bilingual(records.page), value }, ...check];
}

/** The pages of the account, each with what it is for. */
function AccountRooms(props: { review: ReviewNow }) {
  const session = useSession();
  const operator = useOperator();
  const unread = () => session.current()?.unread ?? 0;
  const rooms = () =>
    [
      ...(usePortal().hasWindow
        ? [
            {
              path: levelsPath,
              term: levelCopy().term,
              value: levelName(session.current()?.level ?? 0),
            },
          ]
        : []),
      ...(usePortal().authorisation === null
        ? []
        : [{ path: authorisationPath, ...copy().authorisation }]),
      { path: '/account/security', ...copy().security },
      { path: '/account/notices', ...copy().notices(unread()) },
      ...(weChatName() === '' ? [] : [{ path: '/account/wechat', ...copy().weChat }]),
      ...(operator()?.takesMinistryAccounts === true
        ? [{ path: '/account/ministry', ...copy().ministry }]
        : []),
      ...reviewRoom(props.review),
      ...recordsRoom(),
      { path: '/account/data', ...copy().data },
      { path: '/account/guardian', ...copy().guardian },
    ] as const;
  return (
    <section class="stack">
      <h2>{copy().more}</h2>
      <Rooms rooms={rooms()} open={copy().open} openLabel={(term) => copy().openLabel(term)} />
    </section>
  );
}
