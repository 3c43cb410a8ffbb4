import type { AccountClosedBy, SuspensionReason } from './account-status.ts';
import type {
  AccountNoticeKind,
  DocumentNoticeKind,
  NoticeFacts,
  NumberClaimNoticeKind,
  ReviewNoticeKind,
} from './notices.ts';
import { accountFields, isAccountField } from './account-fields.ts';
import type { StaffNoticeKind, StaffRole } from './staff.ts';

/** A mail as it is written: both languages, since the person who opens it may have chosen either. */
export type MailText = { subject: string; text: string; html: string };

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** Paragraphs as text and as HTML that loads nothing; `link` stands on a line of its own in both. */
export function compose(subject: string, paragraphs: readonly string[], link?: string): MailText {
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
      `Somebody asked to reset your password at ${portal.en}. If it was you, open the link above and choose a new one. The link works once, within ${hours} hours. If it was not you, do nothing: your password stays as it is.`,
    ],
    link,
  );
}

/** A span in the largest unit that it is whole in (S-REG-05: 「1 天」, and not 「1440 分钟」). */
function spanOf(minutes: number): Sentences {
  const [count, zh, en] =
    minutes % 1440 === 0
      ? [minutes / 1440, '天', 'day']
      : minutes % 60 === 0
        ? [minutes / 60, '小时', 'hour']
        : [minutes, '分钟', 'minute'];
  return { zh: `${count} ${zh}`, en: `${count} ${en}${count === 1 ? '' : 's'}` };
}

/** A code that proves who holds the address (T-PRO-05). */
export function codeMail({
  portal,
  code,
  minutes,
}: {
  portal: { zh: string; en: string };
  code: string;
  minutes: number;
}): MailText {
  const span = spanOf(minutes);
  return compose(`${portal.zh}：验证码 ${code} / Your code ${code}`, [
    '您好：',
    `您在${portal.zh}的验证码是 ${code}，${span.zh}内有效。请勿告诉他人。`,
    '不是您本人操作的，不用理会。',
    `Your code at ${portal.en} is ${code}. It is valid for ${span.en}. Do not share it. If you did not ask for it, do nothing.`,
  ]);
}

/**
 * S-REG-02: the mail that activates an account, by its link or by the code. `link` is the person's own, with its secret in the
 * fragment.
 */
export function activationMail({
  portal,
  link,
  code,
  minutes,
}: {
  portal: { zh: string; en: string };
  link: string;
  code: string;
  minutes: number;
}): MailText {
  const span = spanOf(minutes);
  return compose(
    `${portal.zh}帐号激活邮件 / Activate your account at ${portal.en}`,
    [
      '您好：',
      `有人用这个邮箱在${portal.zh}注册账号。是您本人的，请打开下面的链接激活。链接 ${span.zh}内有效，只能用一次。`,
      link,
      `打不开的，请把链接复制到浏览器的地址栏，或者在注册的页面输入校验码 ${code}。请勿把链接和校验码告诉他人。`,
      '不是您本人注册的，不用理会，账号不会激活。',
      `Somebody is registering with this address at ${portal.en}. If it is you, open the link above to activate the account. The link works once, within ${span.en}. Or enter the code ${code} on the page where you are registering. Share neither with anybody. If it is not you, do nothing: no account is activated.`,
    ],
    link,
  );
}

/** T-REG-13a: the one mail to an address that nobody has proved. `link` proves it, or takes it off the account. */
export function provingMail({
  portal,
  link,
  hours,
}: {
  portal: { zh: string; en: string };
  link: string;
  hours: number;
}): MailText {
  return compose(
    `${portal.zh}：请确认邮箱 / Confirm your address`,
    [
      '您好：',
      `有人在${portal.zh}的账号里填写了这个邮箱。是您本人的，请打开下面的链接确认，以后的通知和重置密码的邮件才会发到这里。链接 ${hours} 小时内有效。`,
      link,
      '不是您的账号，也请打开链接，选“不是我的账号”，这个邮箱就会从账号里删除。不理会也可以：没有确认的邮箱，不会再收到其他邮件。',
      `Somebody entered this address in an account at ${portal.en}. If it is your account, open the link above and confirm the address; notices and password resets come here only after that. The link is valid for ${hours} hours. If it is not your account, open the link too and choose “This is not my account”: the address is then removed from it. You can also ignore this email: an address that is not confirmed gets no others.`,
    ],
    link,
  );
}

