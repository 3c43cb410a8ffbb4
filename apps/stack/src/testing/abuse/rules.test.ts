import { capabilities, type Capability, portals } from '@shiming/domain';
import { describe, expect, test } from 'vitest';
import { changesOf, codeIn, leaksIn, refusalFor, type Rights } from './rules.ts';

const [portal] = portals;
if (portal === undefined) throw new Error('there is no portal');
const nobody: Rights = { portal, isApplicant: false, isOrganisation: false, role: null };
const applicant = { ...nobody, isApplicant: true };
const of = (access: 'everybody' | 'applicant' | 'organisation' | 'staff' | 'staff.manage') => ({
  access,
  at: undefined,
});

const row = (name: string) => JSON.stringify({ id: 'a', name });

describe('what the matrix of rights expects', () => {
  test('follows from what a procedure declares and what a caller holds', () => {
    expect(refusalFor(of('everybody'), nobody)).toBeNull();
    expect(refusalFor(of('applicant'), applicant)).toBeNull();
    expect(refusalFor(of('applicant'), nobody)?.code).toBe('session.required');
    expect(refusalFor(of('organisation'), applicant)?.code).toBe('organisation.session_required');
    expect(refusalFor(of('organisation'), { ...nobody, isOrganisation: true })).toBeNull();
    expect(refusalFor(of('staff'), applicant)?.code).toBe('staff.session_required');
    expect(refusalFor(of('staff'), { ...nobody, role: 'auditor' })).toBeNull();
    const manage = of('staff.manage');
    expect(refusalFor(manage, nobody)?.status).toBe(401);
    expect(refusalFor(manage, { ...nobody, role: 'auditor' })?.code).toBe('staff.forbidden');
    expect(refusalFor(manage, { ...nobody, role: 'administrator' })).toBeNull();
  });

  test('is nothing at a portal that does not offer the procedure, and a stranger learns that of no signed-in one', () => {
    const all = Object.keys(capabilities) as Capability[];
    const at = all.find((each) => !capabilities[each](portal));
    expect(refusalFor({ access: 'everybody', at }, nobody)?.code).toBe('request.not_found');
    expect(refusalFor({ access: 'applicant', at }, applicant)?.code).toBe('request.not_found');
    expect(refusalFor({ access: 'applicant', at }, nobody)?.code).toBe('session.required');
  });
});

describe('a leak that is planted is found', () => {
  const marks = new Map([
    ['session-of-b', 'session.id'],
    ['沈二川', 'name'],
  ]);

  test('in an answer, unless the request brought it', () => {
    const answer = '{"result":{"data":{"by":"沈二川","id":"session-of-b"}}}';
    expect(leaksIn(answer, '/trpc/x', marks)).toEqual(['session.id', 'name']);
    expect(leaksIn(answer, '/trpc/x {"id":"session-of-b"}', marks)).toEqual(['name']);
    expect(leaksIn('{"result":{"data":null}}', '/trpc/x', marks)).toEqual([]);
  });

  test('in a row that changed, went or stayed', () => {
    const before = new Map([
      ['account#1', row('x')],
      ['account#2', row('x')],
      ['photo#1', row('x')],
    ]);
    const after = new Map([
      ['account#1', row('x')],
      ['account#2', row('y')],
    ]);
    expect(changesOf(before, after)).toEqual(['account.name', 'photo deleted']);
    expect(changesOf(before, before)).toEqual([]);
  });

  test('and the code of a refusal is read', () => {
    expect(codeIn('{"error":{"data":{"app":{"code":"session.required"}}}}')).toBe(
      'session.required',
    );
    expect(codeIn('{"result":{"data":1}}')).toBe('');
  });
});
