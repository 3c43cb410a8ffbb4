import { readFileSync } from 'node:fs';

/** A row in the columns of the authorities; dates are `YYYYMMDD`. */
export type RecordRow = Readonly<Record<string, string>>;

/** What an authority says of a person's records of one kind, beside the rows themselves. */
export type RecordState = { notYetUntil: string } | 'hidden' | 'broken';

/** A made-up person as the authorities of records know them: under the number of one document, and no other. */
export type RecordHolder = {
  name: string;
  number: string;
  isSlow?: boolean;
  /** Rows by kind. */
  rows?: Readonly<Record<string, readonly RecordRow[]>>;
  /** By kind, or of all kinds (`*`). */
  states?: Readonly<Record<string, RecordState>>;
};

/** A drawn face, as JPEG in base64. */
const photo = (name: string) =>
  readFileSync(new URL(`record-photos/${name}.jpg`, import.meta.url)).toString('base64');

const university = { YXDM: '99901', YXMC: '沙箱师范大学' };
const college = { YXDM: '99902', YXMC: '沙箱职业技术学院' };
const institute = { YXDM: '99903', YXMC: '沙箱理工学院' };

const lin = { XM: '林知远', XB: '男', CSRQ: '19950815', MZ: '汉族', SFZH: '110199199508150119' };
const guli = {
  XM: '古丽·买买提',
  XB: '女',
  CSRQ: '19950815',
  MZ: '维吾尔族',
  SFZH: '110199199508150127',
};

/**
 * The holders of records among the sandbox's citizens, beside whom nobody has any. Schools and certificates are made up:
 * no school has a code that begins with 999.
 */
