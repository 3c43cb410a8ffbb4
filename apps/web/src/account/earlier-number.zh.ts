export const zh = {
  label: '旧卡号码',
  hint: '15 位，新卡上印着；以前没有办过旧卡的，不用填。',
};
