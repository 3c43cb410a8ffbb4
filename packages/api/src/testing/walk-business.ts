import { type AppErrorCode, parseLegacyRow } from '@shiming/domain';
import { inPortal } from '@shiming/services/context';
import { importAccounts } from '@shiming/services/legacy/import-accounts';
import { documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import { appCode, madeUpNumber, staffLinkIn } from '@shiming/services/testing/staff';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';
import { citizenWith, passwordAnswers, succeeded, ticketFor } from './journey.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) throw new Error(`not ${code}: ${JSON.stringify(answer.app)}`);
}

const codeIn = (answer: Answer) =>
  (succeeded(answer) as { verification: { ticket: { code: string } } }).verification.ticket.code;
const codeOf = (answer: Answer) => (succeeded(answer) as { code: string }).code;

/** Registers at a portal that checks who somebody is before there is an account. `unable` is where no authority can. */
export async function walkBusiness(
  world: TestWorld,
  { call, callWhile, cookies }: TestBrowser,
  unable: TestBrowser,
  [clerk, colleague]: readonly [TestBrowser, TestBrowser],
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
): Promise<void> {
  const verify = () => call('registration.verify');
  const takeTicket = () => call('registration.takeTicket');
  refused(await verify(), 'registration.not_started');
  refused(await takeTicket(), 'registration.not_started');
  const mobile = '19900000092';
  const number = '110199198805050056';
  const document = { ...documentAnswersOf(citizenWith(world, { outcome: 'match' })), number };
  succeeded(await call('registration.saveDocument', document));
  refused(await verify(), 'registration.out_of_order');
  refused(await takeTicket(), 'registration.out_of_order');
  const ticket = await ticketFor(call, world, 'register');
  succeeded(await call('registration.sendCode', { email: '', mobile, ticket }));
  const code = world.sandbox.phone.lastCode(mobile) ?? '';
  succeeded(await call('registration.proveContact', { code }));
  const savePassword = () => call('registration.savePassword', passwordAnswers);
  refused(await savePassword(), 'registration.out_of_order');
  const saveAgain = () => call('registration.saveDocument', document);

  unable.cookies.set('registration', cookies.get('registration') ?? '');
  refused(await unable.call('registration.verify'), 'verification.no_authority');
  refused(await callWhile('registration.verify', undefined, saveAgain), 'request.stale');
  let second: Answer | null = null;
  const first = await callWhile(
    'registration.verify',
    undefined,
    async () => {
      second = await verify();
    },
    2,
  );
  succeeded(first);
  refused(second ?? first, 'verification.in_progress');
  succeeded(await verify());
  succeeded(await verify());
  refused(await verify(), 'verification.day_limit');
  await useUp('verification.asked', 10);
  await giveBack('verification');
  refused(await verify(), 'request.too_many');

  // At the window: refused, then passed, then once more for the next level.
  const scope = '11000001';
  await signInStaff(clerk, world, 'clerk', { scope });
  await signInStaff(colleague, world, 'clerk', { scope, number });
  refused(await callWhile('registration.takeTicket', undefined, saveAgain), 'request.stale');
  const open = async (ticketCode: string) =>
    succeeded(await clerk.call('window.open', { code: ticketCode })) as {
      ticketId: string;
      version: number;
    };
  const record = (opened: object, outcome: 'passed' | 'refused') =>
    clerk.call('window.decide', {
      ...opened,
      outcome,
      reason: outcome === 'passed' ? 'not_online' : 'details_differ',
    });
  const idsOf = ({ ticketId, version }: Awaited<ReturnType<typeof open>>) => ({
    ticketId,
    version,
  });
  const firstCode = codeIn(await takeTicket());
  refused(await clerk.call('window.open', { code: 'AAAA-AAAA' }), 'window.ticket_over');
  refused(await colleague.call('window.open', { code: firstCode }), 'window.own_ticket');
  const opened = idsOf(await open(firstCode));
  const passed = { ...opened, outcome: 'passed', reason: 'not_online' };
  refused(await callWithoutNumber(clerk, world, 'window.decide', passed), 'staff.number_required');
  refused(await colleague.call('window.decide', passed), 'window.own_ticket');
  succeeded(await record(opened, 'refused'));
  refused(await record(opened, 'refused'), 'window.ticket_over');
  await useUp('window', 5);
  refused(await takeTicket(), 'request.too_many');
  await giveBack('window');
  const again = idsOf(await open(codeIn(await takeTicket())));
  refused(await record({ ...again, version: again.version + 1 }, 'passed'), 'request.stale');
  succeeded(await record(again, 'passed'));
  succeeded(await clerk.call('window.list'));
  succeeded(await savePassword());
  succeeded(await call('registration.submit', { hasAgreed: true }));

  const take = () => call('window.take');
  const { db } = world.ctx();
  const [row] = await db.all<{ id: string }>(
    "select account_id as id from window_ticket where status = 'passed'",
  );
  const accountId = row?.id ?? '';
  const setConsent = (atMs: string) =>
    db.run(`update consent set withdrawn_at_ms = ${atMs} where account_id = '${accountId}'`);
  await setConsent('1');
  refused(await take(), 'consent.required');
  await setConsent('null');
  succeeded(await record(idsOf(await open(codeOf(await take()))), 'refused'));
  await useUp('window', 5);
  refused(await take(), 'request.too_many');
  await giveBack('window');
  const last = idsOf(await open(codeOf(await take())));
  await setConsent('1');
  refused(await record(last, 'passed'), 'consent.required');
  await setConsent('null');
  await db.run(
    `insert into "case" (id, account_id, portal, status, stage, channel, flags, created_at_ms, key_id) values ('open', '${accountId}', 'business', 'waiting', 'first', 'inbox', '[]', 1, 'v1')`,
  );
  refused(await record(last, 'passed'), 'review.open');
  await db.run(`delete from "case" where id = 'open'`);
  succeeded(await record(last, 'passed'));
  refused(await take(), 'window.not_needed');
  await walkRevocation(world, [clerk, colleague], { scope, number });
  await useUp('window.opened', 300);
  refused(await clerk.call('window.open', { code: firstCode }), 'request.too_many');

  await walkActivation(world, { call, cookies });

  // A clerk signs in by a passkey of the window's device, and in no other way.
  await signInStaff(colleague, world, 'administrator');
  const email = 'clerk@staff.example.cn';
  const answers = { loginName: 'clerk.01', name: '窗口一', email, number: madeUpNumber() };
  succeeded(await colleague.call('staff.invite', { ...answers, role: 'clerk', scope }));
  const link = await staffLinkIn(world, email);
  const { secret } = succeeded(await clerk.call('staff.acceptSecret', { link })) as {
    secret: string;
  };
  const byPassword = { link, ...passwordAnswers, code: appCode(secret, world.nowMs()) };
  refused(await clerk.call('staff.acceptByPassword', byPassword), 'staff.passkey_refused');

  const texts = ['documents', 'firstTitle', 'firstSteps', 'secondTitle', 'secondSteps', 'notes'];
  const guide = {
    version: 0,
    checkedOn: '2026-11-01',
    ...Object.fromEntries(
      texts.flatMap((text) => [`${text}Zh`, `${text}En`].map((key) => [key, 'x'])),
    ),
  };
  succeeded(await call('networkCredential.current'));
  const saveGuide = () => colleague.call('networkCredential.save', guide);
  refused(await colleague.callWhile('networkCredential.save', guide, saveGuide), 'request.stale');
  clerk.cookies.delete('staff');
  colleague.cookies.delete('staff');
}

