import { For, Show } from 'solid-js';
import { A } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { Chip, Note, type Tone } from '../../ui/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { disputesCopy } from '../disputes/disputes-copy.ts';
import { officeCopy } from '../office/office-copy.ts';
import { servicesCopy } from '../services/services-copy.ts';
import { shellCopy } from '../shell-copy.ts';
import { staffCopy as copy } from './staff-copy.ts';
import { Foreign } from '../../ui/foreign.tsx';

/** Everybody on the staff, for the pages that show one or all of them. */
export const useMembers = () =>
  useAsked(
    () => ['staff'],
    () => api.staff.list.query(),
  );

export type Member = Awaited<ReturnType<typeof api.staff.list.query>>[number];

export const statusTones = {
  active: 'ok',
  invited: 'warn',
  disabled: 'info',
} as const satisfies Record<Member['status'], Tone>;

/** 「密码和验证器，通行密钥 2 个」. */
export function waysOf({ hasPassword, passkeys }: Member): string {
  const ways = [
    ...(hasPassword ? [copy().password] : []),
    ...(passkeys > 0 ? [copy().passkeys(passkeys)] : []),
  ];
  return ways.length === 0 ? copy().noWay : ways.join('、');
}

/** The role of a member, with the school within which it counts. */
export const roleOf = ({ role, scope }: Pick<Member, 'role' | 'scope'>): string =>
  scope === null ? shellCopy().roles[role] : `${shellCopy().roles[role]} ${scope}`;

/** T-CON-01: the staff, for administrators. */
export function StaffList() {
  const members = useMembers();
  const unclaimed = useAsked(
    () => ['disputes', 'unclaimed'],
    () => api.dispute.unclaimed.query(),
  );
  const unclaimedCount = () => unclaimed.data()?.rows.length ?? 0;
  return (
    <Page title={copy().title} wide>
      <Show when={unclaimedCount() > 0}>
        <Note tone="warn">
          <A href="/staff/disputes">{disputesCopy().unclaimedSome(unclaimedCount())}</A>
        </Note>
      </Show>
      <div class="row">
        <A class="btn" href="/staff/invite">
          {copy().invite}
        </A>
        <A class="btn plain" href="/staff/office-keys">
          {officeCopy().title}
        </A>
        <A class="btn plain" href="/staff/services">
          {servicesCopy().title}
        </A>
      </div>
      <Reading read={members}>
        {(list) => (
          <table class="list">
            <thead>
              <tr>
                <For each={Object.values(copy().columns)}>
                  {(name) => <th scope="col">{name}</th>}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={list()}>{(member) => <Row member={member} />}</For>
            </tbody>
          </table>
        )}
      </Reading>
    </Page>
  );
}

const columns = () => copy().columns;

function Row(props: { member: Member }) {
  return (
    <tr>
      <td>
        <A href={`/staff/${props.member.staffId}`}>
          <Foreign>{props.member.name}</Foreign>
        </A>
        <Show when={props.member.isSelf}>
          {' '}
          <span class="soft small">{copy().self}</span>
        </Show>
      </td>
      <td class="num" data-name={columns().loginName}>
        {props.member.loginName}
      </td>
      <td data-name={columns().role}>{roleOf(props.member)}</td>
      <td data-name={columns().status}>
        <div>
          <Chip tone={statusTones[props.member.status]}>
            {copy().statuses[props.member.status]}
          </Chip>
          <Show when={props.member.status === 'invited' && props.member.linkEndsAtMs === null}>
            <small>{copy().linkOver}</small>
          </Show>
          <Show when={props.member.recoveredAtMs}>
            {(atMs) => <small>{copy().recoveredByCommand(atMs())}</small>}
          </Show>
        </div>
      </td>
      <td data-name={columns().ways}>{waysOf(props.member)}</td>
      <td data-name={columns().lastSeen}>
        {props.member.lastSeenAtMs === null ? copy().never : copy().at(props.member.lastSeenAtMs)}
      </td>
    </tr>
  );
}
