import type { Proved } from '@shiming/domain';

export const zh = {
  lead: '等级越高，能办的业务越多。',
  reached: '已达到',
  notReached: '还没有达到',
  opens: '可以办理',
  opensNothing: '登录、查看和修改个人信息',
  how: '怎样达到的',
  by: {
    authority: (day: string) => `${day}，与公安部门的数据核验一致`,
    face: (day: string) => `${day}，刷脸与公安部门登记的照片比对通过`,
    review: (day: string) => `${day}，人工审核通过`,
    window: (day: string) => `${day}，登记窗口当面核对通过`,
    school: (day: string) => `${day}，由学校的数据核验`,
  } satisfies Record<Proved['by'], (day: string) => string>,
  until: (day: string) => `，到 ${day}为止`,
  upTitle: '怎样提升',
  highest: '您已经可以办理全部业务。',
  toFour: '四级实名要确认是您本人在办理：带身份证到登记窗口，或者刷脸。两种办法，结果一样。',
  byFace: '刷脸升到四级',
};
