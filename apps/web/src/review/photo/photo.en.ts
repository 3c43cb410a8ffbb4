import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './photo.zh.ts';

export const en: Translated<typeof zh> = {
  take: 'Take a photo',
  album: 'Choose from album',
  choose: 'Choose a photo',
  byPhone: 'Use my phone',
  byPhoneClose: 'Do not use my phone',
  again: 'Take it again',
  replace: 'Replace',
  replaceByAlbum: 'Replace from album',
  turn: 'Turn by 90°',
  remove: 'Remove',
  retry: 'Upload again',
  next: 'Continue',
  anySize:
    'Any size will do: it is turned upright, made smaller and uploaded without the place where it was taken.',
  preparing: 'Preparing the photo',
  sending: (percent) => `Uploading ${percent}%`,
  done: 'The photo is saved.',
  checkText:
    'Enlarge it and look: every character can be read, it is upright, and no text runs backwards.',
  mirrored:
    'In a selfie the text may run backwards, and such a photo is not approved. Turn selfie mirroring off or use the rear camera.',
  warningsTitle: 'This may cause trouble; have a look',
  warnings: {
    blurred:
      'The photo is a little blurred. Hold the phone still, focus on the text and try again.',
    glare: 'A part is very bright, perhaps glare. Turn the flash off and keep away from lamps.',
    dark: 'The photo is rather dark. Try again where there is more light.',
    small:
      'The photo is small, and small print may not be readable. Take a photo, not a screenshot.',
  },
  failedTitle: 'The photo was not uploaded.',
  unreadable: {
    empty: 'This file is empty. Choose another one.',
    heic: 'This is a HEIC photo, which this browser cannot open. Take a photo here, or set the camera format of your phone to “Most Compatible” and choose another one.',
    unreadable:
      'This file cannot be opened: it may be no photo, or damaged. Choose a JPG or PNG photo.',
  },
  refusals: {
    empty: 'This file is empty. Choose another one.',
    too_large: 'The photo is too large and could not be made smaller. Take another one.',
    not_jpeg: 'This file is no photo. Choose another one.',
    broken: 'The photo is not complete. Take another one.',
    unsupported: 'This kind of photo cannot be used. Take another one.',
    too_small:
      'The photo is too small: 480×300 pixels are the least. Take a photo, not a screenshot or a thumbnail.',
    too_many_pixels: 'The photo is too large and could not be made smaller. Take another one.',
    duplicate: 'This is the same photo as that of another task. Each one needs its own.',
  },
  stop: '.',
  notCounted: ' Nothing is counted.',
  seeSamples: 'See how it should look',
  wrongBefore: 'The last one was not approved',
  fixed: 'This photo is approved; nothing to change.',
  submitted: 'The request is submitted; photos can no longer be changed.',
};
