import {
  AcceptByPasskeyInput,
  AcceptByPasswordInput,
  AddPasskeyInput,
  ChangeStaffPasswordInput,
  ChangeStaffPersonInput,
  ChangeStaffRoleInput,
  ChangeTotpInput,
  EndSessionInput,
  InviteStaffInput,
  ProveStaffByPasskeyInput,
  ProveStaffByPasswordInput,
  RemovePasskeyInput,
  SignInByPasskeyInput,
  SignInByPasswordInput,
  StaffIdInput,
  StaffLinkInput,
} from '@shiming/domain';
import {
  acceptByPasskey,
  acceptByPassword,
  beginPasskeyAcceptance,
  beginPasswordAcceptance,
  openStaffLink,
} from '@shiming/services/staff/accept';
import { inviteStaff } from '@shiming/services/staff/invite';
import {
  changeStaffPerson,
  changeStaffRole,
  disableStaff,
  enableStaff,
  listStaff,
  recoverStaff,
} from '@shiming/services/staff/manage';
import {
  addPasskey,
  beginPasskey,
  listPasskeys,
  removePasskey,
} from '@shiming/services/staff/own-passkeys';
import {
  beginTotpChange,
  changeStaffPassword,
  changeTotp,
} from '@shiming/services/staff/own-password';
import {
  describeStaff,
  endStaffSession,
  listStaffSessions,
  signOutStaff,
} from '@shiming/services/staff/own-sessions';
import {
  beginPasskeyProof,
  proveStaffByPasskey,
  proveStaffByPassword,
} from '@shiming/services/staff/prove';
import { beginPasskeySignIn, signInByPasskey } from '@shiming/services/staff/sign-in-by-passkey';
import { signInByPassword } from '@shiming/services/staff/sign-in-by-password';
import { keepDeviceMark } from './device-cookie.ts';
import {
  cookieSeconds,
  publicProcedure,
  router,
  signedInStaffProcedure,
  staffProcedure,
} from './trpc.ts';
import type { Cookies } from './context.ts';

const signedIn = ({ cookies }: { cookies: Cookies }, sessionToken: string) => {
  cookies.write('staff', sessionToken, cookieSeconds.staff);
};

const linkErrors = ['link.used', 'link.expired'] as const;
const manageErrors = [
  'staff.session_required',
  'staff.forbidden',
  'staff.proof_required',
  'staff.own_account',
  'request.not_found',
  'request.stale',
] as const;
const ownPasswordErrors = [
  'staff.session_required',
  'staff.proof_required',
  'request.not_found',
] as const;

