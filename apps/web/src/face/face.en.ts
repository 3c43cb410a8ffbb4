import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './face.zh.ts';

export const en: Translated<typeof zh> = {
  titles: {
    level: 'Face check: from level 3 to level 4',
    sign_in: 'Sign in with your face',
    recover: 'Reset your password with your face',
    activate: 'Activate your account with your face',
    authorise: 'Confirm with your face',
  },
  leads: {
    level:
      'Confirm that it is you. A face check and a visit to a registration window come to the same.',
    sign_in: 'Sign in with your document number and your face. A password comes to the same.',
    recover:
      'After the face check, you set a new password. A code by text message comes to the same.',
    activate:
      'Activate an account from a provincial platform. A face check and a visit to a registration window come to the same.',
    authorise: 'Confirm that it is you who answers. Your password with a code comes to the same.',
  },
  othersTitle: 'Without your face',
  others: {
    window:
      'Bring your identity card to a registration window, where a clerk compares you with it.',
    password: 'Sign in with your document number and password.',
    code: 'Get a code on your mobile and set a new password.',
    answer: 'Answer with your password and a code by text message.',
  },
  toOthers: {
    window: 'Go to a window',
    password: 'Use my password',
    code: 'Use a text message',
    answer: 'Use password and code',
  },
  byFaceTitle: 'With your face',
  byFace:
    'Take a few pictures here, which are compared with the photo that the police have on record.',
  noticeTitle: 'Before you show your face',
  notice: {
    handler: 'Who handles it',
    purpose: 'What for',
    way: 'How',
    receiver: 'Who receives it',
    kept: 'How long it is kept',
    effect: 'Why, and what it means for you',
    rights: 'Your rights',
  },
  purposes: {
    level: 'To confirm that it is you, and raise your level from 3 to 4.',
    sign_in: 'To confirm that it is you, and sign you in.',
    recover: 'To confirm that it is you, and let you set a new password.',
    activate: 'To confirm that it is you, and activate your account.',
    authorise: 'To confirm that it is you who answers the registration office in this matter.',
  },
  way: 'The camera is on only while you take the pictures: one straight ahead and two with an action. They are sent only when you have looked at them and press the button. The hints about your position are worked out on your device.',
  receiver: (name) =>
    `The pictures go to ${name}, which looks whether the actions were done on the spot, and compares the one straight ahead with your name and document number. They are used for nothing else.`,
  kept: (span) =>
    `The pictures are in memory only and are gone with the result; they are not stored. What stays is the result, the similarity, the time and the number of the request; and a code of each picture against replay, which cannot be turned back into a picture and is deleted after ${span}.`,
  effect:
    'Your face is sensitive personal information. It lets you confirm online that it is you. The comparison can be wrong about you; a window can put that right, and nothing else is affected.',
  rights:
    'You may say no and use the way above. After you have agreed, you can withdraw at any time under “My data”; a level that you have reached stays.',
  handler: (name) => `${name}. For contact details, see the `,
  privacy: 'privacy notice',
  agree: (name) =>
    `I have read this. I separately agree that my face is processed and that the pictures go to ${name} to be compared`,
  number: 'Document number',
  numberHint: 'The number of the identity card you registered with.',
  start: 'Turn on the camera',
  left: (left, perDay) => `You have ${perDay} tries a day, ${left} left today.`,
  usedUp: (resumes) =>
    `Your face checks for today are used up. Try again after ${resumes}, or use the way above.`,
  obstacles: {
    not_offered: 'The face check is not available now. Please use the way below.',
    under_age: 'The face check is not for children under 14. Please use the way below.',
    level_first: 'Verify your identity first: the face check raises level 3 to level 4.',
    reached: 'You have reached level 4 already.',
  },
  toVerification: 'Verify my identity',
  toLevels: 'See my level',
  over: 'The time for this check is over, and no picture was sent. Please start again.',
  begunAgain:
    'This check can no longer be used; you may have begun another one on another page. Nothing was compared. Please take the pictures again.',
  repeated: 'A picture was sent before, or two of them are the same. Please take them again.',
};