/** A pass that another person revokes. */
async function walkRevocation(
  world: TestWorld,
  [clerk, colleague]: readonly [TestBrowser, TestBrowser],
  { scope, number }: { scope: string; number: string },
): Promise<void> {
  const { db } = world.ctx();
  const [ticket] = await db.all<{ code: string }>(
    "select code from window_ticket where status = 'passed' order by decided_at_ms desc, rowid desc limit 1",
  );
  const pass = { code: ticket?.code ?? '', reason: 'mistaken' };
  const revoke = () => colleague.call('window.revoke', pass);
  refused(await clerk.call('window.revoke', pass), 'window.second_person');
  colleague.cookies.delete('staff');
  refused(await revoke(), 'staff.session_required');
  await signInStaff(colleague, world, 'reviewer');
  refused(await revoke(), 'staff.forbidden');
  await signInStaff(colleague, world, 'senior', { number });
  refused(await revoke(), 'window.own_ticket');
  await signInStaff(colleague, world, 'clerk', { scope });
  refused(
    await callWithoutNumber(colleague, world, 'window.revoke', pass),
    'staff.number_required',
  );
  refused(
    await colleague.callWhile('window.revoke', pass, () =>
      db.run('update account set version = version + 1'),
    ),
    'request.stale',
  );
  await db.run('update staff_session set proved_at_ms = 1');
  refused(await revoke(), 'staff.proof_required');
  await signInStaff(colleague, world, 'clerk', { scope });
  succeeded(await revoke());
  refused(await revoke(), 'window.ticket_over');
}

/** Somebody whose account another platform has handed over: said once the mobile is proved, and wherever they go on. */
async function walkActivation(
  world: TestWorld,
  { call, cookies }: Pick<TestBrowser, 'call' | 'cookies'>,
): Promise<void> {
  cookies.delete('session');
  const slow = citizenWith(world, { outcome: 'slow' });
  const { mobile, name, number } = slow;
  const document = documentAnswersOf(slow);
  const save = (change: object = {}) =>
    call('registration.saveDocument', { ...document, ...change });
  const prove = async () => {
    const ticket = await ticketFor(call, world, 'register');
    succeeded(await call('registration.sendCode', { email: '', mobile, ticket }));
    const code = world.sandbox.phone.lastCode(mobile) ?? '';
    return call('registration.proveContact', { code });
  };
  succeeded(await save());
  succeeded(await prove());
  succeeded(await call('registration.verify'));
  succeeded(await call('registration.savePassword', passwordAnswers));
  const row = {
    document_type: document.documentType,
    document_number: number,
    name,
    mobile: '',
    registered_at: '2024-05-06T08:30:00+08:00',
  };
  const ctx = inPortal(world.ctx(), 'business');
  const parsed = parseLegacyRow(row, ctx.portal, world.nowMs());
  if (!parsed.ok) throw new Error('the row is refused');
  await importAccounts(ctx, [parsed.value]);
  const toBeActivated = 'registration.to_be_activated';
  refused(await call('registration.submit', { hasAgreed: true }), toBeActivated);
  refused(await save({ name: '杜若西' }), toBeActivated);
  refused(await call('registration.verify'), toBeActivated);
  succeeded(await call('registration.discard'));
  world.advance(61_000);
  succeeded(await save());
  refused(await prove(), toBeActivated);
  succeeded(await call('registration.discard'));
  // The citizen is somebody else's in the walks that follow.
  const { db } = world.ctx();
  const imported = `(select id from account where created_at_ms = ${parsed.value.registeredAtMs})`;
  await db.run(`delete from identifier where account_id in ${imported}`);
  await db.run(`delete from account where id in ${imported}`);
}
