export const zh = {
  lead: '拍好就会送到您的电脑上。这里只能添加这一张照片。',
  take: '拍照',
  choose: '从相册选',
  sending: '正在发送',
  doneTitle: '照片已送到',
  done: '请回到电脑上查看照片，接着办理。这一页可以关掉。',
  overTitle: '二维码已失效',
};
