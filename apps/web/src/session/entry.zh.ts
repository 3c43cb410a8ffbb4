export const zh = {
  /** The words of the seed (T-ENT-06). */
  welcome: (name: string, entry: string) => `欢迎使用${name} ${entry}登录入口`,
  on: (service: string) => `正在办理：${service}`,
};