/** Staff accounts and their sign-in to the console (T-CON-01). `credential` is the JSON that the browser's authenticator gave. */
export const staffRouter = router({
  /** Who is signed in to the console; `null` for nobody. No sign of life, like every query here. */
  current: publicProcedure.meta({ roundTrips: 3, errors: [] }).query(async ({ ctx }) => {
    const described = await describeStaff(ctx.ctx, ctx.cookies.read('staff'));
    if (described === null) return null;
    if (described.sessionToken !== null) signedIn(ctx, described.sessionToken);
    return described.view;
  }),
  /** A sign of life of somebody who reads or looks without changing anything. Answers the new end. */
  extend: signedInStaffProcedure
    .meta({ roundTrips: 1, errors: ['staff.session_required'] })
    .mutation(({ ctx }) => ({ endsAtMs: ctx.staff.endsAtMs })),
  signOut: signedInStaffProcedure
    .meta({ roundTrips: 2, errors: ['staff.session_required'] })
    .mutation(async ({ ctx }) => {
      await signOutStaff(ctx.ctx, ctx.staff);
      ctx.cookies.clear('staff');
    }),

  signInOptions: publicProcedure
    .meta({ roundTrips: 2, errors: ['request.too_many'] })
    .mutation(({ ctx }) => beginPasskeySignIn(ctx.ctx)),
  signInByPasskey: publicProcedure
    .meta({ roundTrips: 2, errors: ['staff.sign_in_refused', 'request.too_many'] })
    .input(SignInByPasskeyInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await signInByPasskey(ctx.ctx, input);
      signedIn(ctx, sessionToken);
    }),
  signInByPassword: publicProcedure
    .meta({
      roundTrips: 2,
      errors: ['staff.sign_in_refused', 'login.locked', 'request.too_many'],
    })
    .input(SignInByPasswordInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken, deviceMark } = await signInByPassword(ctx.ctx, input);
      signedIn(ctx, sessionToken);
      keepDeviceMark(ctx, deviceMark);
    }),

  proveOptions: signedInStaffProcedure
    .meta({ roundTrips: 2, errors: ['staff.session_required'] })
    .mutation(({ ctx }) => beginPasskeyProof(ctx.ctx, ctx.staff)),
  proveByPasskey: signedInStaffProcedure
    .meta({
      roundTrips: 3,
      errors: ['staff.session_required', 'staff.passkey_refused', 'request.stale'],
    })
    .input(ProveStaffByPasskeyInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await proveStaffByPasskey(ctx.ctx, ctx.staff, input);
      signedIn(ctx, sessionToken);
    }),
  proveByPassword: signedInStaffProcedure
    .meta({
      roundTrips: 3,
      errors: ['staff.session_required', 'staff.sign_in_refused', 'login.locked', 'request.stale'],
    })
    .input(ProveStaffByPasswordInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await proveStaffByPassword(ctx.ctx, ctx.staff, input);
      signedIn(ctx, sessionToken);
    }),

  /** Mutations, though nothing is spent: the secret must not stand in an address. */
  openInvitation: publicProcedure
    .meta({ roundTrips: 1, errors: linkErrors })
    .input(StaffLinkInput)
    .mutation(({ ctx, input }) => openStaffLink(ctx.ctx, input)),
  /** The options for making the passkey. */
  acceptOptions: publicProcedure
    .meta({ roundTrips: 2, errors: linkErrors })
    .input(StaffLinkInput)
    .mutation(({ ctx, input }) => beginPasskeyAcceptance(ctx.ctx, input)),
  acceptByPasskey: publicProcedure
    .meta({
      roundTrips: 2,
      errors: [...linkErrors, 'staff.passkey_refused', 'staff.same_person', 'request.stale'],
    })
    .input(AcceptByPasskeyInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await acceptByPasskey(ctx.ctx, input);
      signedIn(ctx, sessionToken);
    }),
  /** The secret for the authenticator app, the same one however often it is asked for. */
  acceptSecret: publicProcedure
    .meta({ roundTrips: 1, errors: linkErrors })
    .input(StaffLinkInput)
    .mutation(({ ctx, input }) => beginPasswordAcceptance(ctx.ctx, input)),
  acceptByPassword: publicProcedure
    .meta({
      roundTrips: 3,
      errors: [
        ...linkErrors,
        'staff.passkey_refused',
        'staff.same_person',
        'request.stale',
        'request.too_many',
      ],
    })
    .input(AcceptByPasswordInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await acceptByPassword(ctx.ctx, input);
      signedIn(ctx, sessionToken);
    }),

  list: staffProcedure('staff.manage')
    .meta({ roundTrips: 2, errors: ['staff.session_required', 'staff.forbidden'] })
    .query(({ ctx }) => listStaff(ctx.ctx, ctx.staff)),
  invite: staffProcedure('staff.manage')
    .meta({
      roundTrips: 3,
      errors: [
        'staff.session_required',
        'staff.forbidden',
        'staff.proof_required',
        'staff.number_required',
      ],
    })
    .input(InviteStaffInput)
    .mutation(({ ctx, input }) => inviteStaff(ctx.ctx, ctx.staff, input)),
  changeRole: staffProcedure('staff.manage')
    .meta({
      roundTrips: 3,
      errors: [...manageErrors, 'staff.number_required'],
    })
    .input(ChangeStaffRoleInput)
    .mutation(({ ctx, input }) => changeStaffRole(ctx.ctx, ctx.staff, input)),
  changePerson: staffProcedure('staff.manage')
    .meta({ roundTrips: 3, errors: [...manageErrors, 'staff.number_required'] })
    .input(ChangeStaffPersonInput)
    .mutation(({ ctx, input }) => changeStaffPerson(ctx.ctx, ctx.staff, input)),
  disable: staffProcedure('staff.manage')
    .meta({ roundTrips: 3, errors: manageErrors })
    .input(StaffIdInput)
    .mutation(({ ctx, input }) => disableStaff(ctx.ctx, ctx.staff, input)),
  enable: staffProcedure('staff.manage')
    .meta({
      roundTrips: 3,
      errors: [...manageErrors, 'staff.number_required', 'staff.same_person'],
    })
    .input(StaffIdInput)
    .mutation(({ ctx, input }) => enableStaff(ctx.ctx, ctx.staff, input)),
  recover: staffProcedure('staff.manage')
    .meta({ roundTrips: 4, errors: [...manageErrors, 'staff.address_changed'] })
    .input(StaffIdInput)
    .mutation(({ ctx, input }) => recoverStaff(ctx.ctx, ctx.staff, input)),

  passkeys: router({
    list: signedInStaffProcedure
      .meta({ roundTrips: 2, errors: ['staff.session_required'] })
      .query(({ ctx }) => listPasskeys(ctx.ctx, ctx.staff)),
    addOptions: signedInStaffProcedure
      .meta({ roundTrips: 2, errors: ['staff.session_required', 'staff.proof_required'] })
      .mutation(({ ctx }) => beginPasskey(ctx.ctx, ctx.staff)),
    add: signedInStaffProcedure
      .meta({
        roundTrips: 2,
        errors: [
          'staff.session_required',
          'staff.proof_required',
          'staff.passkey_refused',
          'request.stale',
        ],
      })
      .input(AddPasskeyInput)
      .mutation(({ ctx, input }) => addPasskey(ctx.ctx, ctx.staff, input)),
    remove: signedInStaffProcedure
      .meta({
        roundTrips: 2,
        errors: [
          'staff.session_required',
          'staff.proof_required',
          'request.not_found',
          'staff.last_factor',
          'request.stale',
        ],
      })
      .input(RemovePasskeyInput)
      .mutation(({ ctx, input }) => removePasskey(ctx.ctx, ctx.staff, input)),
  }),
  password: router({
    change: signedInStaffProcedure
      .meta({
        roundTrips: 3,
        errors: [...ownPasswordErrors, 'request.stale', 'request.too_many'],
      })
      .input(ChangeStaffPasswordInput)
      .mutation(async ({ ctx, input }) => {
        const { sessionToken } = await changeStaffPassword(ctx.ctx, ctx.staff, input);
        signedIn(ctx, sessionToken);
      }),
    /** The secret for another authenticator app, a new one each time. */
    totpSecret: signedInStaffProcedure
      .meta({ roundTrips: 2, errors: ownPasswordErrors })
      .mutation(({ ctx }) => beginTotpChange(ctx.ctx, ctx.staff)),
    changeTotp: signedInStaffProcedure
      .meta({ roundTrips: 2, errors: [...ownPasswordErrors, 'request.stale'] })
      .input(ChangeTotpInput)
      .mutation(async ({ ctx, input }) => {
        const { sessionToken } = await changeTotp(ctx.ctx, ctx.staff, input);
        signedIn(ctx, sessionToken);
      }),
  }),
  sessions: router({
    list: signedInStaffProcedure
      .meta({ roundTrips: 2, errors: ['staff.session_required'] })
      .query(({ ctx }) => listStaffSessions(ctx.ctx, ctx.staff)),
    end: signedInStaffProcedure
      .meta({ roundTrips: 2, errors: ['staff.session_required'] })
      .input(EndSessionInput)
      .mutation(({ ctx, input }) => endStaffSession(ctx.ctx, ctx.staff, input)),
  }),
});
