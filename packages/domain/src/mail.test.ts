import { expect, test } from 'vitest';
import { codeMail, noticeMail, resetLinkMail, staffLinkMail, staffNoticeMail } from './mail.ts';
import { staffNoticeKinds } from './staff.ts';

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
