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
    'Any size will do: this page turns the photo upright, makes it smaller and removes the place where it was taken.',
  preparing: 'Preparing the photo',
  sending: (percent) => `Uploading ${percent}%`,
  done: 'The photo is saved.',
  checkText:
    'Enlarge it and check that it is upright, that you can read every character and that no text runs backwards.',
  mirrored:
    'Text may run backwards in a selfie, and we cannot approve such a photo. Turn selfie mirroring off or use the rear camera.',
  warningsTitle: 'Check this photo: we may not be able to approve it',
  warnings: {
    blurred:
      'The photo is a little blurred. Hold the phone still, focus on the text and try again.',
    glare:
      'Part of the photo is very bright, perhaps from glare. Turn the flash off and keep away from lamps.',
    dark: 'The photo is rather dark. Try again where there is more light.',
    small:
      'The photo is small, and small print may not be readable. Take a photo, not a screenshot.',
  },
  failedTitle: 'The photo was not uploaded.',
  unreadable: {
    empty: 'This file is empty. Choose another one.',
    heic: 'This is a HEIC photo, which this browser cannot open. Take a photo here, or set the camera format of your phone to “Most Compatible” and choose another one.',
    unreadable:
      'This file cannot be opened: it may be damaged, or not a photo. Choose a JPG or PNG photo.',
  },
  refusals: {
    empty: 'This file is empty. Choose another one.',
    too_large: 'The photo is too large and could not be made smaller. Take another one.',
    not_jpeg: 'This file is not a photo. Choose another one.',
    broken: 'The photo is not complete. Take another one.',
    unsupported: 'This kind of photo cannot be used. Take another one.',
    too_small:
      'The photo is too small: it must have at least 480×300 pixels. Take a photo, not a screenshot or a thumbnail.',
    too_many_pixels: 'The photo is too large and could not be made smaller. Take another one.',
    duplicate: 'You have used this photo for another task. Each task needs its own photo.',
  },
  stop: '.',
  notCounted: ' This does not count as a request.',
  seeSamples: 'See how it should look',
  wrongBefore: 'The last photo was not approved',
  fixed: 'This photo is approved, so you do not need to change it.',
  submitted: 'You have submitted the request, so you can no longer change photos.',
};
