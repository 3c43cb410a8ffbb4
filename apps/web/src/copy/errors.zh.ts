import type { LinkPurpose, StepId, VouchObstacle } from '@shiming/domain';
import { serverNow } from '../clock.ts';
import { formatDay, formatInstant } from './format.ts';
import { formatDuration } from './spans.ts';
import type { FailureTable } from './failures.ts';

const steps: Record<StepId, string> = {
  document: '身份证件',
  password: '密码',
  contact: '联系方式',
  code: '验证码',
  verify: '核验身份',
  check: '核对',
  identify: '身份信息',
  user_name: '用户名',
  proof: '验证',
};

/** From when on: a short wait as its length, a longer one as the minute in which it is over. */
const later = (atMs: number): string => {
  const leftMs = atMs - serverNow();
  return leftMs < 90_000
    ? `等 ${formatDuration(leftMs)}`
    : `在 ${formatInstant(atMs + 59_999)} 以后`;
};

/** What a link that was used has done already. */
const usedLinks: Record<LinkPurpose, string> = {
  'recovery.link': '这个链接已经用过，密码已重置过一次。请直接登录，或重新申请',
  'contact.undo': '联系方式已经改回去了。还没有重置密码的，请现在重置',
  'organisation.stop': '这个链接已经用过，或者已经在别处取消，单位账号没有被注销',
  'cancellation.stop': '这个链接已经用过，或者已经在别处取消，账号没有被注销',
  'email.proof': '这个链接已经用过，邮箱已确认，请不要重复操作',
  'registration.link': '该邮箱已激活，请不要重复操作',
  'ticket.email': '这个链接已经用过，邮箱已确认',
  'staff.link': '这个链接已经用过，登录方式已设置。请直接登录',
};

/** Why somebody may not help a classmate. */
const notEntitled: Record<VouchObstacle, (days: number) => string> = {
  child: () => '未满 14 周岁的，不能协助同学，也不能请同学协助',
  same_person: () => '您和对方登记了同一个证件号码，不能互相协助',
  mobile: (days) => `您的手机号码验证还不满 ${days} 天，暂时不能协助同学`,
  record: () => '请先在“学信档案”查询您的学籍，才能协助同学',
  not_classmate: () => '按学籍信息，你们不是同校同班或同年入学的同学，不能协助',
  helped_lately: (days) => `最近 ${days} 天里有同学协助过您，您暂时不能协助别人`,
  helped_by_asker: () => '对方协助过您，您不能再协助对方',
  barred: () => '您协助过的绑定被查明不实，不能再协助同学',
};

