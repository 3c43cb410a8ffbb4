import { compose, type MailText } from '../mail.ts';

type Sentences = { zh: string; en: string };

/** What the contact person of an organisation reads by mail, and the link that such a mail has. */
const news = {
  letter_approved: {
    title: { zh: '单位申请函已同意', en: 'A letter was approved' },
    says: () => ({
      zh: '一份找回账号的单位申请函已同意。7 天内可以用它设置新的密码，联系人以申请函为准。',
      en: 'A letter to get back into the account was approved. Within 7 days it can be used to set another password, and the contact person is the one in the letter.',
    }),
  },
  password_set: {
    title: { zh: '单位密码已设置', en: 'Password set' },
    says: () => ({
      zh: '单位设置了新的密码，原来的登录都已退出。',
      en: 'The organisation set a password, and all sign-ins were ended.',
    }),
  },
  contact_changed: {
    title: { zh: '单位联系人已更换', en: 'Contact person changed' },
    says: () => ({
      zh: '单位登录以后更换了联系人，这个邮箱不再收到单位的通知。',
      en: 'The organisation signed in and changed its contact person. This address gets no further notices of it.',
    }),
  },
  closing_requested: {
    title: { zh: '单位账号已申请注销', en: 'Closing of the account' },
    says: (due: string) => ({
      zh: `单位登录以后申请注销账号，将于 ${due} 删除，删除后不能恢复。不想注销，或者不是本单位申请的，请在这之前打开下面的链接取消：`,
      en: `The organisation signed in and asked for its account to be closed. It will be deleted on ${due} (China time) and cannot be restored. To keep it, or if it was not you, open the link above before then.`,
    }),
  },
  closing_stopped: {
    title: { zh: '单位账号已取消注销', en: 'Closing cancelled' },
    says: () => ({
      zh: '单位账号的注销已取消，照常使用。',
      en: 'The account of the organisation is no longer to be closed.',
    }),
  },
} as const satisfies Record<string, { title: Sentences; says(this: void, due: string): Sentences }>;

export type OrganisationNews = keyof typeof news;

export function organisationMail({
  portal,
  organisation,
  kind,
  due = '',
  link,
}: {
  portal: Sentences;
  /** The name of the organisation. */
  organisation: string;
  kind: OrganisationNews;
  due?: string;
  link: string;
}): MailText {
  const { title, says } = news[kind];
  const { zh, en } = says(due);
  const isOther =
    kind === 'closing_requested' || kind === 'closing_stopped'
      ? { zh: '', en: '' }
      : {
          zh: '不是本单位办理的，请马上提交加盖公章的申请函找回：',
          en: ' If it was not your organisation, send a letter with its seal at once, by the link above.',
        };
  return compose(
    `${portal.zh}：${title.zh} / ${title.en}`,
    [
      `${organisation}：`,
      `您在${portal.zh}的单位账号有变动。${zh}${isOther.zh}`,
      link,
      `About the account of your organisation at ${portal.en}: ${en}${isOther.en}`,
    ],
    link,
  );
}
