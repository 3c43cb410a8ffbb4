import type { ConsentKind, Need } from '@shiming/domain';

export const zh = {
  title: '一个账号，进入多个网站',
  text: '在一个网站登录，其他的也就登录了；退出时一起退出。每个网站只能用您在那里同意的。',
  here: '您在这里',
  open: '进入',
  openLabel: (name: string) => `进入${name}`,
  needs: {
    identity: '姓名和证件',
    profile: '个人信息',
    binding: '绑定的手机号码',
  } satisfies Record<Need, string>,
  has: (list: string) => `用到：${list}`,
  asks: (list: string) => `还要补充：${list}`,
  nothing: '还没有同意过任何事项',
  agreed: (list: string) => `已同意：${list}`,
  consents: {
    agreement: '注册协议',
    document_number: '处理证件号码',
    photos: '使用照片',
    records: '查询学籍学历等信息',
    own_photo: '把自己的照片交给学校',
    face: '比对人脸',
    service: '进入业务',
  } satisfies Record<ConsentKind, string>,
  service: (name: string) => `进入${name}`,
  on: (consent: string, day: string) => `${consent}（${day}）`,
  between: '、',
};
