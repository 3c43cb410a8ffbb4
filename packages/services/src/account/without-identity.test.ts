import { outboxTable } from '@shiming/db';
import { AccountExport } from '@shiming/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { currentContact } from '../contact/current.ts';
import { inPortal } from '../context.ts';
import { requestCancellation, stopCancellation } from '../data/cancellation.ts';
import { exportData } from '../data/export.ts';
import { viewData } from '../data/view.ts';
import { enterService } from '../entry/services.ts';
import { currentGuardian } from '../guardian/current.ts';
import { findAccount } from '../help-desk/find.ts';
import { revealAccountItem } from '../help-desk/reveal.ts';
import { viewAccount } from '../help-desk/view.ts';
import { changePassword } from '../login/change-password.ts';
import { listNotices } from '../notice/list.ts';
import { revealProfile, viewProfile } from '../profile/view.ts';
import { saveProfile } from '../profile/save.ts';
import { currentProof } from '../proof/current.ts';
import { sendProofCode } from '../proof/send-code.ts';
import { currentReview } from '../review/current.ts';
import { describeSession } from '../standing/describe.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  profileAnswersOf,
  registerWithoutIdentity,
} from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import { staffNamed } from '../testing/staff.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { viewVerification } from '../verification/view.ts';

const citizen = citizenNamed('林知远');
const required = { code: 'identity.required' };

let world: TestWorld;
let person: Applicant;
beforeAll(async () => {
  world = await createTestWorld();
  person = await registerWithoutIdentity(world, { mobile: citizen.mobile });
});
afterAll(() => world.close());

describe('an account without an identity', () => {
  test.each(['teacher', 'student'])(
    'is signed in at the portal %s, at level 1, and is told to say who it is',
    async (portal) => {
      const ctx = inPortal(person.ctx, portal);
      const described = await describeSession(ctx, person.sessionToken);
      expect(described?.session).toMatchObject({
        maskedName: '',
        level: 1,
        next: { step: 'give_identity' },
        proved: null,
      });
      expect(described?.session.missing[0]).toBe('identity');
      const [service] = ctx.portal.services;
      const enter = () => enterService(ctx, person.signedIn, { serviceId: service?.id ?? '' });
      expect(enter).toThrow('identity.required');
    },
  );

  test('has every page that is not about a document', async () => {
    const { ctx, signedIn } = person;
    expect(await viewProfile(ctx, signedIn)).toMatchObject({
      documentType: null,
      maskedName: '',
      maskedNumber: '',
      maskedMobile: '199*****01',
      maskedEmail: '',
      fields: [],
    });
    expect(await revealProfile(ctx, signedIn)).toMatchObject({
      number: '',
      mobile: citizen.mobile,
    });
    expect(await currentContact(ctx, signedIn)).toMatchObject({
      maskedEmail: '',
      isProved: { mobile: true, email: false },
    });
    expect(await currentProof(ctx, signedIn)).toMatchObject({ canAskAuthority: false });
    expect(await currentReview(ctx, signedIn)).toMatchObject({ isOffered: false, request: null });
    expect((await viewData(ctx, signedIn)).profile.documentType).toBeNull();
    expect((await currentGuardian(ctx, signedIn)).isEntitled).toBe(false);
    expect(await listNotices(ctx, signedIn)).toBeDefined();
    const copy = AccountExport.parse(await exportData(ctx, signedIn));
    expect([copy.account.documentType, copy.identity]).toEqual([null, null]);
  });

  test('is refused what is about a document, with the reason', async () => {
    const { ctx, signedIn } = person;
    expect(await refusalOf(viewVerification(ctx, signedIn))).toEqual(required);
    expect(await refusalOf(saveProfile(ctx, signedIn, profileAnswersOf(citizen)))).toEqual(
      required,
    );
  });

  test('gets no code and no news by a contact that it does not have', async () => {
    const { ctx, signedIn } = person;
    const ticket = await giveTestTicket(ctx, 'contact');
    const refused = refusalOf(sendProofCode(ctx, signedIn, { channel: 'mail', ticket }));
    expect(await refused).toEqual({ code: 'contact.not_proved' });
    await requestCancellation(ctx, signedIn);
    await stopCancellation(ctx, signedIn);
    expect(await ctx.db.$count(outboxTable)).toBe(0);
  });

  test('changes its password', async () => {
    const { ctx, signedIn } = person;
    const password = 'Shanshui-37*cloud';
    const { sessionToken } = await changePassword(ctx, signedIn, {
      current: testPassword,
      password,
      passwordAgain: password,
    });
    person = await applicantOf(world, sessionToken);
  });

  test('is found at the help desk by its mobile, with what there is of it', async () => {
    const { ctx, staff } = await staffNamed(world, 'reviewer', { name: '客服一' });
    const { id: accountId } = person.signedIn.account;
    const found = await findAccount(ctx, staff, { search: citizen.mobile });
    expect(found).toEqual({ outcome: 'found', accountId });
    expect(await viewAccount(ctx, staff, { accountId })).toMatchObject({
      documentType: null,
      level: 1,
      masked: { name: null, number: null, mobile: '199*****01', email: null },
    });
    const reveal = (item: 'mobile' | 'number') =>
      revealAccountItem(ctx, staff, {
        accountId,
        item,
        reason: 'caller_check',
        note: '来电核对情况',
      });
    expect(await reveal('mobile')).toEqual({ value: citizen.mobile });
  });
});
