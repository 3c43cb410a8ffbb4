export const zh = {
  code: (digits: number) => `${digits} 位验证码`,
  codeHint: '不要把验证码告诉任何人。',
  triesLeft: (count: number) => `还可以试 ${count} 次。`,
  leftToday: (count: number) => `今天还剩 ${count} 次。`,
};
