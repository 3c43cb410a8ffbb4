import type { CaseFlag, CaseStage, CaseStatus } from '@shiming/domain';

export const zh = {
  stages: {
    first: '初审',
    second: '复审',
    senior: '终审',
  } satisfies Record<CaseStage, string>,
  statuses: {
    draft: '草稿',
    waiting: '待审',
    deciding: '已决定，还能撤销',
    returned: '已退回修改',
    approved: '已通过',
    rejected: '不通过',
    withdrawn: '已撤回',
    expired: '已过期',
  } satisfies Record<CaseStatus, string>,
  dueIn: (days: number) => `还有 ${days} 个工作日`,
  dueToday: '今天到期',
  overdue: '已超期',
  flags: {
    name_changed: '姓名和账号上的不同',
    validity_changed: '有效期和账号上的不同',
    unusual_term: '期限和发证年龄不常见',
    authority_mismatched: '权威数据：不一致',
    authority_no_record: '权威数据：没有查到',
    photo_reused: '同样的照片也在别人的申请里',
    permit_reused: '同一通行证号码已核验过别的账号',
    face_doubtful: '有人认为不像本人',
    face_doubted_before: '以前有人认为不像本人',
    frees_number: '释放证件号码',
    organisation_known: '单位已有账号，同意后由来函人使用',
    organisation_code_unusual: '信用代码的类别或组织机构代码不常见',
    takes_number: '证件号码归申请人',
  } satisfies Record<CaseFlag, string>,
};
