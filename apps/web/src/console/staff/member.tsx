import { parseScope, parseStaffPersonAnswers, shanghaiDate, type StaffRole } from '@shiming/domain';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { A, useNavigate, useParams, useSearchParams } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { createForm } from '../../form/create-form.ts';
import { createAction } from '../../ui/action.tsx';
import { Chip, Facts, Note, Num } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { askAgain } from '../asked.ts';
import { FailureBox, FailureLine } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { roleOptions, ScopeField } from './invite.tsx';
import { type Member as MemberView, roleOf, statusTones, useMembers, waysOf } from './list.tsx';
import { staffCopy as copy } from './staff-copy.ts';

type Done = keyof ReturnType<typeof copy>['done'];

/** T-CON-01: one member of staff, and what another administrator may do about them. */
export function Member() {
  const params = useParams<{ staffId: string }>();
  const members = useMembers();
  return (
    <Reading read={members}>
      {(list) => (
        <Show
          when={list().find(({ staffId }) => staffId === params.staffId)}
          fallback={
            <Page title={copy().gone} backTo="/staff">
              <A href="/staff">{copy().toList}</A>
            </Page>
          }
        >
          {(member) => <MemberPage member={member()} />}
        </Show>
      )}
    </Reading>
  );
}

function MemberPage(props: { member: MemberView }) {
  const [search] = useSearchParams<{ done?: string }>();
  const navigate = useNavigate();
  const staff = useStaff();
  const done = () => (search.done !== undefined ? copy().done[search.done as Done] : undefined);
  /** Does it, asks for the staff again, and says that it is done. */
  const { run: act, failure } = createAction(
    async (request: () => Promise<unknown>, what: Done) => {
      await request();
      await askAgain('staff');
      navigate(`/staff/${props.member.staffId}?done=${what}`, { replace: true, scroll: false });
    },
    staff.on,
  );
  const id = () => ({ staffId: props.member.staffId });
  return (
    <Page title={copy().memberTitle(props.member.name)} backTo="/staff">
      <div role="status">
        <Show when={done()}>{(text) => <Note tone="ok">{text()}</Note>}</Show>
      </div>
      <FailureBox of={failure()} />
      <Show when={props.member.recoveredAtMs}>
        {(atMs) => <Note tone="warn">{copy().recoveredByCommand(atMs())}</Note>}
      </Show>
      <Show when={props.member.emailChangedAtMs}>
        {(atMs) => <Note>{copy().addressChanged(atMs())}</Note>}
      </Show>
      <MemberFacts member={props.member} />
      <Show when={!props.member.isSelf} fallback={<Note>{copy().ownNote}</Note>}>
        <Switch>
          <Match when={props.member.status === 'disabled'}>
            <PersonForm member={props.member} onDone={() => act(async () => {}, 'person')} />
            <Part title={copy().enable} note={copy().enableNote}>
              <Act
                label={copy().enable}
                run={() => act(() => api.staff.enable.mutate(id()), 'enabled')}
              />
            </Part>
          </Match>
          <Match when={true}>
            <RoleForm
              role={props.member.role}
              scope={props.member.scope}
              save={(role, scope) =>
                act(() => api.staff.changeRole.mutate({ ...id(), role, scope }), 'role')
              }
            />
            <PersonForm member={props.member} onDone={() => act(async () => {}, 'person')} />
            <Part
              title={copy().recover}
              note={props.member.status === 'invited' ? copy().resendNote : copy().recoverNote}
            >
              <Act
                label={props.member.status === 'invited' ? copy().resend : copy().sendLink}
                run={() => act(() => api.staff.recover.mutate(id()), 'link')}
              />
            </Part>
            <Part title={copy().disable} note={copy().disableNote}>
              <Act
                label={copy().disable}
                sure={copy().disableTitle(props.member.name)}
                sureNote={copy().disableNote}
                run={() => act(() => api.staff.disable.mutate(id()), 'disabled')}
              />
            </Part>
          </Match>
        </Switch>
      </Show>
    </Page>
  );
}

