import { capabilities, type Capability, type Portal, portals } from '@shiming/domain';
import { fourthPortal } from '@shiming/domain/testing/fourth-portal';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  citizenWith,
  createBrowser,
  forEverybodyAtConsole,
  procedures,
  proceduresFor,
  register,
  signInOrganisation,
} from './testing/index.ts';

/** Of people and organisations: what staff do is about rows, whose portal an operator may no longer have. */
const paths = [
  ...proceduresFor('everybody'),
  ...proceduresFor('applicant'),
  ...proceduresFor('organisation'),
].filter((path) => !forEverybodyAtConsole.includes(path));

const only: Record<Capability, readonly string[]> = {
  organisations: [
    'organisation.begin',
    'organisation.changeContact',
    'organisation.changePassword',
    'organisation.current',
    'organisation.export',
    'organisation.requestClosing',
    'organisation.sendContactCode',
    'organisation.setPassword',
    'organisation.signIn',
    'organisation.signOut',
    'organisation.stopClosing',
    'organisation.stopClosingByLink',
  ],
  agency_help: ['agency.takeUp'],
  vouching: [
    'binding.ask',
    'binding.confirm',
    'binding.decline',
    'binding.inbox',
    'binding.takeBack',
    'binding.withdraw',
  ],
  records: ['records.refresh'],
  earlier_qualifications: ['records.bind'],
  photo_check: [
    'photoCheck.confirm',
    'photoCheck.dispute',
    'photoCheck.rate',
    'photoCheck.withdraw',
  ],
  authorisation: ['authorisation.answerMatter', 'authorisation.close', 'authorisation.open'],
  face: [
    'face.activate',
    'face.begin',
    'face.beginActivation',
    'face.beginRecovery',
    'face.beginSignIn',
    'face.current',
    'face.proveRecovery',
    'face.signIn',
    'face.submit',
    'recovery.resetByFace',
  ],
  window: ['registration.takeTicket', 'window.take'],
  wechat: [
    'recovery.sendWeChatScene',
    'registration.sendWeChatCode',
    'wechat.begin',
    'wechat.bind',
  ],
  ministry: [
    'ministry.arrival',
    'ministry.arrive',
    'ministry.begin',
    'ministry.leave',
    'ministry.link',
  ],
  check_at_registration: ['registration.verify'],
  recovery_by_user_name: ['recovery.begin'],
  user_names: ['recovery.tellUserNames'],
};

/** Rooms that every portal has, and of the others what answers `null`, or takes something back. */
const everywhere = new RegExp(
  `^(${[
    'authorisation.view|binding.current|ministry.(current|unlink)|photoCheck.view|records.view|wechat.(current|unbind)',
    '(claim|contact|data|entry|guardian|identity|login|networkCredential|notice|operator|profile|proof|puzzle|review|session|ticket|verification)\\..*',
    'face.offer',
    'recovery.(current|identify|openLink|resetByLink|resetPassword|sendCode|sendLink)',
    'registration.(activate|current|discard|openActivation|proveContact|saveDocument|savePassword|sendCode|submit)',
  ].join('|')})$`,
);

const at = (path: string) => procedures[path]?.meta?.at;

test('S-USR-03: what is done at some portals alone, and what at every one, is in a list that is written by hand', () => {
  const listed = Object.entries(only).flatMap(([is, of]) => of.map((path) => `${path} ${is}`));
  const declared = paths.filter((path) => at(path) !== undefined);
  expect(declared.map((path) => `${path} ${at(path)}`).toSorted()).toEqual(listed.toSorted());
  const open = paths.filter((path) => at(path) === undefined);
  expect(open.filter((path) => !everywhere.test(path))).toEqual([]);
});

describe.each([...portals, fourthPortal].map((portal) => [portal.id, portal] as const))(
  'at the portal %s',
  (_, portal: Portal) => {
    let world: TestWorld;
    let session = '';
    let organisation = '';
    beforeAll(async () => {
      world = await createTestWorld();
      const { call, cookies } = createBrowser(world, 'device-1');
      await register(call, world, citizenWith(world, { outcome: 'match' }));
      session = cookies.get('session') ?? '';
      await signInOrganisation({ cookies }, world);
      organisation = cookies.get('organisation') ?? '';
    });
    afterAll(() => world.close());

    const here = () => {
      const browser = createBrowser(world, 'device-2', (ctx) => ({ ...ctx, portal }));
      browser.cookies.set('session', session);
      browser.cookies.set('organisation', organisation);
      return browser;
    };
    const closed = (Object.keys(only) as Capability[]).filter(
      (each) => !capabilities[each](portal),
    );

    test('what it does not do is refused, to people who are signed in too, before the input is read', async () => {
      const { call, told } = here();
      for (const path of closed.flatMap((each) => only[each])) {
        const { status, app } = await call(path, { not: 'an input' });
        expect([path, status, app]).toEqual([path, 404, { code: 'request.not_found' }]);
      }
      // The session is read, and nothing is written.
      expect(told.filter(({ roundTrips }) => roundTrips > 1)).toEqual([]);
    });

    test('what it does is not', async () => {
      const open = (Object.keys(only) as Capability[]).filter((each) => !closed.includes(each));
      const { call } = here();
      for (const path of open.flatMap((each) => only[each])) {
        const { app } = await call(path, { not: 'an input' });
        expect([path, app?.code]).not.toEqual([path, 'request.not_found']);
      }
    });

    test('its pages read nothing of what it does not do', async () => {
      const { call } = here();
      const views = {
        'authorisation.view': 'authorisation',
        'photoCheck.view': 'photo_check',
        'records.view': 'records',
      } as const;
      for (const [path, capability] of Object.entries(views)) {
        const { data, app } = await call(path);
        expect([path, app]).toEqual([path, null]);
        expect(data === null).toBe(!capabilities[capability](portal));
      }
    });
  },
);
