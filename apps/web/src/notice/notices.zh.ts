import {
  fieldLabels,
  isAccountField,
  type NoticeFacts,
  type NoticeKind,
  type SuspensionReason,
} from '@shiming/domain';
import { formatDate, formatInstant } from '../copy/format.ts';

const named = (device = '') => (device === '' ? '一台认不出的设备' : device);
const byStaff = (by?: string) => (by === undefined ? '' : '客服办理：');

const suspensions: Record<SuspensionReason, string> = {
  taken_over: '可能有他人在使用',
  holder_asked: '本人要求',
  false_document: '登记的证件有疑问',
  misuse: '使用违反服务协议',
  authority_order: '有关机关依法要求',
};
function corrected({ field = 'name', before, after, verify }: NoticeFacts): string {
  const label = fieldLabels('zh')[isAccountField(field) ? field : 'name'];
  const change = before === undefined ? `已更正${label}` : `${label}从 ${before} 更正为 ${after}`;
  return `客服办理：${change}。${verify === undefined ? '' : '办理业务前请重新核验。'}`;
}

export const zh = {
  title: '通知',
  lead: '账号里发生的重要变化，都会写在这里。',
  empty: '还没有通知。',
  unread: '未读',
  newly: (count: number) => `${count} 条是上次打开以后的。`,
  notMe: '不是我做的',
  seeReview: '查看人工审核',
  seeAuthorisation: '查看授权和事项',
  says: {
    password_reset: () => '密码已重置，所有设备都已退出。',
    password_changed: () => '密码已修改，其他设备都已退出。',
    new_device: ({ device }) => `在一台新设备上登录：${named(device)}。`,
    mobile_changed: ({ before, after, by }) => `${byStaff(by)}手机号码从 ${before} 改为 ${after}。`,
    email_changed: ({ before, after, by }) => `${byStaff(by)}安全邮箱从 ${before} 改为 ${after}。`,
    name_corrected: corrected,
    details_corrected: corrected,
    contact_restored: ({ after }) =>
      `联系方式已恢复为 ${after}，所有设备都已退出，原来的密码不能再用。`,
    wechat_bound: () => '已绑定微信。',
    wechat_unbound: () => '已解除微信绑定。',
    ministry_linked: () => '已关联教育部账号，以后可以用它登录。',
    ministry_unlinked: () => '已解除教育部账号的关联。',
    guardian_required: () =>
      '您未满 14 周岁，还没有监护人同意，核验、办理业务和人工审核都已暂停。请监护人用自己的账号同意，再把同意码填在“我的数据”里。',
    guardian_consent_ended: () =>
      '监护人的同意已结束：监护人撤回了，或者您已满 14 周岁。要继续核验和办理业务，请在“我的数据”里同意。',
    consent_withdrawn: () => '已撤回同意。',
    cancellation_requested: ({ dueAtMs }) =>
      dueAtMs === undefined
        ? '已申请注销账号。'
        : `已申请注销账号，${formatInstant(Number(dueAtMs))} 注销。在这之前可以取消。`,
    number_claimed: ({ date = '' }) =>
      `另一个账号申请使用您的证件号码。号码是您的，请打开“证件号码”提出异议，或者通过实名核验，最晚 ${formatDate(date)}当天。`,
    number_claim_in_review: ({ date = '' }) =>
      `另一个账号申请使用您的证件号码，由客服审核。号码是您的，请打开“证件号码”提出异议，最晚 ${formatDate(date)}当天。`,
    number_claim_returned: () => '证件号码的申请要补充照片，请在“证件号码”查看原因，重新上传。',
    number_claim_disputed: () =>
      '对方账号提出了异议，或者仅凭核验不能决定号码归谁。请在“证件号码”上传本人手持证件的照片，由客服审核。',
    number_claim_refused: () => '证件号码的申请没有通过，请在“证件号码”查看原因。',
    number_moved: () => '证件号码已归您的账号使用。',
    number_claim_undone: () => '证件号码已归还原来的账号。',
    account_suspended: ({ reason = '' }) =>
      `客服停用了账号。原因：${suspensions[reason as SuspensionReason]}。`,
    handed_over: ({ agency }) =>
      `征兵机关（行政区划代码 ${agency}）给出初始密码，用它设置了账号的密码。不是您本人办理的，请修改密码，并联系客服。`,
    account_restored: () => '客服恢复了账号。',
    cancellation_stopped: () => '已取消注销，账号照常使用。',
    review_approved: ({ caseNumber }) => `人工审核通过（编号 ${caseNumber}），可正常办理业务。`,
    review_rejected: ({ caseNumber }) => `人工审核不通过（编号 ${caseNumber}），请查看原因。`,
    review_returned: ({ caseNumber }) =>
      `人工审核需要补充（编号 ${caseNumber}），补充后继续审核，不计次数。`,
    review_expired: ({ caseNumber }) =>
      `人工审核已结束（编号 ${caseNumber}）：要补充的内容没有按时提交。`,
    review_reopened: ({ caseNumber }) =>
      `人工审核重新进行（编号 ${caseNumber}），其间不能修改和核验，有结果会通知您。`,
    authorisation_opened: ({ date = '' }) =>
      `您打开了企业登记注册的授权，到 ${formatDate(date)}为止。不是您本人操作的，请立即关闭并修改密码。`,
    authorisation_used: ({ office = '' }) =>
      `${office}询问了您的授权，我们答复“是”。办完后建议关闭授权，降低身份被冒用的风险。`,
    authorisation_ends: ({ date = '' }) =>
      `企业登记注册的授权到 ${formatDate(date)}为止，之后自动关闭。`,
    matter_asked: ({ office = '', date = '' }) =>
      `${office}请您确认一个登记事项。请最晚在 ${formatDate(date)}到“企业登记注册授权”查看并答复；与您无关的，请选“不同意”。`,
    matter_withdrawn: ({ office = '' }) => `${office}撤回了请您确认的登记事项，不用答复。`,
    matter_agreed: ({ office = '' }) =>
      `您同意了${office}的一个登记事项。不是您本人操作的，请立即修改密码，并联系该机关。`,
    document_ends_soon: ({ date = '' }) =>
      `实名核验所用的证件有效期到 ${formatDate(date)}为止。换领新证后，请在“实名核验”填写新的有效期限。`,
    document_ends: ({ date = '' }) =>
      `实名核验所用的证件有效期到 ${formatDate(date)}为止，以后不能用它办理业务。请在“实名核验”填写新证的有效期限。`,
    dispute_approved: ({ caseNumber }) =>
      `图像校对的异议（编号 ${caseNumber}）：学校已更正，请再校对一次。`,
    dispute_rejected: ({ caseNumber }) =>
      `图像校对的异议（编号 ${caseNumber}）：学校认为信息无误，请看答复。`,
    dispute_expired: ({ caseNumber }) =>
      `图像校对的异议（编号 ${caseNumber}）：您撤回了同意，异议已到期结束。重新同意后可以再提出。`,
    photo_check_reopened: () => '学校重新开放了您的图像校对，请再校对一次。',
    mail_refused: ({ contact }) =>
      `发往 ${contact} 的邮件被对方邮箱拒收。请核对安全邮箱，停用了的请修改。`,
    vouch_asked: ({ name, for: subject }) =>
      `${name} 请您协助${subject === 'number_claim' ? '解决证件号码重复' : '绑定实名信息'}，请到“收件箱”处理。`,
    vouch_given: ({ name, days, for: subject }) =>
      `您确认了同学 ${name} 的身份，协助${subject === 'number_claim' ? '解决证件号码重复' : '绑定了实名信息'}。不是您做的，${days} 天内可以在“收件箱”撤回。`,
    window_passed: () => '登记窗口核对通过，您的实名等级已经提升。',
    window_revoked: ({ reason }) =>
      `登记窗口对您的核对被撤销，只靠这次核对达到的实名等级不再有效，已开启的授权已经关闭。${reason === 'mistaken' || reason === undefined ? '' : '为保护账号，原来的密码已经作废，所有登录已经退出，手机号码须重新验证。请用人脸核验重设密码；办不到的，请写信给客服。'}原因见“实名等级”。`,
    window_refused: () => '登记窗口核对没有通过。原因见“实名等级”。',
    vouch_received: ({ name, for: subject }) =>
      `同学 ${name} 确认了您的身份，${subject === 'number_claim' ? '请在“证件号码”查看进度' : '实名信息已绑定'}。`,
    vouch_declined: ({ for: subject }) =>
      subject === 'number_claim'
        ? '同学没有同意协助解决证件号码重复。可以请别的同学，或上传照片由客服审核。'
        : '同学没有同意协助绑定。可以请别的同学，或改用手机、教育网邮箱绑定。',
    vouch_taken_back: ({ for: subject }) =>
      subject === 'number_claim'
        ? '同学撤回了协助。可以请别的同学，或上传照片由客服审核。'
        : '同学撤回了协助，实名信息不再绑定。请换一种方式绑定。',
    vouch_found_false: () => '协助您绑定的同学作过不实的协助，实名信息不再绑定。请换一种方式绑定。',
    email_disowned: ({ contact }) =>
      `邮箱 ${contact} 的主人说这不是他的账号，邮箱已从账号里删除。请填写您自己的邮箱。`,
    sms_refused: ({ contact }) =>
      `发往 ${contact} 的短信没能送达。请核对手机号码，停用了的请修改。`,
    mail_lost: ({ contact }) =>
      `发往 ${contact} 的一封邮件可能没有送到，我们不会重发。等着其中链接的，请重新获取。`,
    sms_lost: ({ contact }) => `发往 ${contact} 的一条短信可能没有送到，我们不会重发。`,
  } satisfies Record<NoticeKind, (facts: NoticeFacts) => string>,
};
