import type { VerificationOutcome } from '@shiming/domain';

export const zh = {
  title: '核验身份',
  lead: '下面几项会与公安部门的数据比对，一般几秒钟。请对照身份证看一遍。',
  titles: {
    mismatched: '核验没有通过',
    no_record: '没有查到这个人',
    refused_input: '核验服务没有接受这些内容',
    unavailable: '核验服务没有回应',
  } satisfies Record<Exclude<VerificationOutcome, 'matched'>, string>,
  outcomes: {
    mismatched: '您填的信息与公安部门的数据不一致。',
    no_record: '公安部门的数据里没有您填的姓名和号码。',
    refused_input: '多半是姓名或有效期限里有它读不了的内容，请对照身份证检查。',
    unavailable: '这不是您的问题。请过几分钟再试。',
  } satisfies Record<Exclude<VerificationOutcome, 'matched'>, string>,
  passed: '身份核验已经通过。接下来设置登录密码。',
  kept: '您填的内容都还在。',
  counted: (left: number) => `计 1 次，今天还剩 ${left} 次。`,
  notCounted: (left: number) => `这次不计次，今天还剩 ${left} 次。`,
  usedUp: (perDay: number, resumes: string) =>
    `今天的 ${perDay} 次已经用完，${resumes} 恢复。填的内容给您留着，用这台设备可以接着办。`,
  name: '姓名',
  number: '身份证号码',
  validity: '有效期限',
  document: '身份证件',
  edit: '修改身份证件',
  submit: '开始核验',
  again: '再核验一次',
  activation:
    '激活省级平台转来的账号，要确认是您本人：到登记窗口核对，或者刷脸。两种办法，结果一样。',
  byFace: '刷脸激活',
  compareTitle: '先不要再提交，逐项对照证件',
  compare: [
    '姓名：每个字都与身份证一样，间隔号是“·”，没有多出的符号。',
    '身份证号码：18 位都与身份证一样。',
    '有效期限：开始日期和年限与身份证背面一样。换过证的，按新证填。',
  ],
  renewedTitle: '最近换领或者申领过身份证？',
  renewed:
    '公安部门的数据可能还没有更新。可以等几天再来，也可以开通网证，开通以后再核验一次。网证自愿开通，开通了也不保证马上能核验通过。',
  credential: '网证是什么、怎样开通',
  helpBefore: '还是办不成的，请',
  help: '写信给客服',
  helpAfter: '。',
};
