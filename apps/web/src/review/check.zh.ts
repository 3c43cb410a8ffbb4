const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

export const zh = {
  title: '核对后提交',
  titleReturned: '核对后再次提交',
  lead: '照片请放大看：每个字都能读出来，方向是正的。',
  answers: '资料',
  name: '姓名',
  validity: '有效期限',
  due: (day: string) => `现在提交，最晚 ${day}给出结果。`,
  frozen: '提交以后不能再修改；审核期间也不能修改个人信息、不能实名核验。',
  submit: '提交',
  dialogTitle: '确认提交？',
  /** The words of the seed (T-REV-03). */
  dialog: (perPeriod: number, left: number) =>
    `请确认您上传的图片符合要求，避免因照片不清晰、存在旋转或镜像反转，无法识别，导致审核不通过，进而延误报名。1月1日到8月31日，9月1日到12月31日，每个周期您可以进行${digits[perPeriod] ?? perPeriod}次人工审核，您还剩${left}次机会，是否确认提交？`,
  dialogReturned:
    '请确认您上传的图片符合要求，避免因照片不清晰、存在旋转或镜像反转，无法识别，导致审核不通过，进而延误报名。这次是补充，不计次数，是否确认提交？',
  confirm: '确认提交',
  back: '返回检查',
  incomplete: '还有没完成的项目，所以不能提交。',
};