export const zh = {
  'internal.unexpected': ({ requestId }) =>
    `我们的系统出了问题，您填的内容没有丢，请稍后再试。需要咨询时，请提供编号 ${requestId}`,
  'service.unavailable': '服务暂时不能用，您填的内容没有丢，请过几分钟再试',
  'request.not_found': '没有找到要的内容，请返回后重新打开',
  'request.origin_refused': '请从本网站的页面操作；如果是从别处点进来的，请刷新后再试',
  'request.too_large': '内容太大，没有发送，请删减后再试',
  'request.too_many': ({ retryAtMs }) => `操作太频繁，请${later(retryAtMs)}再试`,
  'request.stale': '内容已在别处改过，请刷新页面查看最新的内容',
  'page.superseded':
    '这个浏览器的另一个页面换了人，或改了内容，所以这一页没有提交。您在这里填的都还在；要看现在的内容，请刷新页面',
  'page.outdated':
    '本站更新过，这一页是更新以前打开的，所以没有提交。重新打开以后，您填的还在，密码和验证码除外；请看一遍，再提交',
  'input.invalid': '有内容需要改，请看标出的地方',
  'session.required': '登录已结束，请重新登录',
  'proof.required': '请先证明是您本人',
  'puzzle.expired': '拼图已过期，请拼新的一张',
  'puzzle.wrong': '没有拼准，请再拼一次',
  'puzzle.ticket_refused': '拼图验证已过期，请再拼一次',
  'puzzle.work_required':
    '近来有陌生设备多次尝试这个号码。请先让这台设备做一次安全计算，通常不到一分钟，算完再提交一次',
  'code.too_soon': ({ retryAtMs }) =>
    `刚发过一次，请等 ${formatDuration(retryAtMs - serverNow())}再获取`,
  'code.day_limit': ({ limit, resumesAtMs }) =>
    `今天已发过 ${limit} 次，请在 ${formatInstant(resumesAtMs)} 以后再获取`,
  'code.wrong': ({ triesLeft }) => `验证码不对，还可以试 ${triesLeft} 次`,
  'code.expired': '验证码已过期，请重新获取',
  'code.tries_used_up': '这个验证码已试过太多次，请重新获取',
  'registration.not_started': '没有找到这次注册，请从第一步开始',
  'registration.out_of_order': ({ step }) => `请先完成“${steps[step]}”这一步`,
  'registration.contact_taken': '这个邮箱或者手机号码已经注册，可直接登录',
  'registration.to_be_activated': '省用户需要在国家平台激活：请刷脸或者到登记窗口，确认是您本人',
  'registration.number_taken': '这个证件号码已经注册过，请直接登录，忘记密码可以重置',
  'login.strangers_locked': ({ retryAtMs }) =>
    `这个账号从没有登录过的设备上试错太多。请用登录过的设备登录，或先重置密码再在这里登录，也可以${later(retryAtMs)}再试`,
  'window.not_needed': '您已经是最高的等级，不用到窗口核对',
  'face.not_offered': '现在不能用人脸比对，请用别的办法',
  'face.challenge_over': '这次拍照的时间已过，请重新开始',
  'face.frame_repeated': '有照片用过了，请重新拍摄',
  'face.day_limit': ({ limit, resumesAtMs }) =>
    `今天的 ${limit} 次人脸比对已用完，${formatInstant(resumesAtMs)} 以后可以再试；登记窗口也能办理`,
  'window.ticket_over': '这个凭条用过、过期或者换过了，请本人重新取一张',
  'window.second_person': '您自己通过的，要由另一位工作人员撤销',
  'window.own_ticket': '这是您本人的凭条，请别的窗口工作人员办理',
  'vouch.needs_record':
    '没有查到您的学籍，无法确认同学。可以先在“学信档案”查询学籍，或者换一种方式',
  'vouch.waiting': '已有一个请求在等同学处理。想换人，请先撤回',
  'vouch.over': '这个请求已经撤回、处理过，或者过期了',
  'vouch.not_entitled': ({ why, days }) => notEntitled[why](days),
  'login.refused': ({ triesLeft }) =>
    triesLeft === 0
      ? '登录名或密码不对。试错的次数太多，要过一会儿才能再试，忘记密码可以重置'
      : `登录名或密码不对，请检查后再试，还可以试 ${triesLeft} 次`,
  'login.locked': ({ retryAtMs }) => `试错的次数太多，请${later(retryAtMs)}再试，忘记密码可以重置`,
  'recovery.no_match': '证件类型、证件号码、姓名有一项不对，不能重置。请对照证件检查',
  'recovery.registered_too_early': ({ registeredSinceMs }) =>
    `您的账号是 ${formatDay(registeredSinceMs)}以前注册的，不能重置密码，请重新注册`,
  'wechat.unavailable': '微信暂时连不上，请过几分钟再试，或换一种方式',
  'ministry.unavailable': '教育部账号登录暂时无法使用，请稍后再试，或用其他方式登录',
  'ministry.denied': '没有在教育部账号那里完成登录',
  'ministry.refused': '这次教育部账号登录已失效，请重新登录',
  'ministry.linked_elsewhere':
    '这个教育部账号已关联一个账号；要改为关联这里，请先登录那个账号解除关联',
  'ministry.name_differs': '教育部账号的姓名和这里的实名信息不同，不能关联',
  'ministry.not_linked': '这个账号没有关联教育部账号',
  'wechat.not_bound': '这个账号没有绑定微信，请换一种方式',
  'wechat.bound_elsewhere': '这个微信已绑定另一个账号，请先在那个账号解除绑定，或换一个微信',
  'recovery.not_started': '这次重置已经过期，请从第一步开始',
  'link.used': ({ for: purpose }) => usedLinks[purpose],
  'photo.link_over': '这个二维码已经用过，或者过期了。请在电脑上再按一次“用手机拍”，扫新的二维码',
  'link.expired': '这个链接已经过期，或已有更新的链接。请用最新的链接，或重新申请',
  'recovery.day_limit': ({ limit, resumesAtMs }) =>
    `这个证件号码今天已试过 ${limit} 次，${formatInstant(resumesAtMs)} 以后再试`,
  'profile.incomplete': '请先完善个人信息',
  'binding.required': '请先完成实名信息绑定',
  'profile.fixed_after_verification': '实名核验后这一项不能再改',
  'verification.day_limit': ({ limit, resumesAtMs }) =>
    `今天的 ${limit} 次核验已用完，${formatInstant(resumesAtMs)} 恢复`,
  'verification.in_progress': '上一次核验还没有结果，请稍等',
  'photo_check.closed': ({ opensOn, closesOn }) =>
    `校对从 ${opensOn} 到 ${closesOn}，现在不在这个时间里`,
  'photo_check.answered': '已经答复过，学校重新开放以前不能再改',
  'record.day_limit': ({ limit, resumesAtMs }) =>
    `今天已经查询了 ${limit} 次，${formatInstant(resumesAtMs)} 以后可以再查`,
  'record.in_progress': '上一次查询还没有结果，请稍等',
  'verification.no_authority': '这种证件不能在线核验，要人工审核；这次不计次',
  'verification.permit_taken':
    '这个通行证号码已经核验了另一个账号，一个通行证只能核验一个账号；没有提交，不计次',
  'service.not_verified': '您还未进行实名核验，需进入“个人信息中心”完成实名核验，再办理业务！',
  'organisation.session_required': '登录已结束，请重新登录单位用户',
  'organisation.letter_required': '请附上加盖公章的申请函照片',
  'photo.refused': '这张照片不能用，请按提示换一张；不计次数',
  'review.open': '您已提交人工审核，请耐心等待，其间不能修改和核验',
  'review.not_offered': '现在不用人工审核，请先进行实名核验',
  'review.incomplete': '还有没做完的项目，请补齐后再提交',
  'review.period_limit': ({ limit, resumesAtMs }) =>
    `这个周期的 ${limit} 次人工审核已用完，${formatDay(resumesAtMs)}起可以再申请`,
  'review.opened': '审核已经开始，不能撤回，请等待结果',
  'consent.required': '请先在“我的数据”里同意',
  'guardian.required':
    '本人未满 14 周岁，要先由父母或其他监护人同意。请监护人在自己的“个人信息中心”里作出同意，把同意码填在这里；现在没有保存任何内容',
  'guardian.code_refused': '同意码不对，或者已经用过、过期、撤回了。请监护人核对，或重新取一个',
  'guardian.not_entitled': '只有年满 18 周岁、通过实名核验的人，可以为孩子同意',
  'authorisation.open': '已经有一项授权，请先关闭',
  'matter.over': '这个事项已经答复过、到期或者被登记机关撤回，请刷新页面',
  'office.replayed': '这个请求已经用过',
  'authorisation.under_age': ({ fromAge }) => `年满 ${fromAge} 周岁才能授权`,
  'account.closing': '账号正在注销，请先取消注销',
  'account.was_verified': '这个账号核验过身份，不能立即关闭，请申请注销',
  'number_claim.pending': '证件号码已经被注册，客服审核通过后才能被再次注册',
  'number_claim.objection_open': ({ untilMs }) =>
    `对方可以在 ${formatInstant(untilMs)} 以前提出异议，现在还不能通过`,
  'number_claim.none': '没有可以提出异议的申请，可能已经办完或已提出过，请刷新页面',
  'account.number_taken': '这个账号的证件号码或微信已用于另一个账号，不能恢复',
  'account.suspended':
    '这个账号已停用，不能登录，也不能办理业务。想知道原因或恢复使用，请联系客服，方式见“帮助”页',
  'account.closed': ({ restorableUntilMs }) =>
    restorableUntilMs === null
      ? '这个账号已关闭。如果不是您要求的，请联系客服，方式见“帮助”页'
      : `这个账号已关闭，${formatInstant(restorableUntilMs)} 以前可以恢复，请联系客服，方式见“帮助”页`,
  'contact.bound_elsewhere': ({ kind, maskedHolder }) =>
    kind === 'mobile'
      ? `手机号码已被用户 ${maskedHolder} 绑定手机时使用。是您的账号，请用它登录；不是的，请换一个号码`
      : `电子邮件已被用户 ${maskedHolder} 绑定邮箱时使用。是您的账号，请用它登录；不是的，请换一个邮箱`,
  'contact.not_proved': '这个号码还没有验证过，不能用来取验证码，请换一种方式',
  'identity.required': '请先填写证件类型、证件号码和姓名',
  'desk.not_holder': '这一件不在您手上，或持有时间已过，请重新领取',
  'desk.held': ({ byName, untilMs }) =>
    `${byName}正在审核这一件，${formatInstant(untilMs)} 以后没有动作才会放开`,
  'desk.own_case': '这是您本人的申请，不能办理',
  'desk.same_person': '您已对这一件做过决定，要由另一位审核员办理',
  'desk.closed': '这一件已经做过决定或已结束，请看下一件',
  'desk.look_required': '通过以前，请先显示号码和三张照片，逐项核对',
  'desk.too_many': ({ limit }) => `您手上已有 ${limit} 件，请先办完或放回队列`,
  'desk.not_stuck': '这一件还有人可以办理，不用指定',
  'desk.cannot_assign':
    '不能交给这一位或这所学校：已决定过这一件、是本人的申请、已停用，或没有人可以办理',
  'desk.consent_withdrawn':
    '申请人撤回了同意，这一件已暂停：重新同意以后才能查看和决定，申请人也可以撤回申请',
  'help_desk.own_account': '这是您本人的账号，不能办理，请同事办理',
  'help_desk.same_person': '更正要由另一位高级审核员复核，不能复核自己登记的',
  'help_desk.change_waiting': '这一项已有更正在等复核，请先等它办完',
  'help_desk.change_closed': '这项更正已经办完或已过期，请刷新列表',
  'staff.session_required': '登录已结束，请重新登录工作台',
  'staff.forbidden': '您的角色不能办理这一项',
  'staff.proof_required': '请先再次证明是您本人',
  'staff.sign_in_refused': '登录名、密码、动态码或通行密钥不对，请检查后再试',
  'staff.passkey_refused': '通行密钥没有通过，请重新操作一次',
  'staff.own_account': '不能办理自己的账号，请另一位管理员办理',
  'staff.number_required': '系统里还没有您本人的证件号码，暂时不能办理。请管理员在“人员”页面补上',
  'service.same_person': '登记和更改要由另一位管理员确认，不能确认自己提出的',
  'staff.same_person': '这个人已有另一个在用的账号。一个人只能有一个在用的账号',
  'staff.address_changed': ({ changedAtMs, fromMs, others }) =>
    `工作邮箱在 ${formatInstant(changedAtMs)} 改过，改邮箱和发链接不能是同一个人。${others.length === 0 ? '现在没有可以发的其他管理员，请' : `请${others.join('、')}发，或`}在 ${formatInstant(fromMs + 59_999)} 以后再发`,
  'staff.last_factor': '这是您最后一种登录方式，不能删除。请先添加另一个通行密钥',
} satisfies FailureTable;
