import { expect, test } from 'vitest';
import { resetLinkMail, noticeMail } from './mail.ts';

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
