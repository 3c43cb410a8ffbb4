import type { ConsentKind, ConsentPurpose, WithdrawableConsent } from '@shiming/domain';

export const zh = {
  consentKinds: {
    agreement: '注册协议',
    document_number: '处理证件号码和有效期（敏感个人信息）',
    photos: '处理证件照片和手持证件的照片（敏感个人信息）',
    records: '向主管机构查询您的学籍、学历、考试和证书信息',
    service: '交出核验结果',
  } satisfies Record<ConsentKind, string>,
  /** A consent to enter a service, by the service's name. */
  toService: (name: string) => `把核验结果交给“${name}”`,
  purpose: '用途：',
  purposes: {
    use_account: '建立和使用账号',
    real_name_check: '核验您是谁',
    manual_review: '人工审核时核对您和证件',
    show_records: '把查到的信息显示给您本人',
    enter_service: '办理这项业务',
  } satisfies Record<ConsentPurpose, string>,
  receiver: '交给：',
  receivers: {
    operator: '本网站的主办单位',
    identity_authority: '公安部门授权的核验服务',
    reviewers: '本网站的审核人员',
    record_authorities: '管理学籍学历、考试和证书的主管机构',
  },
  receivingService: (name: string) => `“${name}”的业务系统`,
  version: (version: string) => `版本 ${version}`,
  givenAt: (time: string) => `${time} 同意`,
  withdrawnAt: (time: string) => `${time} 撤回`,
  outdated: '隐私说明后来有改动，请再次同意',
  noConsent: '还没有同意',
  agreementText: '不再同意协议的，可以注销账号。',
  withdraw: '撤回',
  withdrawLabel: (what: string) => `撤回同意：${what}`,
  needed: {
    document_number: '核验身份、人工审核和办理业务都要用您的证件号码，请先同意。',
    photos: '人工审核要看您证件的照片和您手持证件的照片，请先单独同意。',
    records: '要用您的姓名和证件号码向主管机构查询，请先单独同意。',
    service: '第一次办理这项业务，要把您的核验结果交给它，请先单独同意。',
  } satisfies Record<WithdrawableConsent, string>,
  giveHere: {
    document_number: '同意处理证件号码',
    photos: '同意处理照片',
    records: '同意查询',
    service: '同意并办理',
  } satisfies Record<WithdrawableConsent, string>,
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
      giveText: ['我们用您的证件号码和有效期核验您是谁。', '随时可以再撤回。'],
      withdrawn: '已撤回同意。不能核验和办理业务，直到您再次同意。',
      given: '已同意，可以核验身份。',
    },
    photos: {
      withdrawTitle: '撤回对照片的同意？',
      withdrawText: [
        '撤回以后不能提交人工审核。正在等候的审核会停下来，没有人再看您的照片，直到您再次同意。',
        '已经审核出的结果会留着。照片按隐私说明写的期限删除。',
      ],
      giveTitle: '同意处理照片？',
      giveText: [
        '人工审核要看您证件两面的照片和您手持证件的照片，里面有您的面部。',
        '只有审核人员看，不交给别人；每次查看都有记录，您可以看到。',
        '到期由程序删除，期限写在隐私说明里。随时可以再撤回。',
      ],
      withdrawn: '已撤回同意。没有人再看您的照片，直到您再次同意。',
      given: '已同意，可以提交照片。',
    },
    records: {
      withdrawTitle: '撤回对查询的同意？',
      withdrawText: [
        '查到的信息立即从本网站删除，直到您再次同意才能重新查询。',
        '主管机构自己保存的信息不受影响。',
      ],
      giveTitle: '同意查询学籍、学历、考试和证书信息？',
      giveText: [
        '我们把您的姓名和证件号码交给主管机构查询，查到的信息加密保存，只给您本人看。',
        '随时可以再撤回，撤回即删除。',
      ],
      withdrawn: '已撤回同意，查到的信息已删除。',
      given: '已同意，可以查询。',
    },
    service: {
      withdrawTitle: '撤回对这项业务的同意？',
      withdrawText: [
        '撤回以后不能从这里进入这项业务，直到您再次同意。',
        '业务系统已经收到的信息由它保存；要更正或删除，请找办理这项业务的单位。',
      ],
      giveTitle: '同意把核验结果交给这项业务？',
      giveText: [
        '进入时，您的姓名、证件号码和实名等级会交给这项业务的系统，用来办理这项业务。',
        '随时可以再撤回。',
      ],
      withdrawn: '已撤回同意。不能进入这项业务，直到您再次同意。',
      given: '已同意，可以进入这项业务。',
    },
  } satisfies Record<WithdrawableConsent, unknown>,
  agree: '我已阅读并同意',
  agreementLink: (name: string) => `《${name}注册协议》`,
  dialogWithdraw: '撤回同意',
  dialogGive: '同意',
  cancel: '取消',
  privacy: '看隐私说明',
};
