import { isPhotoSide, photoSides } from './photo-sides.ts';
import type { Bilingual } from '../portals/index.ts';

/**
 * What of a request a reason is about. Photos, name and validity are corrected in the request itself, `profile` at
 * the profile page; `number` can not be corrected at all (T-REG-16).
 */
export const caseItems = [...photoSides, 'name', 'validity', 'profile', 'number'] as const;
export type CaseItem = (typeof caseItems)[number];

/** Why a request was rejected, or sent back. The code is what is counted, filtered by and translated. */
export const reasonCodes = [
  'photo_unclear',
  'photo_glare',
  'photo_rotated',
  'photo_mirrored',
  'photo_cropped',
  'photo_covered',
  'photo_wrong_side',
  'photo_wrong_document',
  'photo_copy',
  'photo_edited',
  'document_expired',
  'holding_face_unclear',
  'holding_text_unclear',
  'holding_other_person',
  'name_mismatch',
  'validity_mismatch',
  'ethnicity_mismatch',
  'sex_mismatch',
  'birth_date_mismatch',
  'local_number_mismatch',
  'travel_permit_number_mismatch',
  'number_mismatch',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** A region of a photo as it is seen upright, in fractions of its width and height from the upper left corner. */
export type PhotoMark = { x: number; y: number; width: number; height: number };

/** A reason as a reviewer gives it. `note` is a sentence of the reviewer's for the applicant; never alone. */
export type CaseReason = {
  code: ReasonCode;
  item: CaseItem;
  mark: PhotoMark | null;
  note: string | null;
};

/** Longest note, in code points. */
export const reasonNoteMaxLength = 200;

type Reason = { items: readonly CaseItem[]; wrong: Bilingual; toDo: Bilingual };

const correctProfile: Bilingual = {
  zh: '请先到“个人身份信息”改正，再重新提交。',
  en: 'Correct it under personal information first, then submit again.',
};

const reasons: Record<ReasonCode, Reason> = {
  photo_unclear: {
    items: photoSides,
    wrong: { zh: '不清晰，文字无法辨认', en: 'is not sharp: the text cannot be read' },
    toDo: {
      zh: '请在光线充足处拿稳手机，对焦后重新拍摄。',
      en: 'Take it again in good light, holding the phone still until it is in focus.',
    },
  },
  photo_glare: {
    items: photoSides,
    wrong: { zh: '有反光，遮住了部分内容', en: 'has glare that hides part of it' },
    toDo: {
      zh: '请关闭闪光灯，换个角度避开反光，重新拍摄。',
      en: 'Turn the flash off, change the angle and take it again.',
    },
  },
  photo_rotated: {
    items: photoSides,
    wrong: { zh: '方向不正', en: 'is not upright' },
    toDo: {
      zh: '请在预览中把照片转正，再上传。',
      en: 'Turn it upright in the preview and upload it again.',
    },
  },
  photo_mirrored: {
    items: photoSides,
    wrong: { zh: '是镜像，文字左右相反', en: 'is mirrored: the text runs backwards' },
    toDo: {
      zh: '请用后置摄像头拍摄，或关闭自拍镜像后重拍。',
      en: 'Use the rear camera, or turn selfie mirroring off, and take it again.',
    },
  },
  photo_cropped: {
    items: photoSides,
    wrong: { zh: '没有拍全', en: 'does not show the whole document' },
    toDo: {
      zh: '请让证件四角都在画面内，重新拍摄。',
      en: 'Take it again with all four corners in the picture.',
    },
  },
  photo_covered: {
    items: photoSides,
    wrong: { zh: '有内容被遮挡', en: 'has parts that are covered' },
    toDo: {
      zh: '请不要用手指或卡套遮住文字和头像，重新拍摄。',
      en: 'Keep fingers and sleeves off the text and the portrait, and take it again.',
    },
  },
  photo_wrong_side: {
    items: photoSides,
    wrong: { zh: '传错了一面', en: 'shows another side' },
    toDo: {
      zh: '请对照示例，上传这一面。',
      en: 'Compare it with the sample and upload this side.',
    },
  },
  photo_wrong_document: {
    items: photoSides,
    wrong: { zh: '不是注册时所选的证件', en: 'shows a document other than the one registered' },
    toDo: {
      zh: '请上传注册时所选证件的照片。',
      en: 'Upload a photo of the document that you registered with.',
    },
  },
  photo_copy: {
    items: photoSides,
    wrong: { zh: '是复印件或对屏幕的翻拍', en: 'shows a copy or a screen' },
    toDo: { zh: '请直接拍摄证件原件。', en: 'Take a photo of the original document itself.' },
  },
  photo_edited: {
    items: photoSides,
    wrong: { zh: '有修改痕迹', en: 'shows signs of editing' },
    toDo: {
      zh: '请上传未经修改的原图，不要使用美颜和滤镜。',
      en: 'Upload the photo as taken, without filters or retouching.',
    },
  },
  document_expired: {
    items: ['a', 'b', 'validity'],
    wrong: { zh: '上的证件已过有效期', en: 'shows that the document has expired' },
    toDo: {
      zh: '请换领新证后，用新证提交。',
      en: 'Have the document renewed, and submit the new one.',
    },
  },
  holding_face_unclear: {
    items: ['holding'],
    wrong: { zh: '看不清面部', en: 'does not show the face clearly' },
    toDo: {
      zh: '请摘下口罩、帽子和墨镜，正对镜头重新拍摄。',
      en: 'Take off mask, hat and sunglasses, face the camera and take it again.',
    },
  },
  holding_text_unclear: {
    items: ['holding'],
    wrong: {
      zh: '看不清手中证件上的文字',
      en: 'does not show the text of the document in your hand',
    },
    toDo: {
      zh: '请把证件拿近镜头，文字清楚后重新拍摄。',
      en: 'Hold the document closer to the camera until its text is sharp, and take it again.',
    },
  },
  holding_other_person: {
    items: ['holding'],
    wrong: { zh: '中的人与证件上的头像不一致', en: 'shows somebody other than the portrait' },
    toDo: {
      zh: '请由证件持有人本人手持证件拍摄。',
      en: 'The holder of the document has to hold it in the photo.',
    },
  },
  name_mismatch: {
    items: ['name'],
    wrong: { zh: '与证件上的不一致', en: 'is not as on the document' },
    toDo: { zh: '请按证件逐字填写。', en: 'Type it exactly as the document has it.' },
  },
  validity_mismatch: {
    items: ['validity'],
    wrong: { zh: '与证件上的不一致', en: 'is not as on the document' },
    toDo: {
      zh: '请按证件改正起始日期和有效期限。',
      en: 'Correct the start date and the term as the document has them.',
    },
  },
  ethnicity_mismatch: {
    items: ['profile'],
    wrong: { zh: '中的民族与证件上的不一致', en: 'has another ethnicity than the document' },
    toDo: correctProfile,
  },
  sex_mismatch: {
    items: ['profile'],
    wrong: { zh: '中的性别与证件上的不一致', en: 'has another sex than the document' },
    toDo: correctProfile,
  },
  birth_date_mismatch: {
    items: ['profile'],
    wrong: {
      zh: '中的出生日期与证件上的不一致',
      en: 'has another date of birth than the document',
    },
    toDo: correctProfile,
  },
  travel_permit_number_mismatch: {
    items: ['profile'],
    wrong: {
      zh: '中的通行证号码与证件上的不一致',
      en: 'has another travel permit number than the document',
    },
    toDo: correctProfile,
  },
  local_number_mismatch: {
    items: ['profile'],
    wrong: {
      zh: '中的港澳台当地身份证件号码与证件上的不一致',
      en: 'has another local identity number than the document',
    },
    toDo: correctProfile,
  },
  number_mismatch: {
    items: ['number'],
    wrong: { zh: '与证件上的不一致', en: 'is not as on the document' },
    toDo: {
      zh: '账号不能修改，请用正确的证件号码重新注册。',
      en: 'It cannot be changed: please register again with the right number.',
    },
  },
};

const itemNames: Record<CaseItem, Bilingual> = {
  a: { zh: 'A面照片', en: 'The photo of side A' },
  b: { zh: 'B面照片', en: 'The photo of side B' },
  holding: { zh: '手持证件照', en: 'The photo of you holding the document' },
  name: { zh: '姓名', en: 'The name' },
  validity: { zh: '证件有效期', en: 'The validity' },
  profile: { zh: '个人身份信息', en: 'Your personal information' },
  number: { zh: '证件号码', en: 'The document number' },
};

/** What a reason may be about. */
export const itemsOfReason = (code: ReasonCode): readonly CaseItem[] => reasons[code].items;

/** Whether an item can be corrected within the request, or while it was sent back, so that the request may be sent back for it alone. */
export const isReturnable = (item: CaseItem): boolean => item !== 'number';

/** T-REV-06: what the applicant reads of a reason: what is wrong with which item, and what to do. */
export function reasonText({ code, item }: Pick<CaseReason, 'code' | 'item'>): {
  wrong: Bilingual;
  toDo: Bilingual;
} {
  const { wrong, toDo } = reasons[code];
  const name = itemNames[item];
  return {
    wrong: { zh: `${name.zh}${wrong.zh}。`, en: `${name.en} ${wrong.en}.` },
    toDo,
  };
}

const isFraction = (value: number) => value >= 0 && value <= 1;

/** Whether a mark lies within the photo and has an area. */
export const isMark = ({ x, y, width, height }: PhotoMark): boolean =>
  [x, y, width, height].every(isFraction) &&
  width > 0 &&
  height > 0 &&
  x + width <= 1 &&
  y + height <= 1;

/**
 * Whether a reason can stand: it is about something its code goes with, a mark is on a photo, and a note is not
 * longer than it may be. Free text alone is no reason: the code is never optional.
 */
export const isReason = ({ code, item, mark, note }: CaseReason): boolean =>
  itemsOfReason(code).includes(item) &&
  (mark === null || (isPhotoSide(item) && isMark(mark))) &&
  (note === null || (note.trim() !== '' && Array.from(note).length <= reasonNoteMaxLength));
