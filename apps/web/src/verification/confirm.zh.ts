const numerals = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const times = (count: number) => `${numerals[count] ?? count}次`;

export const zh = {
  permitNotCompared: '有效期限不与公安部门的数据比对，通过后与姓名一起更新。',
  confirmTitle: '确认提交',
  confirm: (perDay: number, left: number, name: string) =>
    `每日您最多可进行${times(perDay)}实名核验，您还剩${left}次，是否确认提交？您使用当前证件号码进行实名核验的姓名为：${name}，请确认与证件是否一致。`,
  confirmSubmit: '确认提交',
  confirmBack: '返回检查',
  sent: '将要提交',
};
