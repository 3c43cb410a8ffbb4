import type { ServiceField } from '@shiming/domain';

export const zh = {
  receives: '进入时，这项业务的系统会收到：',
  level: '实名等级',
  later:
    '以后这些信息有变动，您修改密码、退出登录，或者账号停用、恢复、注销，也会通知它，直到您撤回。',
  here: '这项业务就在本网站办理，用到您的实名等级。进入时，不把您的信息交给别的系统。',
  fields: {
    name: '姓名',
    document: '证件类型和证件号码',
    mobile: '手机号码（验证过的）',
    email: '邮箱（验证过的）',
  } satisfies Record<ServiceField, string>,
  optional: '下面的可以不给，不影响办理：',
  list: (fields: readonly string[]) => [...fields, '实名等级'].join('、'),
  purpose: '只用来办理这项业务。随时可以撤回。',
  change: '更改',
  changeLabel: '更改交给它的信息',
  given: '进入时交给这项业务',
};
