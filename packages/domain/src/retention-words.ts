import type { RetentionKind } from './retention.ts';
import { type WordsOf, logBasis, ownRetentionWords } from './retention-own-words.ts';

/** what is kept and why. A module of its own, which the Worker does not need. */
export const retentionWords: { readonly [K in RetentionKind]: WordsOf<K> } = {
  ...ownRetentionWords,
  number_claim: {
    what: {
      zh: '证件号码重复的申请：哪个账号申请、哪个账号在用、到了哪一步、各步的时间',
      en: 'Claims on a document number: which account claims it, which one has it, where that stands, and when each step was',
    },
    purpose: {
      zh: '弄清一个证件号码是谁的，通知双方，能撤销',
      en: 'To settle whose a document number is, tell both sides, and undo it',
    },
  },
  consent: {
    what: {
      zh: '您的同意：哪一项、说明的版本、同意和撤回的时间，业务系统认您的编号',
      en: 'Your consents: to what, to which version of the text, when given and withdrawn; your identifiers at services',
    },
    purpose: { zh: '证明处理信息得到了您的同意', en: 'To prove that you agreed' },
    basis: { zh: '《个人信息保护法》第十四条、第二十九条', en: 'PIPL, art. 14 and 29' },
  },
  guardian_consent: {
    what: {
      zh: '监护人为未满 14 周岁的孩子作的同意：谁同意、是孩子的什么人、孩子的证件和姓名、说明的版本、同意和结束的时间；没有同意的，也是这些',
      en: 'A guardian’s consent for a child under 14: whose, the relation, the child’s document and name, the version of the notice, when given and ended; the same of a refusal',
    },
    purpose: {
      zh: '证明处理孩子的信息得到了监护人的同意；一直没有用的，7 天后删除',
      en: 'To prove that a guardian agreed; one that is never used is deleted after 7 days',
    },
    basis: { zh: '《个人信息保护法》第三十一条', en: 'PIPL, art. 31' },
  },
  photo_check: {
    what: {
      zh: '图像校对：您的答复和评价、时间',
      en: 'Photo checks: your answer and rating, and when',
    },
    purpose: {
      zh: '答复一次有效，学校可以重新开放',
      en: 'One answer counts, until the school opens the check again',
    },
  },
  window_ticket: {
    what: {
      zh: '登记窗口的核对凭条：为哪一项核验、在哪个窗口、结果和原因、时间',
      en: 'Tickets for a registration window: for which check, at which window, what came of it and why, and when',
    },
    purpose: {
      zh: '由窗口工作人员当面核对本人和证件',
      en: 'To have a clerk compare the person with the card',
    },
    since: { zh: '凭条到期', en: 'the end of the ticket' },
    basis: logBasis,
  },
  authorisation: {
    what: {
      zh: '企业登记注册的授权：用于哪些事项、到哪一天、用了几次',
      en: 'Authorisations of registration offices: for what, until which day, how often used',
    },
    purpose: {
      zh: '登记机关询问时，只在您授权的范围内答“是”',
      en: 'To answer an office with yes only where you have authorised it',
    },
  },
  office_question: {
    what: {
      zh: '登记机关的询问和我们的答复，业务系统得到哪几项信息、时间',
      en: 'Questions of registration offices, our answers, and what services received',
    },
    purpose: {
      zh: '让您看到谁问过',
      en: 'So that you see who asked',
    },
    since: { zh: '询问', en: 'the question' },
  },
  matter: {
    what: {
      zh: '登记机关请您确认的事项：哪个机关、哪家企业、以什么身份、什么事项、您的答复、证明是本人的方式、时间',
      en: 'Matters that registration offices ask you to confirm: which office, company, role and matter, your answer, how you proved that it was you, and when',
    },
    purpose: {
      zh: '由您本人逐项同意或者不同意，并给登记机关一个回执',
      en: 'So that you answer each matter yourself, and the office gets a receipt',
    },
    since: { zh: '登记机关提出', en: 'the question of the office' },
  },
  vouch: {
    what: {
      zh: '同学协助：您填写的同学姓名、同学和您本人的手机号码，谁协助了谁，时间和结果；解决证件号码重复的请求处理以前，还有学籍里的学校、班级和入学日期',
      en: 'Help by a classmate: the classmate’s name and the mobile numbers that were typed, who helped whom, when, and what came of it; of a request that waits in a claim on a number, also school, class and day of enrolment',
    },
    purpose: {
      zh: '由同学确认您是谁；防止买卖和冒名协助',
      en: 'To have a classmate confirm who you are, and to keep that from being bought or forged',
    },
  },
  handover: {
    what: {
      zh: '征兵机关代为登记：姓名、证件号码、初始密码的校验值（不能还原），哪个机关、什么时间',
      en: 'Help by an agency: name and document number, a check value of the first password, which cannot be restored, which agency, and when',
    },
    purpose: {
      zh: '让没有手机号码的人开通账号、找回密码；用过的随账号删除',
      en: 'So that people without a mobile number get an account, or back into it; one that was used is deleted with the account',
    },
    since: { zh: '没有用过的初始密码失效', en: 'a first password that nobody used expires' },
  },
  ticket: {
    what: {
      zh: '没有登录时提交的咨询和单位的申请函：内容、姓名、证件号码、手机号码、邮箱、客服的答复',
      en: 'Questions sent without signing in, and letters of organisations: text, name, document number, mobile number, email, and the answers',
    },
    purpose: { zh: '答复您，让您查到答复', en: 'To answer you, and show you the answer' },
    since: { zh: '咨询或者申请结束', en: 'the question or letter was closed' },
  },
  correction: {
    what: {
      zh: '客服替您更正的内容：更正前后、核对过的证明',
      en: 'Corrections by the help desk: before, after, and the evidence that was seen',
    },
    purpose: {
      zh: '更正有误的信息，由第二个人复核',
      en: 'To correct what is wrong, with a second person',
    },
    basis: { zh: '《个人信息保护法》第四十六条', en: 'PIPL, art. 46' },
  },
  cancellation: {
    what: {
      zh: '注销申请：申请和到期的时间',
      en: 'A request to close the account: when, and when due',
    },
    purpose: {
      zh: '到期删除账号，之前可以取消',
      en: 'To delete the account when due, unless stopped',
    },
    basis: { zh: '《个人信息保护法》第四十七条', en: 'PIPL, art. 47' },
  },
  registration: {
    what: {
      zh: '没有完成的注册里填的内容，为它所做核验的时间和结果',
      en: 'What you filled in for a registration that is not finished, and time and result of the checks that were made for it',
    },
    purpose: { zh: '中途离开，回来可以接着填', en: 'So that you can go on where you left' },
    since: {
      zh: '开始填写或者最后一次核验满 24 小时，取了登记窗口凭条的，凭条到期满 24 小时，发出的验证码也都失效',
      en: '24 hours after you began or were last checked, or after the end of a ticket for a window, and not before the last code for it expires',
    },
  },
  recovery: {
    what: {
      zh: '没有完成的密码重置，和为它填的用户名',
      en: 'A password reset that is not finished, and the user name that was typed for it',
    },
    purpose: { zh: '记住已经核对过的账号', en: 'To remember which account it is for' },
    since: {
      zh: '开始满 30 分钟、发出的验证码也都失效',
      en: '30 minutes after you began, and not before the last code for it expires',
    },
  },
  ministry_visit: {
    what: {
      zh: '没有完成的教育部账号登录，和教育部账号告诉我们的姓名、手机号码、邮箱',
      en: 'A sign-in with a Ministry account that is not finished, and the name, mobile and email that the Ministry told us',
    },
    purpose: {
      zh: '填写注册信息，关联账号',
      en: 'To fill in a registration, or link your account',
    },
    since: { zh: '登录后满 30 分钟', en: '30 minutes after you signed in there' },
  },
  challenge: {
    what: {
      zh: '验证码、链接、凭证的校验值（不能还原）',
      en: 'Check values of codes, links and tickets, which cannot be restored',
    },
    purpose: {
      zh: '核对您填的验证码或打开的链接',
      en: 'To check the code you type or the link you open',
    },
    since: { zh: '失效', en: 'it expires' },
  },
  outbox: {
    what: {
      zh: '发给您的短信和邮件（号码、地址、内容）',
      en: 'Messages to you: number or address, and text',
    },
    purpose: { zh: '送到您手里，只送一次', en: 'To deliver each of them once' },
    since: { zh: '发出或失效', en: 'it was sent or expires' },
  },
  allowance: {
    what: {
      zh: '次数记录：账号编号，或号码、邮箱、网络地址的校验值（不能还原）；面部照片的防重放编码只保存 30 天',
      en: 'Counts: the account’s id, or check values of numbers, email and network addresses, which cannot be restored; codes of pictures of faces against replay for 30 days only',
    },
    purpose: { zh: '防止冒用和滥发验证码', en: 'To stop guessing, and floods of codes' },
    since: { zh: '记录', en: 'it was counted' },
    basis: logBasis,
  },
  puzzle: {
    what: {
      zh: '拼图验证的答案、浏览器的随机编号',
      en: 'The answer to a puzzle, and the browser’s random id',
    },
    purpose: { zh: '分辨人和程序', en: 'To tell people from programs' },
    since: { zh: '拼图过期', en: 'the puzzle expires' },
  },
  wechat_scene: {
    what: {
      zh: '微信二维码：为谁画的，扫码的微信标识',
      en: 'WeChat QR codes: for whom they were drawn, and the identifier of who scanned them',
    },
    purpose: {
      zh: '把扫码的人和打开页面的人对上',
      en: 'To join who scans with who opened the page',
    },
    since: { zh: '二维码过期', en: 'the code expires' },
  },
  wechat_push: {
    what: { zh: '在微信里给您的回复', en: 'What we answered in WeChat' },
    purpose: { zh: '微信重复通知时，回复相同', en: 'To answer the same when WeChat asks again' },
    since: { zh: '回复', en: 'the answer' },
  },
  photo: {
    what: {
      zh: '人工审核的证件照片和手持照片',
      en: 'Photos of the document and its holder for a manual review',
    },
    purpose: { zh: '审核您的身份', en: 'To review who you are' },
    since: { zh: '审核结束、不再需要', en: 'the review is over and needs them no more' },
    basis: { zh: '《个人信息保护法》第十九条', en: 'PIPL, art. 19' },
  },
  staff: {
    what: {
      zh: '工作人员的账号：姓名、工作邮箱、登录凭证',
      en: 'Accounts of the staff: name, work email, means to sign in',
    },
    purpose: { zh: '只让有权的人办理审核', en: 'To let only those review who may' },
  },
  organisation: {
    what: {
      zh: '单位的账号：名称、统一社会信用代码、联系人及其手机号码和邮箱、联系人同意的时间、密码的校验值',
      en: 'Accounts of organisations: name, unified social credit code, contact person with mobile number and email, when that person agreed, a check value of the password',
    },
    purpose: {
      zh: '让单位登录，和单位联系；注销时连同申请函删除，申请函同意后没有按时设置密码的也删除',
      en: 'To let organisations sign in, and reach them; deleted with their letters when they are closed, and where no password was set in time after a letter was approved',
    },
  },
  organisation_session: {
    what: { zh: '单位的登录记录', en: 'Sign-ins of organisations' },
    purpose: { zh: '查到什么时间登录过', en: 'To see who was signed in when' },
    since: { zh: '最近一次使用', en: 'the last use' },
    basis: logBasis,
  },
  staff_session: {
    what: { zh: '工作人员的登录记录', en: 'Sign-ins of the staff' },
    purpose: { zh: '查到谁在什么时间登录过', en: 'To see who was signed in when' },
    since: { zh: '最近一次使用', en: 'the last use' },
    basis: logBasis,
  },
  retention_receipt: {
    what: {
      zh: '删除记录：哪一类、哪一天、多少条（不含内容）',
      en: 'What was deleted: kind, day and number of rows',
    },
    purpose: { zh: '证明按期删除了', en: 'To prove that it was deleted in time' },
    since: { zh: '删除', en: 'the deletion' },
    basis: {
      zh: '《个人信息保护法》第五十六条：处理记录至少三年',
      en: 'PIPL, art. 56: records of processing, three years at least',
    },
  },
};
