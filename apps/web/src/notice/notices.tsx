import { authorisationNoticeKinds, type NoticeKind, reviewNoticeKinds } from '@shiming/domain';
import { Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { authorisationPath, reviewPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useCompleteProfile } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { Chip, Facts } from '../ui/blocks.tsx';
import { Instant } from '../ui/instant.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './notices.zh.ts';

const copy = defineCopy(zh, () => import('./notices.en.ts'));

/** Where to go when it was somebody else. */
const ifNotMe: Partial<Record<NoticeKind, string>> = {
  password_reset: '/recovery',
  password_changed: '/recovery',
  new_device: '/account/security',
  mobile_changed: '/undo',
  email_changed: '/undo',
  wechat_bound: '/account/wechat',
  wechat_unbound: '/account/wechat',
  ministry_linked: '/account/ministry',
  ministry_unlinked: '/account/ministry',
  cancellation_requested: '/account/data',
};

const ofAuthorisation: ReadonlySet<NoticeKind> = new Set(authorisationNoticeKinds);
const ofReview: ReadonlySet<NoticeKind> = new Set(reviewNoticeKinds);

type Notice = Awaited<ReturnType<typeof api.notice.list.query>>['notices'][number];

/** 通知: the notices of the account, newest first. What is shown here has been read from then on. */
export function Notices() {
  useCompleteProfile();
  const session = useSession();
  const read = createRead(async () => {
    const list = await api.notice.list.query();
    void markRead(list.notices);
    return list;
  });
  const markRead = async (notices: readonly Notice[]) => {
    if (notices.every((notice) => notice.isRead)) return;
    try {
      await api.notice.markRead.mutate({
        untilMs: Math.max(...notices.map((notice) => notice.atMs)),
      });
      await session.refresh();
    } catch {
      // They stay unread, and are marked at the next visit.
    }
  };
  return (
    <Reading read={read} title={copy().title}>
      {(list) => {
        const unread = () => list().notices.filter((notice) => !notice.isRead).length;
        return (
          <Page title={copy().title} lead={copy().lead} backTo="/account">
            <Show when={list().notices.length > 0} fallback={<p>{copy().empty}</p>}>
              <Show when={unread() > 0}>
                <p>{copy().newly(unread())}</p>
              </Show>
              <Facts rows={list().notices.map(rowOf)} />
            </Show>
          </Page>
        );
      }}
    </Reading>
  );
}

function rowOf({ kind, facts, atMs, isRead }: Notice) {
  const path = ifNotMe[kind];
  return {
    term: <Instant atMs={atMs} />,
    value: (
      <>
        <Show when={!isRead}>
          <Chip>{copy().unread}</Chip>{' '}
        </Show>
        {copy().says[kind](facts)}{' '}
        <Show when={path}>
          {(to) => (
            <A class="whole" href={to()}>
              {copy().notMe}
            </A>
          )}
        </Show>
        <Show when={ofReview.has(kind)}>
          <A class="whole" href={reviewPath}>
            {copy().seeReview}
          </A>
        </Show>
        <Show when={ofAuthorisation.has(kind)}>
          <A class="whole" href={authorisationPath}>
            {copy().seeAuthorisation}
          </A>
        </Show>
      </>
    ),
  };
}