export const recordHolders: readonly RecordHolder[] = [
  // 专升本: two qualifications at two schools, and an enrolment that has ended.
  {
    name: '林知远',
    number: '110199199508150119',
    rows: {
      enrolment: [
        {
          ID: 'XJ-99901-20162001',
          ...lin,
          ...university,
          CC: '专升本',
          ZYMC: '汉语言文学',
          XZ: '2',
          XLLB: '普通高等教育',
          XXXS: '普通全日制',
          FY: '',
          XSH: '文学院',
          BH: '2016升1',
          XH: '201620010119',
          KSH: '16110199150119',
          RXRQ: '20160901',
          ZT: '不在籍（毕业）',
          YJBYRQ: '20180630',
        },
      ],
      qualification: [
        {
          ID: 'XL-99901-2018-0119',
          ...lin,
          ...university,
          CC: '专升本',
          ZYMC: '汉语言文学',
          XZ: '2',
          XLLB: '普通高等教育',
          XXXS: '普通全日制',
          RXRQ: '20160901',
          BYRQ: '20180630',
          BJYJL: '毕业',
          ZSBH: '999011201805000119',
        },
        {
          ID: 'XL-99902-2016-0119',
          ...lin,
          ...college,
          CC: '专科(高职)',
          ZYMC: '文秘',
          XZ: '3',
          XLLB: '普通高等教育',
          XXXS: '普通全日制',
          RXRQ: '20130901',
          BYRQ: '20160630',
          BJYJL: '毕业',
          ZSBH: '999021201606000119',
        },
      ],
      admission: [
        {
          ID: 'LQ-2013-0119',
          ...lin,
          ...college,
          KSH: '13110199150119',
          SYD: '沙箱市',
          LQPC: '高职（专科）批',
          CC: '专科(高职)',
          ZYMC: '文秘',
          LQRQ: '20130812',
        },
      ],
      teacher_examination: [
        {
          ID: 'KS-2018-1',
          XM: '林知远',
          XD: '高级中学',
          ZYMC: '语文',
          CSSJ: '20181103',
          JG: '合格',
          ZSBH: '20184110119',
          YXQZ: '20211231',
        },
        {
          ID: 'KS-2025-1',
          XM: '林知远',
          XD: '高级中学',
          ZYMC: '语文',
          CSSJ: '20250913',
          JG: '合格',
          ZSBH: '20254110119',
          YXQZ: '20281231',
        },
      ],
      putonghua: [
        {
          ID: 'PTH-2017-0119',
          XM: '林知远',
          CC: '二级甲等',
          FS: '88.5',
          CSSJ: '20171112',
          CSJG: '沙箱市语言文字培训测试中心',
          ZSBH: '9901217000119',
        },
      ],
      degree: [
        {
          ID: 'XW-99901-2018-0119',
          XM: '林知远',
          XW: '文学学士',
          ZYMC: '汉语言文学',
          ...university,
          FZRQ: '20180630',
          ZSBH: '9990142018000119',
        },
      ],
    },
  },
  // A graduate student in her last year.
  {
    name: '古丽·买买提',
    number: '110199199508150127',
    rows: {
      enrolment: [
        {
          ID: 'XJ-99901-20243001',
          ...guli,
          ...university,
          CC: '硕士研究生',
          ZYMC: '教育学',
          XZ: '3',
          XLLB: '研究生',
          XXXS: '全日制',
          FY: '研究生院',
          XSH: '教育学院',
          BH: '2024教育1',
          XH: '202430010127',
          KSH: '999014000127',
          RXRQ: '20240901',
          ZT: '在籍（注册学籍）',
          YJBYRQ: '20270630',
        },
      ],
      qualification: [
        {
          ID: 'XL-99901-2017-0127',
          ...guli,
          ...university,
          CC: '本科',
          ZYMC: '学前教育',
          XZ: '4',
          XLLB: '普通高等教育',
          XXXS: '普通全日制',
          RXRQ: '20130901',
          BYRQ: '20170630',
          BJYJL: '毕业',
          ZSBH: '999011201705000127',
        },
      ],
      photo_check: [
        {
          ID: 'XJ-99901-20243001',
          ...guli,
          ...university,
          XH: '202430010127',
          YJBYRQ: '20270630',
          KSRQ: '20261101',
          JZRQ: '20270331',
          LQZP: photo('guli-admission'),
          XLZP: photo('guli-graduation'),
        },
      ],
      student_loan: [
        {
          ID: 'DK-2024-0127',
          DKLX: '校园地国家助学贷款',
          JBJG: '沙箱银行',
          ...university,
          XN: '2024—2025',
          JE: '12000.00',
          ZT: '在校，未到还款期',
          DQRQ: '20450920',
        },
      ],
      putonghua: [
        {
          ID: 'PTH-2016-0127',
          XM: '古丽·买买提',
          CC: '三级甲等',
          FS: '78.0',
          CSSJ: '20160521',
          CSJG: '沙箱市语言文字培训测试中心',
          ZSBH: '9901316000127',
        },
      ],
    },
  },
  // Just admitted: the batch closed on 15 November.
  {
    name: '杜若溪',
    number: '11019920080229002X',
    isSlow: true,
    rows: {
      admission: [
        {
          ID: 'LQ-2026-002X',
          XM: '杜若溪',
          ...institute,
          KSH: '26110199150002',
          SYD: '沙箱市',
          LQPC: '高职扩招批',
          CC: '专科(高职)',
          ZYMC: '护理',
          LQRQ: '20261112',
        },
      ],
    },
    states: { enrolment: { notYetUntil: '20261115' } },
  },
  // The face did not match the photo of the admission: the school checks.
  { name: '秦望舒', number: '110199199309170045', states: { enrolment: 'hidden' } },
  { name: '许静姝', number: '11019919880808004X', states: { '*': 'broken' } },
  // The school wrote the name as the register does, and not as the card.
  {
    name: '周子函',
    number: '11019919880808012X',
    rows: {
      qualification: [
        {
          ID: 'XL-99903-2010-012X',
          XM: '周子函',
          ...institute,
          CC: '本科',
          ZYMC: '土木工程',
          BYRQ: '20100630',
          ZSBH: '999031201005000120',
        },
      ],
    },
  },
  {
    name: '罗建民',
    number: '110199197001010038',
    rows: {
      qualification: [
        {
          ID: 'XL-99902-1992-0038',
          XM: '罗建民',
          XB: '男',
          CSRQ: '19700101',
          ...college,
          CC: '专科(高职)',
          ZYMC: '数学教育',
          XZ: '3',
          XLLB: '成人高等教育',
          XXXS: '函授',
          RXRQ: '19890901',
          BYRQ: '19920701',
          BJYJL: '毕业',
          ZSBH: '99902519920600038',
        },
      ],
      teacher_certificate: [
        {
          ID: 'JSZG-1999-0038',
          XM: '罗建民',
          ZGZL: '初级中学教师资格',
          ZYMC: '数学',
          FZJG: '沙箱市教育局',
          FZRQ: '19990610',
          ZSBH: '19991019921000038',
        },
      ],
    },
  },
  // Known by the identity card of Hong Kong, which is not the document of the account.
  {
    name: '何俊彦',
    number: 'A123456(3)',
    rows: {
      enrolment: [
        {
          ID: 'XJ-99901-20231010',
          XM: '何俊彦',
          XB: '男',
          CSRQ: '19960606',
          MZ: '中国香港',
          SFZH: 'A123456(3)',
          ...university,
          CC: '本科',
          ZYMC: '历史学',
          XZ: '4',
          XLLB: '普通高等教育',
          XXXS: '普通全日制',
          XSH: '历史学院',
          BH: '2023历史1',
          XH: '202310100019',
          RXRQ: '20230901',
          ZT: '在籍（注册学籍）',
          YJBYRQ: '20270630',
        },
      ],
      photo_check: [
        {
          ID: 'XJ-99901-20231010',
          XM: '何俊彦',
          SFZH: 'A123456(3)',
          ...university,
          XH: '202310100019',
          YJBYRQ: '20270630',
          KSRQ: '20261101',
          JZRQ: '20270331',
          XLZP: photo('he-graduation'),
        },
      ],
    },
  },
  // Known by the 通行证, which the holder of a 居住证 names in the profile.
  {
    name: '简柏言',
    number: '00000038',
    rows: {
      enrolment: [
        {
          ID: 'XJ-99903-20231038',
          XM: '简柏言',
          XB: '男',
          CSRQ: '19980808',
          MZ: '中国台湾',
          SFZH: '00000038',
          ...institute,
          CC: '本科',
          ZYMC: '软件工程',
          XZ: '4',
          XLLB: '普通高等教育',
          XXXS: '普通全日制',
          XSH: '信息学院',
          BH: '2023软件2',
          XH: '202310380038',
          RXRQ: '20230901',
          ZT: '在籍（注册学籍）',
          YJBYRQ: '20270630',
        },
      ],
      // He was not there when the photos were taken.
      photo_check: [
        {
          ID: 'XJ-99903-20231038',
          XM: '简柏言',
          SFZH: '00000038',
          ...institute,
          XH: '202310380038',
          YJBYRQ: '20270630',
          KSRQ: '20261101',
          JZRQ: '20270331',
        },
      ],
    },
  },
];
