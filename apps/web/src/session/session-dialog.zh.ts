export const zh = {
  title: '快要自动退出了',
  text: '您有一会儿没有操作。为保护您的信息，时间到后会自动退出。',
  stay: '继续使用',
};
