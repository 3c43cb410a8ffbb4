import type { NoticeFacts, NoticeKind } from './notices.ts';

/** A mail as it is written: both languages, since whoever opens it may have chosen either. */
export type MailText = { subject: string; text: string; html: string };

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** Paragraphs as text and as HTML that loads nothing; `link` stands on a line of its own in both. */
function compose(subject: string, paragraphs: readonly string[], link: string): MailText {
  const html = paragraphs.map((each) => {
    const inner = each === link ? `<a href="${escaped(each)}">${escaped(each)}</a>` : escaped(each);
    return `<p>${inner}</p>`;
  });
  return {
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${escaped(subject)}</title><body>${html.join('')}</body></html>`,
  };
}

/** T-PWD-02. `link` carries its secret in the fragment, which no server and no mail scanner sees. */
export function resetLinkMail({
  portal,
  link,
  hours,
}: {
  portal: { zh: string; en: string };
  link: string;
  hours: number;
}): MailText {
  return compose(
    `${portal.zh}：重置密码 / Reset your password`,
    [
      '您好：',
      `有人在${portal.zh}申请重置您的密码。是您本人的，请打开下面的链接，设置新密码。链接 ${hours} 小时内有效，只能用一次。`,
      link,
      '打不开的，请把链接复制到浏览器的地址栏。不是您本人的，不用理会，密码不会改变。',
      `Somebody asked to reset your password at ${portal.en}. If it was you, open the link above and choose a new one. It is good for ${hours} hours, once. If it was not you, do nothing: your password stays as it is.`,
    ],
    link,
  );
}

type Sentences = { zh: string; en: string };

/** What a mail's subject says of it. */
const titles: Record<NoticeKind, Sentences> = {
  password_reset: { zh: '密码已重置', en: 'Password reset' },
  password_changed: { zh: '密码已修改', en: 'Password changed' },
  new_device: { zh: '新设备登录', en: 'New device' },
  mobile_changed: { zh: '手机号码已修改', en: 'Mobile number changed' },
  email_changed: { zh: '安全邮箱已修改', en: 'Mail address changed' },
  contact_restored: { zh: '联系方式已恢复', en: 'Contact restored' },
  wechat_bound: { zh: '已绑定微信', en: 'WeChat linked' },
  wechat_unbound: { zh: '已解除微信绑定', en: 'WeChat unlinked' },
  consent_withdrawn: { zh: '已撤回同意', en: 'Consent withdrawn' },
  cancellation_requested: { zh: '已申请注销', en: 'Account to be closed' },
  cancellation_stopped: { zh: '已取消注销', en: 'Closing of the account stopped' },
};

/** What happened, as the end of a sentence that begins with the account. */
const happened: Record<NoticeKind, (facts: NoticeFacts) => Sentences> = {
  password_reset: () => ({
    zh: '重置了密码，所有设备都已退出',
    en: 'had its password reset, and all devices were signed out',
  }),
  password_changed: () => ({
    zh: '修改了密码，其他设备都已退出',
    en: 'had its password changed, and all other devices were signed out',
  }),
  new_device: ({ device = '' }) => ({
    zh: `在新设备上登录${device === '' ? '' : `（${device}）`}`,
    en: `was signed in to on a new device${device === '' ? '' : ` (${device})`}`,
  }),
  mobile_changed: ({ before = '', after = '' }) => ({
    zh: `把手机号码从 ${before} 改为 ${after}`,
    en: `had its mobile number changed from ${before} to ${after}`,
  }),
  email_changed: ({ before = '', after = '' }) => ({
    zh: `把安全邮箱从 ${before} 改为 ${after}`,
    en: `had its mail address changed from ${before} to ${after}`,
  }),
  contact_restored: ({ after = '' }) => ({
    zh: `把联系方式恢复为 ${after}，所有设备都已退出，原密码作废`,
    en: `had its contact restored to ${after}; all devices were signed out, and the password is void`,
  }),
  wechat_bound: () => ({ zh: '绑定了微信', en: 'was linked to a WeChat' }),
  wechat_unbound: () => ({ zh: '解除了微信绑定', en: 'was unlinked from its WeChat' }),
  consent_withdrawn: () => ({ zh: '撤回了同意', en: 'had a consent withdrawn' }),
  cancellation_requested: () => ({ zh: '申请了注销', en: 'was asked to be closed' }),
  cancellation_stopped: () => ({ zh: '取消了注销', en: 'is not to be closed any more' }),
};

/**
 * Tells the holder of an account what was done with it, and what to do if it was somebody else. `when` is
 * Shanghai time, `link` the page to go to in that case.
 */
export function noticeMail({
  portal,
  kind,
  facts,
  when,
  link,
}: {
  portal: Sentences;
  kind: NoticeKind;
  facts: NoticeFacts;
  when: string;
  link: string;
}): MailText {
  const { zh, en } = happened[kind](facts);
  return compose(
    `${portal.zh}：${titles[kind].zh} / ${titles[kind].en}`,
    [
      '您好：',
      `您在${portal.zh}的账号于 ${when} ${zh}。`,
      '是您本人的，不用理会。不是您本人的，请马上打开下面的页面处理：',
      link,
      `Your account at ${portal.en} ${en} on ${when} (China time). If it was you, do nothing. If it was not, go to the page above at once.`,
    ],
    link,
  );
}
