import type { Session } from '../session/session.tsx';

type State = NonNullable<Session['identityCheck']>;

/** Where the check of the real-name information stands, and what can be done about information that is fixed. */
export const zh = {
  checks: {
    due: {
      text: '填写的实名信息还没有与公安部门的数据核对，一般 1 分钟。',
      action: '现在核验',
    },
    correctable: {
      text: '填写的实名信息没有核验通过。姓名或者证件号码填错了，现在可以改正。',
      action: '改正实名信息',
    },
    mismatched: {
      text: '填写的实名信息没有核验通过。',
      action: '看原因和办法',
    },
  } satisfies Record<State, { text: string; action: string }>,
  profile: (fields: readonly string[]) => `还没有填写${fields.join('、')}。`,
  profileAction: '补全个人信息',
  title: '实名信息有误怎么办',
  fixed: '姓名和证件号码确定以后不能自己修改。',
  number: '证件号码被别的账号登记了：',
  numberAction: '查看证件号码的申请',
  school: '学校登记的姓名或者证件号码有误：请先请学校更正，再重新查询。',
  schoolAction: (page: string) => `打开${page}`,
  desk: '其他情况：',
  deskAction: '写信给客服',
};
