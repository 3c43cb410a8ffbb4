export const zh = {
  title: '取消注销',
  lead: '账号正在等待注销。取消以后，账号和里面的内容都会留下，照常使用。',
  stop: '取消注销',
  doneTitle: '已取消注销',
  done: '账号照常使用。',
  notMe: '注销不是您本人申请的？请马上登录，修改密码，看看登录着哪些设备。',
  usedTitle: '注销已经取消',
  expiredTitle: '这个链接不能用了',
  expired:
    '链接不完整，已有更新的链接，或者账号已经注销。请用最新的一封邮件，或登录后在“我的数据”取消。',
  toSignIn: '去登录',
  toRegister: '重新注册',
};
