import { expect, test } from 'vitest';
import { suspensionReasons } from './account-status.ts';
import {
  accountStatusMail,
  activationMail,
  cancellationMail,
  codeMail,
  documentMail,
  noticeMail,
  numberClaimMail,
  numberFreedMail,
  provingMail,
  resetLinkMail,
  reviewMail,
  staffLinkMail,
  staffNoticeMail,
  ticketMail,
} from './mail.ts';
import { accountNoticeKinds, reviewNoticeKinds } from './notices.ts';
import { staffNoticeKinds, staffRoles } from './staff.ts';

const link = 'https://account.example.cn/recovery/link#abc.def';
const portal = { zh: '教师资格网', en: 'Teacher Qualification' };

test('T-PWD-02: the link is in both parts, once, and nothing else is loaded or linked', () => {
  const { subject, text, html } = resetLinkMail({ portal, link, hours: 24 });
  expect(subject).toContain('重置密码');
  expect(text.split('\n')).toContain(link);
  expect(text).toContain('24 小时内有效');
  expect(html.match(/https?:\/\//g)).toHaveLength(2);
  expect(html).toContain(`<a href="${link}">${link}</a>`);
  expect(html).not.toMatch(/<(?:img|script|style|link)|src=/);
});

test('what is put in is text, whatever it says', () => {
  const { html } = resetLinkMail({ portal: { zh: '<b>&"', en: '' }, link, hours: 1 });
  expect(html).not.toContain('<b>');
  expect(html).toContain('<title>&#60;b&#62;&#38;&#34;：');
});

test('T-PWD-02, T-PRO-05: a notice says what happened, when, and what to do', () => {
  const { subject, text } = noticeMail({
    portal,
    kind: 'password_reset',
    facts: {},
    when: '2026-11-21 19:42',
    link: 'https://account.example.cn/recovery',
  });
  expect(subject).toContain('密码已重置');
  expect(text).toContain('于 2026-11-21 19:42 重置了密码');
  expect(text.split('\n')).toContain('https://account.example.cn/recovery');
});

test('T-PRO-05: a code stands in the subject and in both parts, with nothing to click', () => {
  const { subject, text, html } = codeMail({ portal, code: '012345', minutes: 15 });
  for (const part of [subject, text, html]) expect(part).toContain('012345');
  expect(text).toContain('15 分钟内有效');
  expect(html).not.toMatch(/<a|https?:/);
});

test.for([
  [1440, '1 天内有效', 'valid for 1 day.'],
  [2880, '2 天内有效', 'valid for 2 days.'],
  [60, '1 小时内有效', 'valid for 1 hour.'],
  [120, '2 小时内有效', 'valid for 2 hours.'],
  [15, '15 分钟内有效', 'valid for 15 minutes.'],
] as const)('S-REG-05: %i minutes are said in their largest unit', ([minutes, zh, en]) => {
  const { text } = codeMail({ portal, code: '012345', minutes });
  expect(text).toContain(zh);
  expect(text).toContain(en);
});

test('T-CON-01: the link for a member of staff says what it does, in both languages', () => {
  const facts = { portal, loginName: 'rev.01', role: 'senior', link, hours: 72 } as const;
  const invitation = staffLinkMail({ ...facts, kind: 'invitation' });
  for (const part of ['高级审核员', 'senior reviewer', 'rev.01', '72 小时内有效', '72 hours']) {
    expect(invitation.text).toContain(part);
  }
  const recovery = staffLinkMail({ ...facts, kind: 'recovery' });
  expect(recovery.text).toContain('原来的登录方式作废');
  expect(recovery.subject).not.toBe(invitation.subject);
  for (const { text, html } of [invitation, recovery]) {
    expect(text.split('\n')).toContain(link);
    expect(html.match(/https?:\/\//g)).toHaveLength(2);
  }
});

test.each(staffNoticeKinds)(
  'T-CON-01: what was done (%s) is told with nothing to click',
  (kind) => {
    const { text, html } = staffNoticeMail({
      portal,
      kind,
      loginName: 'rev.01',
      when: '2026-11-21 12:00',
    });
    expect(text).toContain('2026-11-21 12:00');
    expect(text).toContain('at once');
    expect(html).not.toMatch(/https?:/);
  },
);

const facts = {
  before: '199******01',
  after: '199******02',
  name: '林*远',
  days: '7',
  device: 'Chrome · Android',
};
const when = '2026-11-21 19:42';
const told = { portal, link, date: '2026-12-01', keptDays: 30 };
/** Every mail that there is, in each of its forms. */
const mails = Object.entries({
  reset: [resetLinkMail({ portal, link, hours: 24 })],
  code: [codeMail({ portal, code: '012345', minutes: 15 })],
  activation: [activationMail({ portal, link, code: '012345', minutes: 1440 })],
  proving: [provingMail({ portal, link, hours: 72 })],
  cancellation: [cancellationMail({ portal, due: when, link })],
  notice: accountNoticeKinds.flatMap((kind) =>
    [{}, { by: 'staff', verify: 'yes' }].flatMap((more) =>
      [false, true].map((isFolded) =>
        noticeMail({ portal, kind, facts: { ...facts, ...more }, when, link, isFolded }),
      ),
    ),
  ),
  review: reviewNoticeKinds.map((kind) =>
    reviewMail({ portal, kind, caseNumber: '261121-4827-3915', link }),
  ),
  ticket: (['prove', 'answered', 'returned'] as const).map((kind) =>
    ticketMail({ portal, kind, caseNumber: '261121-4827-3915', link }),
  ),
  claim: (
    [
      'number_claimed',
      'number_claim_in_review',
      'number_claim_returned',
      'number_claim_disputed',
      'number_claim_refused',
      'number_moved',
      'number_claim_undone',
    ] as const
  ).flatMap((kind) =>
    [true, false].map((byNumber) => numberClaimMail({ ...told, kind, byNumber })),
  ),
  status: [null, ...suspensionReasons].map((reason) => accountStatusMail({ portal, reason, link })),
  freed: (['owner', 'holder', 'claim', 'registration'] as const).map((by) =>
    numberFreedMail({ portal, by, link }),
  ),
  document: (['document_ends_soon', 'document_ends'] as const).map((kind) =>
    documentMail({ ...told, kind }),
  ),
  staffLink: staffRoles.flatMap((role) =>
    (['invitation', 'recovery'] as const).map((kind) =>
      staffLinkMail({ portal, kind, loginName: 'rev.01', role, link, hours: 72 }),
    ),
  ),
  staffNotice: staffNoticeKinds.map((kind) =>
    staffNoticeMail({ portal, kind, loginName: 'rev.01', when }),
  ),
});

test.each(mails)('%s: a mail is whole, in both languages', (_, forms) => {
  for (const { subject, text } of forms) {
    expect(subject).toMatch(/^教师资格网(?:：|帐)\p{Script=Han}[^/]* \/ \p{L}/u);
    expect(text.endsWith('.\n')).toBe(true);
    const paragraphs = text.slice(0, -1).split('\n\n');
    expect(paragraphs[0]).toBe('您好：');
    for (const each of paragraphs) {
      if (each === link) continue;
      expect(each).toMatch(/^\S(?:.*\S)?$/u);
      expect(each).toMatch(/[。：.]$/u);
      // Nothing is left out between two marks, and nobody shouts.
      expect(each).not.toMatch(/[：，。是] ?[。，：；]| [.,;:。，]| {2}|!|undefined/u);
    }
  }
});

const ofAffairs = mails.filter(([name]) => /^(?:review|ticket|claim|freed)$/.test(name));
test.each(ofAffairs)(
  '%s: what is said of the person’s affair is a sentence of its own',
  (_, forms) => {
    for (const { text } of forms) {
      const [, zh, , en] = text.split('\n\n');
      expect(zh).toMatch(/：[^。]+。[^。]+。|已关闭：[^。]+。/u);
      expect(en).toMatch(/: [^.]+\. \S|closed: \S/);
    }
  },
);

const notice = (
  kind: (typeof accountNoticeKinds)[number],
  known: Record<string, string>,
  more: { isFolded?: boolean } = {},
) => noticeMail({ portal, kind, facts: known, when, link, ...more }).text;
const claimMail = (kind: 'number_moved' | 'number_claim_undone', byNumber: boolean) =>
  numberClaimMail({ ...told, kind, byNumber }).text;

test('T-PRO-05: what is not known of a change is not said', () => {
  expect(notice('new_device', facts)).toContain('在新设备上登录（Chrome · Android）。');
  expect(notice('new_device', facts)).toContain('on a new device (Chrome · Android).');
  expect(notice('new_device', {})).toContain('在新设备上登录。');
  expect(notice('new_device', {})).toContain('on a new device.');
  const corrected = { field: 'birthDate', before: '1995-08-15', after: '1995-08-16' };
  expect(notice('details_corrected', { ...corrected, verify: 'yes' })).toContain(
    '由客服把出生日期从 1995-08-15 更正为 1995-08-16，办理业务前要重新核验。',
  );
  expect(notice('details_corrected', { ...corrected, verify: 'yes' })).toContain(
    'corrected the date of birth in your account at Teacher Qualification from 1995-08-15 to 1995-08-16, and you have to be verified again.',
  );
  for (const known of [{}, { field: 'nothing' }]) {
    expect(notice('name_corrected', known)).toContain('由客服更正了姓名。');
    expect(notice('name_corrected', known)).toContain(
      'the help desk corrected the name in your account at Teacher Qualification.',
    );
  }
});

test('T-CON-08: a change of contact by the help desk says so', () => {
  const byStaff = notice('mobile_changed', { ...facts, by: 'staff' });
  expect(byStaff).toContain('由客服把手机号码从');
  expect(byStaff).toContain('to 199******02 by the help desk.');
  expect(notice('mobile_changed', facts)).toContain(`${when} 把手机号码从`);
  expect(notice('mobile_changed', facts)).toContain('to 199******02.');
});

test('a mail that stands for several says so', () => {
  const folded = notice('wechat_bound', facts, { isFolded: true });
  expect(folded).toContain('这以后一小时内');
  expect(folded).toContain('within the hour');
  expect(notice('wechat_bound', facts)).not.toMatch(/一小时|within the hour/);
});

const vouched = (subject: string) => notice('vouch_given', { ...facts, for: subject });
test('S-DUP-05: a classmate who vouched is told for what', () => {
  expect(vouched('number_claim')).toContain('协助同学 林*远 解决证件号码重复，7 天内');
  expect(vouched('binding')).toContain('协助同学 林*远 绑定了实名信息，7 天内');
});

test('S-DUP-06: who signs in with a number is told to, and who does not is not', () => {
  expect(claimMail('number_moved', true)).toContain('以后用证件号码登录');
  expect(claimMail('number_moved', false)).toContain('请登录继续绑定实名信息');
  const undone = claimMail('number_claim_undone', true);
  expect(undone).toContain('请用申请编号登录查看');
  expect(undone).toContain('Sign in with the number of your claim to');
  expect(claimMail('number_claim_undone', false)).toContain('请登录查看');
  expect(claimMail('number_claim_undone', false)).toContain('Sign in to see');
});

test('T-CON-08: a suspension says why, and that nothing is lost; a restored account opens again', () => {
  const { subject, text } = accountStatusMail({ portal, reason: 'taken_over', link });
  expect(subject).toContain('账号已停用 / Account suspended');
  expect(text).toContain('原因：可能有他人在使用。');
  const restored = accountStatusMail({ portal, reason: null, link });
  expect(restored.subject).toContain('账号已恢复使用 / Account restored');
  expect(restored.text).not.toContain('原因');
});
