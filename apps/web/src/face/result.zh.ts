import type { FaceOutcome, PictureFault } from '@shiming/domain';

export const zh = {
  titles: {
    matched: '比对通过',
    not_same: '人像比对未通过',
    suspected_fake: '人像比对未通过',
    name_mismatch: '姓名和号码对不上',
    no_record: '没有查到您的登记',
    no_photo: '验证失败，请到登记窗口办理业务',
    picture: '人像照片质量不合格',
    refused_input: '核验服务没有接受',
    unavailable: '核验服务没有回应',
    refused: '没有登录成功',
  } satisfies Record<FaceOutcome | 'refused', string>,
  texts: {
    matched: '您现在是四级实名，可以办理全部业务。',
    not_same:
      '拍的照片和公安部门登记的照片不像同一个人。可能是照片差别太大，也可能不是本人。请摘下帽子、口罩和深色眼镜，在光线好的地方正对镜头再试；还是不行的，用下面的办法。',
    suspected_fake: '核验服务认为照片不是现场拍的真人。请用下面的办法；一小时以内再刷，结果一样。',
    name_mismatch:
      '公安部门的数据里，姓名和证件号码不是同一个人的。请核对姓名和号码；没有填错的，用下面的办法。',
    no_record:
      '公安部门的数据里没有查到这个号码。刚换领证件或者迁过户口的，常有这种情况。请用下面的办法。',
    no_photo:
      '公安部门的数据里没有您能用来比对的照片，所以不能刷脸，这不是您的问题。请本人带身份证到登记窗口办理。',
    picture: '照片没有交去比对。',
    refused_input: '姓名里可能有核验服务读不了的字。请用下面的办法。',
    unavailable: '这不是您的问题，照片没有留下。请过几分钟再试，或者用别的办法。',
    refused:
      '可能是：号码没有注册过，面容和登记的照片不是同一个人，姓名和号码对不上，公安部门没有您的照片，或者拍的照片不够清楚。为了保护账号，这里不说明是哪一种。',
  } satisfies Record<FaceOutcome | 'refused', string>,
  faults: {
    no_face: '照片里没有看到面部。请正对镜头，到亮一点的地方再拍。',
    several_faces: '照片里有几个人。请只留您一个人再拍。',
    cut_off: '面部没有拍全。请退后一点，让面部在椭圆里。',
    covered: '面部被挡住了。请摘下帽子、口罩和深色眼镜，拨开头发。',
    poor: '照片太暗、太模糊或者像素太低。请在光线好的地方拿稳再拍；手机像素低的，换一部手机。',
    turned: '脸没有正对镜头，或者头歪了。请摆正再拍。',
    too_close: '离镜头太近。请退后一点再拍。',
    too_far: '离镜头太远。请靠近一点再拍。',
    format: '核验服务读不了这张照片。请重新拍。',
    not_done: '没有看出按提示做的动作。请看清提示，头转得大一点、靠得近一点，做好了再拍。',
    other_person: '几张照片看上去不是同一个人。请由本人拍完每一张。',
  } satisfies Record<PictureFault, string>,
  counted: (left: number, resumes: string) =>
    left === 0 ? `计 1 次，今天的次数用完了，${resumes}恢复。` : `计 1 次，今天还剩 ${left} 次。`,
  notCounted: (left: number) => `这次不计次，今天还剩 ${left} 次。`,
  remembered: '这是不久以前的结果，这次没有再去查询，也不计次。',
  triesLeft: (left: number) => `还可以试 ${left} 次。`,
  again: '再刷一次',
  toLevels: '看实名等级',
};