/** X-07: somebody asked for the account to be closed. `due` is Shanghai time; `link` cancels that, once, until then. */
export function cancellationMail({
  portal,
  due,
  link,
}: {
  portal: { zh: string; en: string };
  due: string;
  link: string;
}): MailText {
  return compose(
    `${portal.zh}：已申请注销 / Closing of your account`,
    [
      '您好：',
      `您在${portal.zh}的账号已申请注销，将于 ${due} 删除，删除后不能恢复。`,
      '不想注销了，或者不是您本人申请的，请在这之前打开下面的链接取消：',
      link,
      '不是您本人申请的，取消以后请马上修改密码。',
      `Somebody asked for your account at ${portal.en} to be closed. It will be deleted on ${due} (China time) and cannot be restored. If you have changed your mind, or did not ask for this, open the link above before then. If it was not you, change your password as well.`,
    ],
    link,
  );
}

type Sentences = { zh: string; en: string };

/** What a mail's subject says of it. */
const titles: Record<AccountNoticeKind, Sentences> = {
  password_reset: { zh: '密码已重置', en: 'Password reset' },
  password_changed: { zh: '密码已修改', en: 'Password changed' },
  new_device: { zh: '新设备登录', en: 'New device' },
  mobile_changed: { zh: '手机号码已修改', en: 'Mobile number changed' },
  email_changed: { zh: '安全邮箱已修改', en: 'Email address changed' },
  name_corrected: { zh: '姓名已更正', en: 'Name corrected' },
  details_corrected: { zh: '资料已更正', en: 'Details corrected' },
  contact_restored: { zh: '联系方式已恢复', en: 'Contact restored' },
  wechat_bound: { zh: '已绑定微信', en: 'WeChat linked' },
  wechat_unbound: { zh: '已解除微信绑定', en: 'WeChat unlinked' },
  ministry_linked: { zh: '已关联教育部账号', en: 'Ministry account linked' },
  ministry_unlinked: { zh: '已解除教育部账号关联', en: 'Ministry account unlinked' },
  consent_withdrawn: { zh: '已撤回同意', en: 'Consent withdrawn' },
  guardian_consent_ended: { zh: '监护人的同意已结束', en: 'A guardian’s consent has ended' },
  guardian_required: { zh: '需要监护人同意', en: 'A guardian’s consent is needed' },
  vouch_given: { zh: '已协助同学', en: 'You vouched for a classmate' },
  cancellation_requested: { zh: '已申请注销', en: 'Closing of your account requested' },
  cancellation_stopped: { zh: '已取消注销', en: 'Closing of your account cancelled' },
};

/** That it was the help desk, on somebody's request; `undefined`: it was done in the account. */
const byStaff = (by: string | undefined): Sentences =>
  by === undefined ? { zh: '', en: '' } : { zh: '由客服', en: ' by the help desk' };

function corrected({ field = 'name', before, after, verify }: NoticeFacts, account: string) {
  const { zh, en } = accountFields[isAccountField(field) ? field : 'name'].label;
  const isShown = before !== undefined;
  return {
    zh: `由客服${isShown ? `把${zh}从 ${before} 更正为 ${after}` : `更正了${zh}`}${verify === undefined ? '' : '，办理业务前要重新核验'}`,
    en: `the help desk corrected the ${en.toLowerCase()} in ${account}${isShown ? ` from ${before} to ${after}` : ''}${verify === undefined ? '' : ', and you have to be verified again'}`,
  };
}

