import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './permit.zh.ts';

export const en: Translated<typeof zh> = {
  permitCheck:
    'Before you use a service, we check your name and travel permit number online, or our staff check them; we do not check the number of the residence permit. Make sure that both are as on the travel permit.',
  hints: {
    travelPermitNumber: {
      hong_kong:
        'At ① in the picture: H and 8 digits. Leave out the two digits of the renewal count.',
      macao: 'At ① in the picture: M and 8 digits. Leave out the two digits of the renewal count.',
      taiwan: 'At ③ in the picture: 8 digits. Leave out the two digits of the renewal count.',
    },
    localDocumentNumber: {
      hong_kong:
        'At ② in the picture: Hong Kong identity card, such as A123456(3). Brackets are optional.',
      macao: 'At ② in the picture: Macao identity card, 8 digits. Brackets are optional.',
      taiwan: 'At ④ in the picture: Taiwan identity card, one letter and 9 digits.',
    },
  },
  picture:
    'Sketch: the travel permit number is at the bottom of the side with the photo, the local document number on the back',
  front: 'Side with the photo',
  back: 'Back',
  permitNames: {
    hong_kong: 'Mainland travel permit (Hong Kong and Macao)',
    macao: 'Mainland travel permit (Hong Kong and Macao)',
    taiwan: 'Mainland travel permit (Taiwan)',
  },
  legend: (permit, local) => `${permit} Travel permit number  ${local} Local document number`,
};
