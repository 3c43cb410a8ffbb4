export const zh = {
  flow: '注册',
  continue: '继续',
  edit: '修改',
  stale: '这次注册在别处改过。下面是最新的内容，刚才填的没有保存，请核对后再继续。',
  activated: '邮箱已激活。',
  passwordAgain: '证件号码改了，密码要重新设置。',
  discard: '不想继续注册了？',
  discardText: '已填的内容会马上清除，不能恢复。用别人的设备时，离开前请清除。',
  discardNow: '清除已填的内容',
  discarded: '已填的内容都清除了。',
  help: '常见问题：注册账号',
};
