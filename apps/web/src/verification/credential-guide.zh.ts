export const zh = {
  appTitle: (app: string, former: string) => `办法一：${app} App（从前叫 ${former}）`,
  app: (app: string) => [
    `在手机的应用市场搜索“${app}”，下载 App。`,
    '打开 App，按“立即申领”，选证件类型，把证件贴在手机背面读取。手机没有 NFC 功能的，可以用家人的手机，或到办事大厅办理。',
    '按提示做人脸识别，绑定手机号码，设好口令。',
    '开通以后，回到实名核验页面，再核验一次。',
  ],
  platformTitle: '办法二：国家政务服务平台 App',
  platform: [
    '在手机的应用市场搜索“国家政务服务平台”，下载 App。',
    '在 App 里找到网证，按提示开通。',
    '开通以后，回到实名核验页面，再核验一次。',
  ],
  notes: (helpline: string, checkedOn: string) =>
    `不满 14 周岁的，由监护人代为申领；14 到 17 周岁的，在监护人看护下申领。网证服务电话 ${helpline}。以上内容核对于 ${checkedOn}，App 的名称和步骤以后可能有变化。`,
};
