import type { GuardianEnding, GuardianRelation } from '@shiming/domain';

export const zh = {
  title: '为未满 14 周岁的孩子同意',
  lead: '未满 14 周岁的孩子注册，要由父母或其他监护人先同意。',
  notEntitled: '只有年满 18 周岁、已通过实名核验的人，可以为孩子同意。',
  toVerification: '去实名核验',
  without: '不能在线办理的：',
  contact: '写信给客服',
  usedUp: (limit: number) => `一年里最多可以同意 ${limit} 次，已经用完。需要帮助，请联系我们。`,

  notice: '关于孩子的信息',
  facts: {
    what: {
      term: '记下什么',
      value:
        '孩子的证件类型、号码、姓名、有效期限、手机号码、邮箱、密码的校验值，核验的结果；您是孩子的什么人、您同意的时间和方式、您所确认内容的校验值、本说明的版本。都属于敏感个人信息。',
    },
    why: {
      term: '为什么',
      value: '为孩子建立账号、核验身份，并证明得到了您的同意。不作别的用途。',
    },
    where: {
      term: '怎么保存，交给谁',
      value:
        '加密保存，工作人员只在办理时查看，每次都有记录。核验时，孩子的姓名、证件号码和有效期送到公安部门授权的核验服务比对；发验证码时，手机号码交给短信服务商。',
    },
    long: {
      term: '存多久',
      value: '到孩子的账号注销为止。同意码到期没有用，您在这里填的内容就删除。',
    },
    refuse: {
      term: '可以不同意',
      value:
        '不同意，孩子就不能在线注册。我们只在您的账号里记下您什么时候没有同意、对哪个孩子，不保存孩子的其他信息。',
    },
    withdraw: {
      term: '可以撤回',
      value:
        '随时在这一页撤回。撤回后停止核验和办理业务；要更正、删除孩子的信息，请登录孩子的账号，或联系我们。您注销账号，同意也就结束。',
    },
    birthday: { term: '满 14 周岁', value: '您的同意结束，改由孩子本人同意。' },
  },
  version: (version: string) => `说明版本 ${version}`,
  complaints: '联系和投诉',

  form: '孩子和您',
  type: '孩子的证件类型',
  number: '孩子的证件号码',
  name: '孩子的姓名',
  relation: '您是孩子的',
  relations: { father: '父亲', mother: '母亲', guardian: '其他监护人' } satisfies Record<
    GuardianRelation,
    string
  >,
  consent: '我是孩子的监护人，看过上面的说明，同意处理孩子的证件号码等敏感个人信息。',
  submit: '同意，取同意码',
  refuse: '不同意',
  refused: '已记下您不同意，没有为孩子注册。以后改变主意，可以再来同意。',
  left: (count: number) => `一年内还可以同意 ${count} 次。`,

  done: '同意码',
  doneText: (time: string) => `请在 ${time} 以前，在孩子的注册页面填写。只显示这一次，只能用一次。`,
  doneRegister: '给孩子注册，请先在另一个浏览器打开本网站，或退出您的账号。',

  given: '您作过的同意',
  none: '还没有。',
  givenAt: (time: string) => `${time} 同意`,
  waiting: (time: string) => `同意码还没有用，${time} 失效`,
  expired: '同意码没有用，已失效',
  used: (time: string) => `${time} 注册时使用`,
  endings: {
    withdrawn: (time: string) => `${time} 撤回`,
    of_age: (time: string) => `${time} 孩子满 14 周岁，已结束`,
    refused: (time: string) => `${time} 不同意`,
  } satisfies Record<GuardianEnding, (time: string) => string>,
  withdraw: '撤回',
  withdrawLabel: (name: string) => `撤回对${name}的同意`,
  dialogTitle: (name: string) => `撤回对${name}的同意？`,
  dialogText:
    '同意码作废；孩子的账号不能再核验和办理业务，等着的人工审核暂停。以前做过的不受影响。',
  dialogBack: '不撤回',
  withdrawn: '已撤回。',
};
