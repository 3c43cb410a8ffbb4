import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './roles.zh.ts';

export const en: Translated<typeof zh> = {
  legal_representative: 'Legal representative',
  shareholder: 'Shareholder (investor)',
  director: 'Director',
  supervisor: 'Supervisor',
  senior_manager: 'Senior manager',
  liaison: 'Liaison',
  agent: 'Agent',
};
