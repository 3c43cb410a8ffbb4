export const zh = {
  purpose: '用途：',
  kept: '保存：',
  basis: '依据：',
};
