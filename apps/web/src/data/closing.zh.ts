export const zh = {
  closing: (time: string) => `账号将于 ${time} 注销。`,
  until: '在这之前可以登录，但不能办理业务。想继续使用，请取消注销。',
  stop: '取消注销',
  stopped: '已取消注销，账号照常使用。',
};