/** What happened: in Chinese the end of a sentence that begins with the account, in English one that names it. */
const happened: Record<AccountNoticeKind, (facts: NoticeFacts, account: string) => Sentences> = {
  password_reset: (_, account) => ({
    zh: '重置了密码，所有设备都已退出',
    en: `the password of ${account} was reset, and all devices were signed out`,
  }),
  password_changed: (_, account) => ({
    zh: '修改了密码，其他设备都已退出',
    en: `the password of ${account} was changed, and all other devices were signed out`,
  }),
  new_device: ({ device = '' }, account) => ({
    zh: `在新设备上登录${device === '' ? '' : `（${device}）`}`,
    en: `somebody signed in to ${account} on a new device${device === '' ? '' : ` (${device})`}`,
  }),
  mobile_changed: ({ before = '', after = '', by }, account) => ({
    zh: `${byStaff(by).zh}把手机号码从 ${before} 改为 ${after}`,
    en: `the mobile number of ${account} was changed from ${before} to ${after}${byStaff(by).en}`,
  }),
  email_changed: ({ before = '', after = '', by }, account) => ({
    zh: `${byStaff(by).zh}把安全邮箱从 ${before} 改为 ${after}`,
    en: `the email address of ${account} was changed from ${before} to ${after}${byStaff(by).en}`,
  }),
  name_corrected: corrected,
  details_corrected: corrected,
  contact_restored: ({ after = '' }, account) => ({
    zh: `把联系方式恢复为 ${after}，所有设备都已退出，原密码、微信绑定和教育部账号关联都已作废`,
    en: `the contact of ${account} was restored to ${after}; all devices were signed out, and the password and any linked WeChat or Ministry account are void`,
  }),
  wechat_bound: (_, account) => ({
    zh: '绑定了微信',
    en: `a WeChat account was linked to ${account}`,
  }),
  wechat_unbound: (_, account) => ({
    zh: '解除了微信绑定',
    en: `the WeChat account was unlinked from ${account}`,
  }),
  ministry_linked: (_, account) => ({
    zh: '关联了教育部账号，以后可以用它登录',
    en: `an account of the Ministry of Education was linked to ${account}, which can be used to sign in`,
  }),
  ministry_unlinked: (_, account) => ({
    zh: '解除了教育部账号的关联',
    en: `the account of the Ministry of Education was unlinked from ${account}`,
  }),
  consent_withdrawn: (_, account) => ({
    zh: '撤回了同意',
    en: `a consent given in ${account} was withdrawn`,
  }),
  guardian_consent_ended: (_, account) => ({
    zh: '不再有监护人的同意：监护人撤回了或注销了账号，或者本人已满 14 周岁，要由本人同意',
    en: `the guardian’s consent for ${account} ended: the guardian withdrew it or closed their own account, or the holder is now 14 and is asked directly`,
  }),
  guardian_required: (_, account) => ({
    zh: '暂停了核验、办理业务和人工审核：本人未满 14 周岁，还没有监护人同意',
    en: `verification, services and reviews were paused in ${account}: its holder is under 14, and no guardian has consented yet`,
  }),
  cancellation_requested: (_, account) => ({
    zh: '申请了注销',
    en: `somebody asked for ${account} to be closed`,
  }),
  cancellation_stopped: (_, account) => ({
    zh: '取消了注销',
    en: `the closing of ${account} was cancelled`,
  }),
  vouch_given: ({ name = '', days = '', for: subject }, account) => ({
    zh: `协助同学 ${name} ${subject === 'number_claim' ? '解决证件号码重复' : '绑定了实名信息'}，${days} 天内可以在“收件箱”撤回`,
    en: `${account} was used to confirm who the classmate ${name} is; you can take that back in the inbox for ${days} days`,
  }),
};

/**
 * Tells the holder of an account what was done with it, and what to do if it was somebody else. `when` is
 * Shanghai time, `link` the page to go to in that case. With `isFolded` the mail stands for all that was done of the kind
 * within the hour from `when` on.
 */
export function noticeMail({
  portal,
  kind,
  facts,
  when,
  link,
  isFolded = false,
}: {
  portal: Sentences;
  kind: AccountNoticeKind;
  facts: NoticeFacts;
  when: string;
  link: string;
  isFolded?: boolean;
}): MailText {
  const { zh, en } = happened[kind](facts, `your account at ${portal.en}`);
  const more = isFolded
    ? {
        zh: '这以后一小时内可能还有同样的变化，登录后在“通知”里逐条可查。',
        en: ' The same may have happened again within the hour after that; the page “Notices” lists each time.',
      }
    : { zh: '', en: '' };
  return compose(
    `${portal.zh}：${titles[kind].zh} / ${titles[kind].en}`,
    [
      '您好：',
      `您在${portal.zh}的账号于 ${when} ${zh}。${more.zh}`,
      '是您本人的，不用理会。不是您本人的，请马上打开下面的页面处理：',
      link,
      `On ${when} (China time), ${en}.${more.en} If it was you, do nothing. If it was not, open the page above at once.`,
    ],
    link,
  );
}

