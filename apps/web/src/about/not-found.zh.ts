export const zh = {
  title: '没有这个页面',
  lead: '网址可能不完整，或者页面已经搬走。请从首页重新进入。',
  home: '回到首页',
  help: '看常见问题',
};
