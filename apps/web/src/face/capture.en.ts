import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './capture.zh.ts';

export const en: Translated<typeof zh> = {
  flow: 'Face check',
  within: (span) =>
    `Take and send the pictures within ${span}. The hints are worked out on your device.`,
  picture: 'Camera picture',
  front: 'Look straight ahead',
  frontText: 'Fit your face into the oval, look at the camera and press “Take picture”.',
  actions: {
    turn_left: 'Turn your head left',
    turn_right: 'Turn your head right',
    blink: 'Close your eyes for a moment',
    come_closer: 'Come closer',
  },
  actionTexts: {
    turn_left:
      'Slowly turn your head to your left. The picture takes itself; if it does not, press “Take picture”.',
    turn_right:
      'Slowly turn your head to your right. The picture takes itself; if it does not, press “Take picture”.',
    blink:
      'Look at the camera, close your eyes and open them again. The picture takes itself; if it does not, press “Take picture”.',
    come_closer:
      'Slowly move your face closer to the camera. The picture takes itself; if it does not, press “Take picture”.',
  },
  atStep: (at, of, what) => `Picture ${at} of ${of}: ${what}`,
  hints: {
    no_face: 'No face is seen: look at the camera',
    several_faces: 'Several people are in the picture: only you should be',
    too_far: 'Too far away: come a little closer',
    too_close: 'Too close: move back a little',
    off_centre: 'Move your face to the middle of the oval',
    tilted: 'Your head is tilted: hold it upright',
    turned: 'Look straight at the camera',
    dark: 'Too dark: find a brighter place',
    bright: 'Too bright: avoid strong light',
    good: 'This is good: press “Take picture”',
  },
  shoot: 'Take picture',
  starting: 'The camera is starting: choose “Allow” when your browser asks',
  paused: 'You left this page, so the camera was turned off.',
  goOn: 'Turn the camera on again',
  troubles: {
    refused:
      'The camera was not allowed. Allow it in the site settings beside the address bar and try again, or use the camera app of your device.',
    absent:
      'No camera was found. Connect one and try again, use another device, or use a picture from the camera app.',
    busy: 'The camera does not open; another app is probably using it. Close that app and try again, or use the camera app of your device.',
    unplugged:
      'The camera was disconnected or taken by another app. Try again once it is back, or use the camera app of your device.',
    unsupported:
      'This browser does not let pages use the camera. Take the picture with the camera app of your device and choose “Use photo”.',
  },
  inWeChat:
    'In WeChat, you can also press “…” at the top right, choose “Open in browser” and start again.',
  again: 'Try again',
  byFile: 'Use the camera app',
  fileText: 'Take a new picture with the front camera; do not choose an old one.',
  unreadable: 'This file is not a picture that can be used. Take it again.',
  checkTitle: 'Look at the pictures',
  checkText:
    'Your face should be clear, whole and alone. This is how the pictures will be sent: unlike a mirror, left and right are not swapped.',
  photoOf: (what) => `Picture: ${what}`,
  submit: 'Send for the check',
  retake: 'Take them again',
  stop: 'Use another way instead',
};