const outcomes: Record<ReviewNoticeKind, Sentences & { next: Sentences }> = {
  review_approved: {
    zh: '人工审核通过',
    en: 'Review approved',
    next: { zh: '可正常办理业务。', en: 'You can use the services now.' },
  },
  review_rejected: {
    zh: '人工审核不通过',
    en: 'Review not approved',
    next: {
      zh: '请登录查看原因，按原因修改后可以再次提交。',
      en: 'Sign in to read the reasons; you can correct them and submit again.',
    },
  },
  review_returned: {
    zh: '人工审核需要补充',
    en: 'Review needs a correction',
    next: {
      zh: '请登录查看要补充的内容，补充后继续审核，不计次数。',
      en: 'Sign in to see what to send again; the review then goes on, at no cost.',
    },
  },
  review_expired: {
    zh: '人工审核已结束',
    en: 'Review closed',
    next: {
      zh: '要补充的内容没有按时提交，需要时请重新申请。',
      en: 'We did not receive the missing information in time; apply again if you need to.',
    },
  },
  review_reopened: {
    zh: '人工审核重新进行',
    en: 'Review under way again',
    next: {
      zh: '我们要再核对一次，其间不能修改和核验，有结果会通知您。',
      en: 'We are checking it again; until then nothing can be changed or verified. We will tell you the outcome.',
    },
  },
};

/** T-CON-05: what came of a review, and where to read on. The reasons themselves stand only behind the sign-in. */
export function reviewMail({
  portal,
  kind,
  caseNumber,
  link,
}: {
  portal: Sentences;
  kind: ReviewNoticeKind;
  caseNumber: string;
  link: string;
}): MailText {
  const { zh, en, next } = outcomes[kind];
  return compose(
    `${portal.zh}：${zh} / ${en}`,
    [
      '您好：',
      `您在${portal.zh}提交的人工审核（编号 ${caseNumber}）：${zh}。${next.zh}`,
      link,
      `Your manual review at ${portal.en} (number ${caseNumber}): ${en}. ${next.en}`,
    ],
    link,
  );
}

/** What a mail about a ticket says. `link` leads to the ticket; of `prove` it only confirms the address. */
const ticketNews = {
  prove: {
    zh: '请确认邮箱',
    en: 'confirm your address',
    next: {
      zh: '有人在咨询时留下了这个邮箱。是您本人的，请打开下面的链接确认，以后的答复会发到这里。不是您的，不用理会。',
      en: 'Somebody left this address with a question. If it was you, open the link above to confirm it, and the answer will come here. If not, do nothing.',
    },
  },
  answered: {
    zh: '已答复',
    en: 'answered',
    next: { zh: '请打开下面的链接查看答复。', en: 'Open the link above to read the answer.' },
  },
  returned: {
    zh: '请补充情况',
    en: 'a question for you',
    next: {
      zh: '我们需要您补充情况，请在 30 天内打开下面的链接回复。',
      en: 'We need to know more. Open the link above and answer within 30 days.',
    },
  },
} as const;

export function ticketMail({
  portal,
  kind,
  caseNumber,
  link,
}: {
  portal: Sentences;
  kind: keyof typeof ticketNews;
  caseNumber: string;
  link: string;
}): MailText {
  const { zh, en, next } = ticketNews[kind];
  return compose(
    `${portal.zh}：${zh} / ${en}`,
    [
      '您好：',
      `您在${portal.zh}的咨询（编号 ${caseNumber}）：${zh}。${next.zh}`,
      link,
      `Your question at ${portal.en} (number ${caseNumber}): ${en}. ${next.en}`,
    ],
    link,
  );
}

const claims: Record<
  NumberClaimNoticeKind,
  Sentences & { says: (told: { date: string; keptDays: number; byNumber: boolean }) => Sentences }
