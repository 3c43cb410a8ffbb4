import { proceduresFor, procedures } from '@shiming/api/testing';
import { expect, test } from 'vitest';
import { forPeople, routersOfStaff } from './offered.ts';

const isOffered = (path: string): boolean => {
  const [router = '', name = ''] = path.split('.');
  if ((routersOfStaff as readonly string[]).includes(router)) return false;
  const some = (forPeople as Readonly<Record<string, readonly string[]>>)[router];
  return some === undefined || some.includes(name);
};

test('X-05: the client gives what is for people and organisations, and nothing of the console', () => {
  const forOthers = ['everybody', 'applicant', 'organisation'] as const;
  const offered = forOthers.flatMap(proceduresFor).filter((path) => !path.startsWith('staff.'));
  expect(Object.keys(procedures).filter(isOffered).toSorted()).toEqual(offered.toSorted());
});
