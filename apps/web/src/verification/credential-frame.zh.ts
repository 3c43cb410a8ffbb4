export const zh = {
  documents: '可以开通的证件：',
  stop: '。',
  way: (at: number, title: string) => `办法${['一', '二'][at - 1] ?? at}：${title}`,
  checked: (day: string) => `以上内容核对于 ${day}，App 的名称和步骤以后可能有变化。`,
};
