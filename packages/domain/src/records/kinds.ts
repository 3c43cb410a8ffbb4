/** The authorities that hold what a person has achieved. */
export const recordAuthorities = [
  'student_record',
  'examination',
  'putonghua',
  'degree',
  'certificate',
] as const;
export type RecordAuthorityId = (typeof recordAuthorities)[number];

/** How the value of a field is written: a date is `YYYY-MM-DD`. */
type FieldForm = 'text' | 'date';

/** Everything that a record can say. Its words are in the copy tables. */
export const recordFields = {
  name: 'text',
  sex: 'text',
  birthDate: 'date',
  ethnicity: 'text',
  documentNumber: 'text',
  school: 'text',
  schoolCode: 'text',
  branch: 'text',
  department: 'text',
  class: 'text',
  level: 'text',
  subject: 'text',
  lengthYears: 'text',
  category: 'text',
  studyForm: 'text',
  studentNumber: 'text',
  examineeNumber: 'text',
  batch: 'text',
  region: 'text',
  admittedOn: 'date',
  enrolledOn: 'date',
  expectedGraduationOn: 'date',
  graduatedOn: 'date',
  conclusion: 'text',
  degree: 'text',
  status: 'text',
  lender: 'text',
  loanKind: 'text',
  academicYear: 'text',
  amount: 'text',
  dueOn: 'date',
  stage: 'text',
  result: 'text',
  score: 'text',
  testedOn: 'date',
  organisation: 'text',
  qualification: 'text',
  certificateNumber: 'text',
  issuedBy: 'text',
  issuedOn: 'date',
  validUntil: 'date',
  opensOn: 'date',
  closesOn: 'date',
} as const satisfies Record<string, FieldForm>;
export type RecordField = keyof typeof recordFields;

type KindOfRecord = {
  authority: RecordAuthorityId;
  /** What a record of the kind says, in the order in which pages show it. */
  fields: readonly RecordField[];
};

/** S-REC-01a, T-PRO-07: the kinds of records. A portal says which of them it shows. */
export const recordKinds = {
  /** 学籍. */
  enrolment: {
    authority: 'student_record',
    fields: [
      'name',
      'sex',
      'birthDate',
      'ethnicity',
      'documentNumber',
      'school',
      'level',
      'subject',
      'lengthYears',
      'category',
      'studyForm',
      'branch',
      'department',
      'class',
      'studentNumber',
      'examineeNumber',
      'enrolledOn',
      'status',
      'expectedGraduationOn',
    ],
  },
  /** 学历. */
  qualification: {
    authority: 'student_record',
    fields: [
      'name',
      'sex',
      'birthDate',
      'school',
      'level',
      'subject',
      'lengthYears',
      'category',
      'studyForm',
      'enrolledOn',
      'graduatedOn',
      'conclusion',
      'certificateNumber',
    ],
  },
  /** 招生录取. */
  admission: {
    authority: 'student_record',
    fields: [
      'name',
      'examineeNumber',
      'region',
      'batch',
      'school',
      'level',
      'subject',
      'admittedOn',
    ],
  },
  /** 助学贷款. */
  student_loan: {
    authority: 'student_record',
    fields: ['loanKind', 'lender', 'school', 'academicYear', 'amount', 'status', 'dueOn'],
  },
  /** 图像校对: what the diploma will say, with the photos, and from when until when the person checks it (S-REC-02a). */
  photo_check: {
    authority: 'student_record',
    fields: [
      'name',
      'documentNumber',
      'school',
      'schoolCode',
      'studentNumber',
      'expectedGraduationOn',
      'opensOn',
      'closesOn',
    ],
  },
  teacher_examination: {
    authority: 'examination',
    fields: ['stage', 'subject', 'testedOn', 'result', 'certificateNumber', 'validUntil'],
  },
  putonghua: {
    authority: 'putonghua',
    fields: ['level', 'score', 'testedOn', 'organisation', 'certificateNumber'],
  },
  degree: {
    authority: 'degree',
    fields: ['degree', 'subject', 'school', 'issuedOn', 'certificateNumber'],
  },
  teacher_certificate: {
    authority: 'certificate',
    fields: ['qualification', 'subject', 'issuedBy', 'issuedOn', 'certificateNumber'],
  },
} as const satisfies Record<string, KindOfRecord>;
export type RecordKind = keyof typeof recordKinds;
export const recordKindIds = Object.keys(recordKinds) as readonly RecordKind[];
