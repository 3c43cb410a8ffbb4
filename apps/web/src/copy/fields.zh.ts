import type { ApplicantFieldCode } from './failures.ts';

export const zh = {
  'classmate.name': '姓名不对。请填写这位同学的全名；不认识的，请不要协助',
  'code.missing': '请输入验证码',
  'code.format': '验证码是 6 位数字',
  'consent.missing': '同意后才能继续，请勾选',
  'relation.missing': '请选择您是孩子的什么人',
  'agreement.missing': '同意注册协议后才能继续，请勾选',
  'authorisation_purpose.missing': '请选择授权的事项',
  'matter_answer.missing': '请选择同意或者不同意',
  'authorisation_day.missing': '请选择截止日期',
  'authorisation_day.range': '截止日期从今天起，最晚到一年后的今天',
  'authorisation_count.range': '次数请填 2 到 20',
  'dispute_field.missing': '请选择哪一项有误',
  'dispute_value.missing': '请填写正确的内容',
  'ticket_topic.missing': '请选择想咨询什么',
  'ticket_text.missing': '请写明情况，至少 4 个字',
  'review_reason.missing': '请填写申请原因',
  'review_channel.missing': '请选择怎样通知您',
  'text.too_long': '内容太长，请删短一些',
  'input.shape': '这一项没有填对，请重新填写',
} satisfies Record<ApplicantFieldCode, string>;
