export const zh = {
  show: '显示',
  hide: '隐藏',
  showLabel: '显示密码',
  hideLabel: '隐藏密码',
  shown: '密码已显示',
  hidden: '密码已隐藏',
  rules: {
    length: '8 位以上',
    letters: '有字母',
    digits: '有数字',
    specials: '有特殊符号 # % * - _ ! @ $ &',
  },
  met: '已满足',
  notMet: '未满足',
  fullWidthHint: '请把输入法切换到英文',
};
