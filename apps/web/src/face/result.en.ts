import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './result.zh.ts';

export const en: Translated<typeof zh> = {
  titles: {
    matched: 'It is you',
    not_same: 'The face does not match',
    suspected_fake: 'The face does not match',
    name_mismatch: 'Name and number do not belong together',
    no_record: 'You were not found on record',
    no_photo: 'Please go to a registration window',
    picture: 'The picture is not good enough',
    refused_input: 'The service would not look',
    unavailable: 'The service did not answer',
    refused: 'You are not signed in',
  },
  texts: {
    matched: 'You are at level 4 now, and all services are open to you.',
    not_same:
      'The picture does not look like the person in the photo on record. The two may be too different, or it may be somebody else. Take off hats, masks and dark glasses, look straight at the camera in good light and try again. If it still fails, use the way below.',
    suspected_fake:
      'The service believes that the picture does not show a live person. Please use the way below; within an hour, another try gets the same answer.',
    name_mismatch:
      'On record, the name and the document number are not of one person. Check both; if they are right, use the way below.',
    no_record:
      'The number is not on record. This is common after a card was renewed or a registered residence moved. Please use the way below.',
    no_photo:
      'There is no photo of you on record that could be compared, so your face cannot be checked. This is not your fault. Please bring your identity card to a registration window.',
    picture: 'The picture was not compared.',
    refused_input:
      'Your name may have a character that the service cannot read. Please use the way below.',
    unavailable:
      'This is not your fault, and no picture was kept. Try again in a few minutes, or use another way.',
    refused:
      'The number may have no account, the face may not be of the person on record, name and number may not belong together, there may be no photo on record, or the picture taken may not be clear enough. To protect accounts, this page does not say which.',
  },
  faults: {
    no_face: 'No face is seen in the picture. Look at the camera in a brighter place.',
    several_faces: 'There are several people in the picture. Only you should be.',
    cut_off: 'Your face is cut off. Move back until it fits into the oval.',
    covered: 'Your face is covered. Take off hats, masks and dark glasses, and brush hair aside.',
    poor: 'The picture is too dark, blurred or small. Hold still in good light; with a weak camera, use another phone.',
    turned: 'Your face is turned or tilted. Hold it straight.',
    too_close: 'You are too close to the camera. Move back a little.',
    too_far: 'You are too far from the camera. Come a little closer.',
    format: 'The service cannot read the picture. Take it again.',
    not_done:
      'The action that was asked for is not seen. Read what is asked, turn further or come closer, and take the picture then.',
    other_person: 'The pictures do not seem to show one person. Take all of them yourself.',
  },
  counted: (left, resumes) =>
    left === 0
      ? `This counts as one try. None are left today; you can try again after ${resumes}.`
      : `This counts as one try, ${left} left today.`,
  notCounted: (left) => `This does not count, ${left} left today.`,
  remembered: 'This was found a short while ago; it was not asked again, and it does not count.',
  triesLeft: (left) => `${left} ${left === 1 ? 'try' : 'tries'} left.`,
  again: 'Try again',
  toLevels: 'See my level',
};
