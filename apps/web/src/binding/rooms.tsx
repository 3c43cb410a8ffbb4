import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { bindingPath, classmatePath } from '../session/next.ts';
import { createRead } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { Rooms } from '../ui/rooms.tsx';
import { zh } from './rooms.zh.ts';

const copy = defineCopy(zh, () => import('./rooms.en.ts'));

type Standing = Awaited<ReturnType<typeof api.binding.current.query>>;

/**
 * The menu of 绑定实名信息 with its progress; while a number is claimed, 证件重复-客服审核 and 证件重复-用户协助 in its place
 * (S-DUP-03a).
 */
export function BindingRooms() {
  const read = createRead(() => api.binding.current.query());
  return (
    <Reading read={read}>
      {(now) => (
        <section class="stack">
          <h2>{now().claim === null ? copy().title : copy().claimTitle}</h2>
          <Rooms
            rooms={roomsOf(now())}
            open={copy().open}
            openLabel={(term) => copy().openLabel(term)}
          />
        </section>
      )}
    </Reading>
  );
}

function roomsOf({ isBound, claim, request }: Standing) {
  const asked =
    request === null
      ? undefined
      : request.status === 'waiting'
        ? copy().waiting(formatInstant(request.expiresAtMs))
        : copy().asked[request.status];
  if (claim === null) {
    const value = isBound ? copy().bound : (asked ?? copy().notBound);
    return [{ path: bindingPath(), term: copy().binding, value }];
  }
  return [
    { path: '/account/number', term: copy().review, value: copy().claims[claim.status] },
    {
      path: classmatePath,
      term: copy().classmate,
      value: claim.isVouched ? copy().vouched : (asked ?? copy().notAsked),
    },
  ];
}
