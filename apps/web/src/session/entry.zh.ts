export const zh = {
  /** The words of the seed (T-ENT-06). */
  welcome: (entry: string) => `欢迎使用中国教师资格网 ${entry}登录入口`,
  on: (service: string) => `正在办理：${service}`,
};
