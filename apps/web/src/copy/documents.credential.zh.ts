export const zh = {
  documents:
    '居民身份证、港澳居民居住证、台湾居民居住证、港澳居民来往内地通行证、台湾居民来往大陆通行证、外国人永久居留身份证、华侨的普通护照',
  firstTitle: '国家网络身份认证 App（从前叫 CTID）',
  firstSteps: [
    '在手机的应用市场搜索“国家网络身份认证”，下载 App。',
    '打开 App，按“立即申领”，选证件类型，把证件贴在手机背面读取。手机没有 NFC 功能的，可以用家人的手机，或到办事大厅办理。',
    '按提示做人脸识别，绑定手机号码，设好口令。',
    '开通以后，回到原来的页面，再核验一次。',
  ].join('\n'),
  secondTitle: '国家政务服务平台 App',
  secondSteps: [
    '在手机的应用市场搜索“国家政务服务平台”，下载 App。',
    '在 App 里找到网证，按提示开通。',
    '开通以后，回到原来的页面，再核验一次。',
  ].join('\n'),
  notes:
    '不满 14 周岁的，由监护人代为申领；14 到 17 周岁的，在监护人看护下申领。网证服务电话 400-117-1166。',
} satisfies Record<
  'documents' | 'firstTitle' | 'firstSteps' | 'secondTitle' | 'secondSteps' | 'notes',
  string
>;
