import type { StaffFieldCode } from '../copy/failures.ts';

export const zh = {
  'decision_reasons.missing': '请选至少一条原因',
  'decision_reasons.not_returnable': '退回修改只能针对照片、姓名、有效期，请改选原因或选择不通过',
  'school_code.missing': '请填写学校代码',
  'school_code.format': '学校代码是 5 位数字',
  'login_name.missing': '请填写登录名',
  'login_name.format': '登录名是 3 至 32 位字母、数字或 . _ -，以字母或数字开头',
  'login_name.taken': '这个登录名已有人用，请换一个',
  'staff_email.taken': '已有工作人员使用这个邮箱。一个人只能有一个在用的账号',
  'staff_number.taken': '这个证件号码的工作人员已有账号。一个人只能有一个在用的账号',
  'totp_code.missing': '请输入动态码',
  'totp_code.wrong': '动态码不对，请用验证器里最新的 6 位数字；一直不对的，请校准手机时间',
  'help_desk_note.missing': '请写明原因，至少 4 个字',
  'help_desk_note.personal': '原因里不要写姓名、号码、邮箱，只写事由',
  'suspension_reason.missing': '请选择停用的原因',
  'evidence.missing': '请写明核对了什么证明，至少 4 个字',
  'correction.unchanged': '更正后与现在的一样',
  'date_range.format': '请选择起止日期',
  'date_range.order': '开始日期不能晚于结束日期',
  'date_range.too_long': '一次最多看 92 天，请缩短日期',
} satisfies Record<StaffFieldCode, string>;
