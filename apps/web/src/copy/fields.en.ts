import type { ApplicantFieldCode } from './failures.ts';

export const en: Record<ApplicantFieldCode, string> = {
  'classmate.name':
    'That is not the name. Enter the full name of this classmate; if you do not know them, do not help',
  'code.missing': 'Enter the code',
  'code.format': 'The code has 6 digits',
  'consent.missing': 'Tick the box to agree and go on',
  'relation.missing': 'Choose how you are related to the child',
  'agreement.missing': 'Tick the box to agree to the registration agreement',
  'authorisation_purpose.missing': 'Select at least one matter',
  'matter_answer.missing': 'Select whether you agree',
  'authorisation_day.missing': 'Enter the last day',
  'authorisation_day.range': 'The last day is today or later, and at most a year from today',
  'authorisation_count.range': 'Enter a number from 2 to 20',
  'dispute_field.missing': 'Select what is wrong',
  'dispute_value.missing': 'Enter what is right',
  'ticket_topic.missing': 'Select what it is about',
  'ticket_text.missing': 'Say what happened, in four characters at least',
  'review_reason.missing': 'Say why you ask for a review',
  'review_channel.missing': 'Select how you want to get the result',
  'text.too_long': 'The text is too long; shorten it',
  'input.shape': 'This answer is not complete; enter it again',
};
