import type { WindowReason, WindowRevocation } from '@shiming/domain';

export const zh = {
  title: '到登记窗口办理',
  text: '请本人带身份证原件到登记窗口，由工作人员当面核对。核对通过，和在线核验一样。',
  take: '取核对凭条',
  takeAgain: '重新取凭条',
  bring: '到窗口时，出示下面的二维码，或者报出编号。',
  code: '凭条编号',
  qr: (code: string) => `凭条二维码，编号 ${code}`,
  until: '有效到',
  seeResult: '办好了，查看结果',
  expired: '凭条过期了，可以重新取。',
  passed: (time: string) => `${time}，登记窗口核对通过。`,
  refused: (time: string) => `${time}，登记窗口核对没有通过。`,
  revoked: (time: string) => `${time}，登记窗口的核对被撤销。`,
  revocations: {
    wrong_person: '到场的人不是本人',
    false_document: '出示的证件不真实',
    mistaken: '记录有误',
  } satisfies Record<WindowRevocation, string>,
  reasons: {
    register_outdated: '换领的证件，数据还没有更新',
    not_in_register: '数据里没有查到本人',
    not_online: '不能在线核验',
    not_the_person: '到场的人和证件上的照片不是同一个人',
    document_invalid: '证件过期、挂失，或者不是原件',
    details_differ: '填写的内容和证件不一样，请改好后重新取凭条',
  } satisfies Record<WindowReason, string>,
};
