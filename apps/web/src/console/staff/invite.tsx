import {
  needsNumber,
  parseStaffAnswers,
  scopeOf,
  shanghaiDate,
  type StaffRole,
  staffRoles,
} from '@shiming/domain';
import { type ComponentProps, Show } from 'solid-js';
import { useNavigate } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { createForm } from '../../form/create-form.ts';
import { RadioCards } from '../../ui/choices.tsx';
import { Page } from '../../ui/page.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { askAgain } from '../asked.ts';
import { useStaff } from '../session/staff.tsx';
import { shellCopy } from '../shell-copy.ts';
import { staffCopy as copy } from './staff-copy.ts';

/** The roles as cards to choose from, each with what it may. */
export const roleOptions = () =>
  staffRoles.map((role) => ({
    value: role,
    label: shellCopy().roles[role],
    note: copy().roleNotes[role],
  }));

/** The code of the scope of a role, where it has one. */
export const ScopeField = (props: {
  field: ComponentProps<typeof TextField>['field'];
  role: StaffRole;
}) => (
  <Show when={scopeOf(props.role)}>
    {(scope) => <TextField field={props.field} {...copy().scopes[scope()]} numeric />}
  </Show>
);

/** T-CON-01: an administrator invites somebody, who gets a link by mail. */
export function Invite() {
  const staff = useStaff();
  const navigate = useNavigate();
  const form = createForm({
    initial: { loginName: '', name: '', email: '', number: '', role: 'reviewer', scope: '' },
    validate: (typed) =>
      parseStaffAnswers({ ...typed, role: typed.role as StaffRole }, shanghaiDate(serverNow())),
    async submit(typed) {
      const role = typed.role as StaffRole;
      const { staffId } = await api.staff.invite.mutate({ ...typed, role });
      await askAgain('staff');
      navigate(`/staff/${staffId}?done=invited`);
    },
    on: staff.on,
  });
  return (
    <Page title={copy().inviteTitle} lead={copy().inviteLead} backTo="/staff" form={form}>
      <FormBody of={form} submit={copy().send}>
        <TextField
          field={form.field('loginName')}
          label={copy().loginName}
          hint={copy().loginNameHint}
        />
        <TextField field={form.field('name')} label={copy().name} hint={copy().nameHint} />
        <TextField
          field={form.field('email')}
          type="email"
          inputmode="email"
          label={copy().email}
          hint={copy().emailHint}
        />
        <TextField
          field={form.field('number')}
          label={copy().number}
          hint={copy().numberHint}
          numeric
          optional={!needsNumber(form.values.role as StaffRole)}
        />
        <RadioCards field={form.field('role')} label={copy().role} options={roleOptions()} />
        <ScopeField field={form.field('scope')} role={form.values.role as StaffRole} />
      </FormBody>
    </Page>
  );
}
