export const zh = {
  title: '绑定微信',
  lead: (account: string) =>
    `绑定微信公众号「${account}」后，忘记密码时可以用微信重置，收不到短信也不怕。`,
  begin: '绑定微信',
  proof: '绑定前要先证明是您本人。',
  bind: '绑定',
  bound: '已绑定微信',
  boundText: '忘记密码时，可以用这个微信重置。',
  since: '绑定时间',
  saved: '微信已绑定。我们也给您的安全邮箱发了通知。',
  gone: '已解除绑定。',
  unbind: '解除绑定',
  unbindTitle: '解除微信绑定？',
  unbindText: '解除后，不能再用微信重置密码。可以随时重新绑定。',
  cancel: '不解除',
  change: '想换一个微信？先解除绑定，再绑定新的。',
};