> = {
  number_claimed: {
    zh: '有人申请使用您的证件号码',
    en: 'Your document number is claimed',
    says: ({ date, keptDays }) => ({
      zh: `另一个账号的本人已通过实名核验，或者由同学证明了身份，申请使用您账号登记的证件号码。号码是您的，请登录后打开“证件号码”提出异议，或者通过实名核验，最晚 ${date} 当天；由客服审核后才会变动。过后没有异议，您的账号会关闭，${keptDays} 天内可以恢复。`,
      en: `The holder of another account has been verified, or confirmed by a classmate, and claims the document number of yours. If the number is yours, sign in and object on the page “Document number”, or be verified, on or before ${date}: then reviewers decide first. Otherwise your account is closed, and can be restored for ${keptDays} days.`,
    }),
  },
  number_claim_in_review: {
    zh: '有人申请使用您的证件号码',
    en: 'Your document number is claimed',
    says: ({ date, keptDays }) => ({
      zh: `另一个账号提交了本人手持证件的照片，申请使用您账号登记的证件号码，由客服审核。号码是您的，请登录后打开“证件号码”提出异议，最晚 ${date} 当天。审核通过后，您的账号会关闭，${keptDays} 天内可以恢复。`,
      en: `Another account has sent a photo of its holder with the document and claims the document number of yours; reviewers decide. If the number is yours, sign in and object on the page “Document number” on or before ${date}. If they approve, your account is closed, and can be restored for ${keptDays} days.`,
    }),
  },
  number_claim_returned: {
    zh: '证件号码的申请要补充照片',
    en: 'Your claim needs another photo',
    says: () => ({
      zh: '请登录后在“证件号码”查看原因，重新上传照片，30 天内有效。',
      en: 'Sign in, read why on the page “Document number”, and add another photo within 30 days.',
    }),
  },
  number_claim_disputed: {
    zh: '证件号码要由客服审核',
    en: 'The document number goes to review',
    says: () => ({
      zh: '对方账号提出了异议，或者仅凭核验不能决定号码归谁。请登录后在“证件号码”上传本人手持证件的照片，由客服审核。',
      en: 'The other account has objected, or checks alone do not decide whose number it is. Sign in and add a photo of yourself with the document on the page “Document number”; reviewers decide.',
    }),
  },
  number_claim_refused: {
    zh: '证件号码的申请没有通过',
    en: 'The claim on the document number was not approved',
    says: () => ({
      zh: '请登录后在“证件号码”查看原因。有异议，可以提交咨询。',
      en: 'Sign in to read why on the page “Document number”. If you disagree, write to us.',
    }),
  },
  number_moved: {
    zh: '证件号码已归您的账号使用',
    en: 'The document number is yours',
    says: ({ byNumber }) =>
      byNumber
        ? {
            zh: '以后用证件号码登录，可以照常办理业务。',
            en: 'Sign in with it from now on; the services are open to you as to everybody.',
          }
        : {
            zh: '请登录继续绑定实名信息，然后可以照常办理业务。',
            en: 'Sign in to bind your real-name information; then the services are open to you as to everybody.',
          },
  },
  number_claim_undone: {
    zh: '证件号码已归还原来的账号',
    en: 'The document number was given back',
    says: ({ byNumber }) => ({
      zh: `经两位工作人员复核，证件号码归还原来的账号。请${byNumber ? '用申请编号' : ''}登录查看。有异议，可以提交咨询。`,
      en: `Two members of the staff have given the number back to the account that had it. Sign in${byNumber ? ' with the number of your claim' : ''} to see where it stands. If you disagree, write to us.`,
    }),
  },
};

/** Tells one side of a claim on a document number how it stands. `date` is the last day to object. */
export function numberClaimMail({
  portal,
  kind,
  link,
  ...told
}: {
  portal: Sentences;
  kind: NumberClaimNoticeKind;
  date: string;
  /** For how many days the account can be restored after that. */
  keptDays: number;
  /** Whether people sign in with a document number there. */
  byNumber: boolean;
  link: string;
}): MailText {
  const { zh, en, says } = claims[kind];
  const said = says(told);
  return compose(
    `${portal.zh}：${zh} / ${en}`,
    [
      '您好：',
      `您在${portal.zh}的账号：${zh}。${said.zh}`,
      link,
      `Your account at ${portal.en}: ${en}. ${said.en}`,
    ],
    link,
  );
}

const suspensions: Record<SuspensionReason, Sentences> = {
  taken_over: { zh: '可能有他人在使用', en: 'somebody else may be using it' },
  holder_asked: { zh: '本人要求', en: 'its holder asked for it' },
  false_document: { zh: '登记的证件有疑问', en: 'there is a doubt about its document' },
  misuse: { zh: '使用违反服务协议', en: 'its use is against the agreement' },
  authority_order: { zh: '有关机关依法要求', en: 'an authority ordered it under the law' },
};

