import type { ConsentKind, WithdrawableConsent } from '@shiming/domain';

export const zh = {
  consentKinds: {
    agreement: '注册协议',
    document_number: '处理证件号码和有效期（敏感个人信息）',
  } satisfies Record<ConsentKind, string>,
  version: (version: string) => `版本 ${version}`,
  givenAt: (time: string) => `${time} 同意`,
  withdrawnAt: (time: string) => `${time} 撤回`,
  outdated: '隐私说明后来有改动，请再次同意',
  noConsent: '还没有同意',
  agreementText: '不再同意协议的，可以注销账号。',
  withdraw: '撤回',
  withdrawLabel: (what: string) => `撤回同意：${what}`,
  needed: '核验身份、人工审核和办理业务都要用您的证件号码，请先同意。',
  giveHere: '同意处理证件号码',
  give: '同意',
  giveLabel: (what: string) => `同意：${what}`,
  dialogs: {
    document_number: {
      withdrawTitle: '撤回对证件号码的同意？',
      withdrawText: [
        '撤回以后不能实名核验，也不能办理业务，直到您再次同意。',
        '可以照常登录。账号、已经核验的结果都会留着；要删除，请注销账号。',
        '撤回以前已经做的核验和办理的业务不受影响。',
      ],
      giveTitle: '同意处理证件号码？',
      giveText: ['我们用您的证件号码和有效期核验您是谁，办理您选的业务。', '随时可以再撤回。'],
    },
  } satisfies Record<WithdrawableConsent, unknown>,
  agree: '我已阅读并同意',
  agreementLink: '《中国教师资格网注册协议》',
  newTab: '（在新窗口打开）',
  dialogWithdraw: '撤回同意',
  dialogGive: '同意',
  cancel: '取消',
  privacy: '看隐私说明',
  withdrawn: '已撤回同意。不能核验和办理业务，直到您再次同意。',
  given: '已同意，可以核验和办理业务。',
};
