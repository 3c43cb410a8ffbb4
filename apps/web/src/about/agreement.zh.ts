import type { TextSection } from './text.tsx';

const sections: TextSection[] = [
  {
    id: 'account',
    title: '一、账号',
    paragraphs: [
      '账号是您的身份证件号码，一人一个，注册后不能更改。号码填错的，请用正确的号码重新注册，填错的账号作废。',
      '同一个账号可以办理本网站的全部业务。',
    ],
  },
  {
    id: 'truth',
    title: '二、填写的内容',
    paragraphs: [
      '请用自己的证件，如实填写，并与证件一致。填错会影响实名核验和后面的业务。',
      '用他人的证件，或编造内容注册的，账号会停用；造成后果的，依法承担责任。',
    ],
  },
  {
    id: 'password',
    title: '三、密码和验证码',
    paragraphs: [
      '请保管好密码和验证码，不要告诉任何人，包括自称工作人员的人。我们不会向您索要。',
      '发现别人在用您的账号时，请尽快修改密码，并在个人信息中心退出其他设备。',
    ],
  },
  {
    id: 'verification',
    title: '四、实名核验',
    paragraphs: [
      '办理业务以前要通过实名核验。我们把姓名、证件号码等送到公安部门授权的核验服务比对，每次都会先让您确认。',
    ],
  },
  {
    id: 'ours',
    title: '五、我们的责任',
    paragraphs: [
      '我们按《隐私说明》保护您的信息。因为我们或核验服务的故障没有结果的，不占用您的次数。',
      '系统维护会提前公布。业务申请由您选择的业务系统受理，受理条件和结果以该系统为准。',
    ],
  },
  {
    id: 'changes',
    title: '六、改动',
    paragraphs: [
      '协议改动时会更换版本号，现行版本随时可以在这里看到。我们会记下您同意的版本和时间。',
      '您可以不同意，但那样就不能注册账号。',
    ],
  },
];

export const zh = {
  title: (name: string) => `${name}注册协议`,
  version: (version: string) => `版本 ${version}`,
  sections,
};