/** Tells the holder that the help desk has suspended the account (and why), or restored it. */
export function accountStatusMail({
  portal,
  reason,
  link,
}: {
  portal: Sentences;
  reason: SuspensionReason | null;
  link: string;
}): MailText {
  const [zh, en] =
    reason === null ? (['已恢复使用', 'restored'] as const) : (['已停用', 'suspended'] as const);
  const why =
    reason === null
      ? {
          zh: '可以照常登录。不是您要求恢复的',
          en: 'You can sign in to it again. If you did not ask for that',
        }
      : {
          zh: `原因：${suspensions[reason].zh}。停用期间不能登录，资料都保留。有异议，或者要恢复使用`,
          en: `The reason: ${suspensions[reason].en}. Nobody can sign in to it for now, and nothing is lost. If you disagree, or want it restored`,
        };
  return compose(
    `${portal.zh}：账号${zh} / Account ${en}`,
    [
      '您好：',
      `您在${portal.zh}的账号${zh}。${why.zh}，请打开下面的链接提交咨询：`,
      link,
      `Your account at ${portal.en} has been ${en}. ${why.en}, open the link above and write to us.`,
    ],
    link,
  );
}

const numberFreed: Record<AccountClosedBy, Sentences> = {
  owner: {
    zh: '证件号码的持有人证明了号码属于本人。有异议，请打开下面的链接提交咨询。',
    en: 'the holder of its document number has shown that the number is theirs. If you disagree, open the link above and write to us.',
  },
  holder: {
    zh: '有人登录后申请立即关闭，说明证件号码填错了或者不是本人的。号码可以重新注册，账号里的内容过后删除。不是您本人申请的，请打开下面的链接提交咨询。',
    en: 'somebody who was signed in asked for that, because the document number was wrong or not theirs. The number can be registered again, and what is in the account is deleted later. If it was not you, open the link above and write to us.',
  },
  claim: {
    zh: '另一个账号的本人申请使用这个证件号码，经核实归对方使用。有异议，请尽快打开下面的链接提交咨询，过了期限就不能恢复。',
    en: 'the holder of another account claimed its document number, and it was found to be theirs. If you disagree, open the link above and write to us soon; it can be restored only for a time.',
  },
  registration: {
    zh: '证件号码重新注册了账号。您的账号注册较早，没有在新系统启用过，不能重置密码，号码可以重新注册。不是您本人注册的，请打开下面的链接提交咨询。',
    en: 'its document number has been registered again. Your account was never used in the new system and is too old for a password reset, so its number could be registered. If it was not you, open the link above and write to us.',
  },
};

/** T-REG-16a: tells the holder of an account that its number has been freed, on whose word (`by`). */
export const numberFreedMail = ({
  portal,
  by,
  link,
}: {
  portal: Sentences;
  by: AccountClosedBy;
  link: string;
}): MailText =>
  compose(
    `${portal.zh}：账号已关闭 / Account closed`,
    [
      '您好：',
      `您在${portal.zh}注册的账号已关闭：${numberFreed[by].zh}`,
      link,
      `The account that you registered at ${portal.en} has been closed: ${numberFreed[by].en}`,
    ],
    link,
  );

const documentTitles: Record<DocumentNoticeKind, Sentences> = {
  document_ends_soon: { zh: '证件快到期了', en: 'Your document expires soon' },
  document_ends: { zh: '证件到期了', en: 'Your document has expired' },
};

/** Tells a person that the document by which they were verified runs out. `date` is its last day. */
export function documentMail({
  portal,
  kind,
  date,
  link,
}: {
  portal: Sentences;
  kind: DocumentNoticeKind;
  date: string;
  link: string;
}): MailText {
  const { zh, en } = documentTitles[kind];
  return compose(
    `${portal.zh}：${zh} / ${en}`,
    [
      '您好：',
      `您在${portal.zh}实名核验所用的证件，有效期到 ${date}为止，以后不能用它办理业务。换领新证后，请登录，在“实名核验”填写新的有效期限：`,
      link,
      `The document by which you were verified at ${portal.en} is valid until ${date}; after that day it opens no services. Once you have a new one, sign in and enter its dates on the verification page.`,
    ],
    link,
  );
}

const roleNames: Record<StaffRole, Sentences> = {
  reviewer: { zh: '审核员', en: 'reviewer' },
  senior: { zh: '高级审核员', en: 'senior reviewer' },
  administrator: { zh: '管理员', en: 'administrator' },
  auditor: { zh: '审计员', en: 'auditor' },
  school: { zh: '学校工作人员', en: 'school staff' },
  clerk: { zh: '登记窗口工作人员', en: 'clerk at a registration window' },
  agency: { zh: '征兵机关工作人员', en: 'agency staff' },
};