function MemberFacts(props: { member: MemberView }) {
  const link = () => {
    const { status, linkEndsAtMs } = props.member;
    if (linkEndsAtMs !== null) return copy().linkUntil(linkEndsAtMs);
    return status === 'invited' ? copy().linkOver : '';
  };
  return (
    <Facts
      rows={[
        { term: copy().loginName, value: <Num>{props.member.loginName}</Num> },
        { term: copy().role, value: roleOf(props.member) },
        {
          term: copy().columns.status,
          value: (
            <>
              <Chip tone={statusTones[props.member.status]}>
                {copy().statuses[props.member.status]}
              </Chip>{' '}
              <span class="soft">{link()}</span>
            </>
          ),
        },
        { term: copy().columns.ways, value: waysOf(props.member) },
        { term: copy().email, value: props.member.email },
        {
          term: copy().number,
          value: props.member.hasNumber ? copy().numberOnRecord : copy().numberMissing,
        },
        { term: copy().createdAt, value: copy().since(props.member.createdAtMs) },
        {
          term: copy().columns.lastSeen,
          value:
            props.member.lastSeenAtMs === null
              ? copy().never
              : copy().at(props.member.lastSeenAtMs),
        },
      ]}
    />
  );
}

function Part(props: { title: string; note: string; children: JSX.Element }) {
  return (
    <section class="stack">
      <h2>{props.title}</h2>
      <p class="soft">{props.note}</p>
      {props.children}
    </section>
  );
}

/** One act, asked once more where it is heavy. */
function Act(props: { label: string; sure?: string; sureNote?: string; run(): Promise<void> }) {
  const [isAsking, setAsking] = createSignal(false);
  const act = createAction(async () => {
    setAsking(false);
    await props.run();
  });
  return (
    <div class="row">
      <button
        type="button"
        class="btn plain"
        classList={{ spin: act.isBusy() }}
        aria-disabled={act.isBusy()}
        onClick={() => (props.sure === undefined ? void act.run() : setAsking(true))}
      >
        {props.label}
      </button>
      <Show when={isAsking() && props.sure}>
        {(sure) => (
          <Dialog title={sure()} onCancel={() => setAsking(false)}>
            <p>{props.sureNote}</p>
            <div class="row">
              <button type="button" class="btn" onClick={() => void act.run()}>
                {props.label}
              </button>
              <button type="button" class="btn plain" onClick={() => setAsking(false)}>
                {copy().cancel}
              </button>
            </div>
          </Dialog>
        )}
      </Show>
    </div>
  );
}

/** T-CON-08a: another work address, or the document number. */
function PersonForm(props: { member: MemberView; onDone(): Promise<void> }) {
  const staff = useStaff();
  const form = createForm({
    initial: { email: props.member.email, number: '' },
    validate: (typed) => parseStaffPersonAnswers(typed, shanghaiDate(serverNow())),
    async submit(typed) {
      const { staffId } = props.member;
      await api.staff.changePerson.mutate({ staffId, ...typed });
      form.field('number').set('');
      await props.onDone();
    },
    on: staff.on,
  });
  return (
    <Part title={copy().changePerson} note={copy().changePersonNote}>
      <FormBody of={form} submit={copy().savePerson}>
        <TextField
          field={form.field('email')}
          type="email"
          inputmode="email"
          label={copy().email}
        />
        <TextField field={form.field('number')} label={copy().newNumber} numeric optional />
        <FailureLine of={form.failure()} />
      </FormBody>
    </Part>
  );
}

function RoleForm(props: {
  role: StaffRole;
  scope: string | null;
  save(role: StaffRole, scope: string): Promise<void>;
}) {
  const form = createForm<{ role: string; scope: string }>({
    initial: { role: props.role, scope: props.scope ?? '' },
    validate: ({ role, scope }) => {
      const parsed = parseScope(scope, role as StaffRole);
      return parsed.ok ? { ok: true } : { ok: false, fields: { scope: parsed.code } };
    },
    submit: ({ role, scope }) => props.save(role as StaffRole, scope),
  });
  return (
    <Part title={copy().changeRole} note={copy().changeRoleNote}>
      <FormBody of={form} isPart submit={copy().saveRole}>
        <RadioCards field={form.field('role')} label={copy().role} options={roleOptions()} />
        <ScopeField field={form.field('scope')} role={form.values.role as StaffRole} />
      </FormBody>
    </Part>
  );
}
