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

/** What a notice tells of: a change of the account that somebody else could have made. */
export type SecurityEvent = 'password_reset' | 'password_changed';

const happened: Record<SecurityEvent, { zh: string; en: string }> = {
  password_reset: { zh: '重置了密码', en: 'had its password reset' },
  password_changed: { zh: '修改了密码', en: 'had its password changed' },
};

/** Tells the holder of an account what was done with it, and what to do if it was somebody else. `when` is Shanghai time. */
export function securityNoticeMail({
  portal,
  event,
  when,
  link,
}: {
  portal: { zh: string; en: string };
  event: SecurityEvent;
  when: string;
  /** The page where a password is reset. */
  link: string;
}): MailText {
  const { zh, en } = happened[event];
  return compose(
    `${portal.zh}：您的账号${zh} / Your account ${en}`,
    [
      '您好：',
      `您在${portal.zh}的账号于 ${when} ${zh}，其他设备都已退出。`,
      '是您本人的，不用理会。不是您本人的，请马上到下面的页面重置密码：',
      link,
      `Your account at ${portal.en} ${en} on ${when} (China time), and all other devices were signed out. If it was you, do nothing. If it was not, reset your password at once on the page above.`,
    ],
    link,
  );
}
