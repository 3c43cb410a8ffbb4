import type { Bilingual } from './portals/index.ts';
import { profileNames } from './profile/fields.ts';
import { type RetentionKind, retention, retentionUnitsMs, type TimedKind } from './retention.ts';

/** What the retention table says of a kind. `basis` is the law that asks for it, or for its length. */
export type RetentionWords = { what: Bilingual; purpose: Bilingual; basis?: Bilingual };

/** Of a kind that ends by the clock also the instant, in words that stand before 「后 3 天」 and after "3 days after". */
export type WordsOf<K extends RetentionKind> = RetentionWords &
  (K extends TimedKind ? { since: Bilingual } : { since?: never });

export const logBasis: Bilingual = {
  zh: '《网络安全法》第二十三条：日志不少于六个月',
  en: 'Cybersecurity Law, art. 23: logs, six months at least',
};

/** What a person reads of each kind of data on the page about their own: the first part of `retentionWords`. */
export const ownRetentionWords = {
  account: {
    what: {
      zh: `账号：证件类型、证件号码、姓名、有效期；${profileNames('zh').join('、')}；密码的校验值；实名等级`,
      en: `The account: document type, number, name and validity; ${profileNames('en').join(', ').toLowerCase()}; a check value of the password; the level of verification`,
    },
    purpose: {
      zh: '建立账号、核验您是谁、和您联系',
      en: 'To open the account, verify who you are, and reach you',
    },
    basis: {
      zh: '《个人信息保护法》第十三条、第二十九条；《网络安全法》第二十六条（真实身份）',
      en: 'PIPL, art. 13 and 29; Cybersecurity Law, art. 26 (real identity)',
    },
  },
  verification: {
    what: {
      zh: '实名核验和人脸比对的时间、结果和比对分数（不含送去比对的内容和照片），核验通过的方式和有效到哪一天',
      en: 'Time, result and score of verifications and comparisons of faces (not what was sent, and no pictures), and of what was confirmed how and until when',
    },
    purpose: {
      zh: '让您和客服看到核验到了哪一步',
      en: 'So that you and the help desk see where the verification stands',
    },
  },
  record: {
    what: {
      zh: '您查询的学籍、学历、考试和证书信息：发证或管理机构的答复和时间',
      en: 'Records of study, examinations and certificates that you asked for: what the authority answered, and when',
    },
    purpose: {
      zh: '让您再次查看时不必重新查询；撤回同意即删除',
      en: 'So that you can see them again without another question; deleted when you withdraw the consent',
    },
    since: { zh: '最近一次查询', en: 'the last question' },
    basis: { zh: '《个人信息保护法》第十九条', en: 'PIPL, art. 19' },
  },
  identifier: {
    what: {
      zh: '手机号码、邮箱、绑定的微信（微信给我们的标识）、关联的教育部账号（教育部给我们的标识），各自最近一次验证的时间；证件号码的检索值，以及新卡上印的旧卡号码',
      en: 'Mobile number, email and the linked WeChat and Ministry account (the identifiers that they give us), and when each was last proved; a search value of the document number, and the number of an earlier card that the card prints',
    },
    purpose: {
      zh: '登录、取验证码、重置密码，和您联系',
      en: 'To sign in, get codes, reset the password, and reach you',
    },
  },
  review: {
    what: {
      zh: '人工审核、证件号码重复的审核、图像校对的更正、登录后提交的咨询：您的申请和说明、处理结果和原因',
      en: 'Manual reviews, reviews of claims on a number, corrections of photo checks, questions sent while signed in: what you applied with, and the decision with its reasons',
    },
    purpose: {
      zh: '审核、更正、答复，让您查到结果',
      en: 'To review, correct and answer, and show you the result',
    },
  },
  contact_change: {
    what: {
      zh: '修改手机号码或邮箱：修改前后的号码或地址',
      en: 'A change of mobile or email: the old and the new one',
    },
    purpose: {
      zh: '不是本人改的，可以恢复',
      en: 'So that a change that was not yours can be undone',
    },
    since: { zh: '恢复期结束', en: 'the time to undo it is over' },
  },
  session: {
    what: {
      zh: '登录记录：时间、浏览器和系统的种类，进入了哪些业务系统',
      en: 'Sign-ins: time, kind of browser and system, and which services you entered',
    },
    purpose: {
      zh: '保持登录；让您看到有没有别人在用',
      en: 'To keep you signed in, and show you whether somebody else is',
    },
    since: { zh: '最近一次使用', en: 'the last use' },
    basis: logBasis,
  },
  notice: {
    what: { zh: '通知页上的通知', en: 'What stands on the page “Notices”' },
    purpose: { zh: '让您知道账号有什么变动', en: 'To tell you what was done with the account' },
    since: { zh: '通知', en: 'the notice' },
  },
  audit: {
    what: {
      zh: '操作和查看记录：谁、什么时间、做了什么（只有编号，没有姓名和号码）',
      en: 'What was done and looked at, by whom and when (ids only, no names or numbers)',
    },
    purpose: {
      zh: '让您查到谁动过您的信息；防篡改',
      en: 'So that you can see who touched your data; sealed against changes',
    },
    since: { zh: '记录', en: 'the record' },
    basis: logBasis,
  },
} as const satisfies { readonly [K in RetentionKind]?: WordsOf<K> };

const unitNames = {
  year: { zh: '年', en: 'year' },
  month: { zh: '个月', en: 'month' },
  day: { zh: '天', en: 'day' },
  hour: { zh: '小时', en: 'hour' },
};
const units = Object.keys(unitNames) as (keyof typeof unitNames)[];

/** In the largest unit of which it is a whole number. */
function length(ms: number): Bilingual {
  const unit = units.find((each) => ms % retentionUnitsMs[each] === 0) ?? 'hour';
  const count = ms / retentionUnitsMs[unit];
  const { zh, en } = unitNames[unit];
  return { zh: `${count} ${zh}`, en: `${count} ${en}${count === 1 ? '' : 's'}` };
}

/** So long after an instant, as a person reads it. */
export function timeAfter(ms: number, since: Bilingual): Bilingual {
  if (ms === 0) return { zh: `${since.zh}即删除`, en: `Until ${since.en}` };
  const { zh, en } = length(ms);
  return { zh: `${since.zh}后 ${zh}`, en: `${en} after ${since.en}` };
}

/** Until when a kind is kept, as a person reads it, by its words. */
export function retentionTerm(kind: RetentionKind, { since }: WordsOf<RetentionKind>): Bilingual {
  const { keep } = retention[kind];
  return keep === 'account' || since === undefined
    ? { zh: '账号注销时删除', en: 'Until the account is closed' }
    : timeAfter(keep.ms, since);
}