/** T-CON-01: the link by which a new member of staff sets up the sign-in, or one who lost it sets it up again. */
export function staffLinkMail({
  portal,
  kind,
  loginName,
  role,
  link,
  hours,
}: {
  portal: Sentences;
  kind: 'invitation' | 'recovery';
  loginName: string;
  role: StaffRole;
  link: string;
  hours: number;
}): MailText {
  const { zh, en } = roleNames[role];
  const isNew = kind === 'invitation';
  return compose(
    isNew
      ? `${portal.zh}：工作台邀请 / Invitation to the console`
      : `${portal.zh}：重新设置工作台登录方式 / Set up your sign-in again`,
    [
      '您好：',
      isNew
        ? `管理员邀请您加入${portal.zh}工作台，角色是${zh}，登录名是 ${loginName}。请打开下面的链接设置登录方式，链接 ${hours} 小时内有效，只能用一次。`
        : `管理员为您（登录名 ${loginName}）恢复${portal.zh}工作台的登录。请打开下面的链接重新设置登录方式，设置后原来的登录方式作废，所有设备都会退出。链接 ${hours} 小时内有效，只能用一次。`,
      link,
      '请勿转发。不知道这件事的，不要打开链接，请告诉管理员。',
      isNew
        ? `An administrator invites you to the console of ${portal.en} as ${en}; your login name is ${loginName}. Open the link above to set up how you sign in. The link works once, within ${hours} hours. Do not forward it. If you did not expect it, do not open it, and tell the administrator.`
        : `An administrator restores your sign-in (${loginName}) to the console of ${portal.en}. Open the link above to set it up again; the old ways to sign in then no longer work, and all devices are signed out. The link works once, within ${hours} hours. Do not forward it. If you did not expect it, do not open it, and tell the administrator.`,
    ],
    link,
  );
}

const staffHappened: Record<StaffNoticeKind, Sentences> = {
  invited: { zh: '由管理员新建，邀请已发出', en: 'was created by an administrator, and invited' },
  accepted: {
    zh: '设置了登录方式，原来的都已作废',
    en: 'had its sign-in set up; earlier ways to sign in are void',
  },
  passkey_added: { zh: '添加了通行密钥', en: 'had a passkey added' },
  passkey_removed: { zh: '删除了通行密钥', en: 'had a passkey removed' },
  password_changed: {
    zh: '更改了密码，其他设备都已退出',
    en: 'had its password changed, and other devices were signed out',
  },
  totp_changed: {
    zh: '更换了验证器，其他设备都已退出',
    en: 'had its authenticator replaced, and other devices were signed out',
  },
  role_changed: {
    zh: '变更了角色，所有设备都已退出',
    en: 'had its role changed, and all devices were signed out',
  },
  email_changed: {
    zh: '由管理员更改了工作邮箱，以后的邮件发到新地址；72 小时内，恢复登录的链接只能由另一位管理员发出',
    en: 'had its work address changed by an administrator; emails go to the new one from now on, and for 72 hours only another administrator can send a link to restore the sign-in',
  },
  number_changed: {
    zh: '由管理员登记或更改了本人证件号码',
    en: 'had its holder’s document number recorded or changed by an administrator',
  },
  disabled: { zh: '已停用', en: 'was disabled' },
  enabled: { zh: '已恢复使用', en: 'was enabled again' },
  recovered_by_command: {
    zh: '由运维命令恢复登录：所有设备都已退出，原来的登录方式都已作废',
    en: 'had its sign-in reset by the operator’s command; all devices were signed out, and earlier ways to sign in are void',
  },
};

/** Tells what was done with the account of a member of staff, to them or to the members who watch. `when` is Shanghai time. */
export function staffNoticeMail({
  portal,
  kind,
  loginName,
  when,
}: {
  portal: Sentences;
  kind: StaffNoticeKind;
  loginName: string;
  when: string;
}): MailText {
  const { zh, en } = staffHappened[kind];
  return compose(`${portal.zh}：工作台账号变动 / Console account changed`, [
    '您好：',
    `${portal.zh}工作台的账号（登录名 ${loginName}）于 ${when} ${zh}。`,
    '不知道这件事的，请马上告诉管理员。',
    `The account ${loginName} at the console of ${portal.en} ${en} on ${when} (China time). If you did not expect this, tell an administrator at once.`,
  ]);
}
