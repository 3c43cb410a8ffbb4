import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessPortal, portals, studentPortal, teacherPortal } from './portals/index.ts';
import {
  codeRulesOf,
  doneAfter,
  type Flow,
  nextStep,
  pathOf,
  provedKindOf,
  stepInstead,
  type StepId,
  stepLine,
  steps,
} from './steps.ts';

const { register, recover } = teacherPortal.flows;
const flows: Flow[] = portals.flatMap((portal) => Object.values(portal.flows));

describe('a list of steps', () => {
  test.for(flows)('at $path puts no step before one that it needs', (flow) => {
    for (const [place, step] of flow.steps.entries()) {
      for (const needed of steps[step].needs) {
        expect(flow.steps.slice(0, place), `${step} needs ${needed}`).toContain(needed);
      }
    }
  });

  test('every step has an address of its own', () => {
    for (const flow of flows) {
      expect(new Set(flow.steps.map((step) => pathOf(flow, step))).size).toBe(flow.steps.length);
    }
    expect(register.steps.map((step) => pathOf(register, step))).toEqual([
      '/register/document',
      '/register/password',
      '/register/contact',
      '/register/code',
      '/register/check',
    ]);
    expect(pathOf(businessPortal.flows.register, 'verify')).toBe('/register/verify');
    const { recover: byUserName, find_user_name: find } = studentPortal.flows;
    expect(recover.steps.map((step) => pathOf(recover, step))).toEqual([
      '/recovery',
      '/recovery/way',
    ]);
    expect(pathOf(byUserName, 'user_name')).toBe('/recovery');
    expect(find && pathOf(find, 'identify')).toBe('/user-name');
  });

  test('a code comes after its contact, a check of the person after both, and the end after the password', () => {
    const needs = Object.entries(steps).filter(([, { needs: before }]) => before.length > 0);
    expect(Object.fromEntries(needs.map(([step, { needs: before }]) => [step, before]))).toEqual({
      code: ['contact'],
      verify: ['document', 'contact', 'code'],
      check: ['password', 'contact', 'code'],
    });
  });

  test('T-REG-12: a code may have come to each kind of contact that its step proves', () => {
    const { codes } = teacherPortal;
    const all = [codes.sms, codes.mail, codes.weChat];
    expect(codeRulesOf(teacherPortal, 'code')).toEqual(all);
    expect(codeRulesOf(teacherPortal, 'proof')).toEqual(all);
    expect(codeRulesOf(teacherPortal, 'password')).toEqual([]);
    expect(new Set(all.map((rule) => JSON.stringify(rule))).size).toBe(3);
    expect(all.map(({ perDay }) => perDay)).toEqual([3, 5, 5]);
  });

  test('a list without steps is none', () => {
    expect(() => nextStep({ path: '/nowhere', steps: [] }, [])).toThrow('/nowhere has no steps');
  });

  test('a code goes to the mobile, and to the mail address where there is none', () => {
    expect(provedKindOf({ mobile: '19900000077', email: 'a@example.com' })).toBe('mobile');
    expect(provedKindOf({ mobile: '', email: 'a@example.com' })).toBe('email');
  });

  test('a code is part of the contact that it proves', () => {
    expect(register.steps.map((step) => stepLine(register, step).at)).toEqual([1, 2, 3, 3, 4]);
    expect(stepLine(register, 'check')).toEqual({ at: 4, of: 4 });
    expect(stepLine(recover, 'proof')).toEqual({ at: 2, of: 2 });
  });
});

describe('what comes next', () => {
  test.for([
    [[], 'document'],
    [['document'], 'password'],
    [['document', 'password'], 'contact'],
    [['document', 'password', 'contact'], 'code'],
    [['document', 'password', 'contact', 'code'], 'check'],
    [['document', 'contact', 'code'], 'password'],
    [['password', 'contact'], 'document'],
    [['document', 'password', 'contact', 'code', 'check'], 'check'],
  ] as const)('with %s done is %s', ([done, next]) => {
    expect(nextStep(register, done)).toBe(next);
  });

  test('a step that comes too early leads to the first step that is not done', () => {
    expect(stepInstead(register, 'check', 'password')).toBe('password');
    expect(stepInstead(register, 'contact', 'password')).toBe('password');
    expect(stepInstead(register, 'code', 'contact')).toBe('contact');
  });

  test('the step itself and the steps that are done may be opened', () => {
    expect(stepInstead(register, 'contact', 'contact')).toBeNull();
    expect(stepInstead(register, 'password', 'check')).toBeNull();
    expect(stepInstead(register, 'contact', 'code')).toBeNull();
  });

  test('T-REG-12: a code that has been right is not asked for again', () => {
    expect(stepInstead(register, 'code', 'code')).toBeNull();
    expect(stepInstead(register, 'code', 'check')).toBe('check');
  });

  test('E-REG-01: a person who was checked is not checked again', () => {
    const flow = businessPortal.flows.register;
    expect(stepInstead(flow, 'verify', 'verify')).toBeNull();
    expect(stepInstead(flow, 'verify', 'password')).toBe('password');
  });
});

describe('what a changed answer undoes', () => {
  const all: StepId[] = ['document', 'password', 'contact', 'code'];
  test('T-REG-16, X-03: another number begins again', () => {
    expect(doneAfter(all, 'document', { isChanged: true })).toEqual(['document']);
    expect(doneAfter(all, 'document')).toEqual(all);
    const checked: StepId[] = [...all, 'verify'];
    expect(doneAfter(checked, 'document', { isChanged: true })).toEqual(['document']);
  });

  test('another contact, or the same with another code, is to be proved again', () => {
    expect(doneAfter(all, 'contact')).toEqual(['document', 'password', 'contact']);
    expect(doneAfter([...all, 'verify'], 'contact')).toEqual(['document', 'password', 'contact']);
  });

  test('another password undoes nothing', () => {
    expect(doneAfter(all, 'password')).toEqual(all);
  });
});

describe.for(flows)('on every way at random through $path', (flow) => {
  const last = flow.steps.at(-1);
  const move = fc.record({ step: fc.constantFrom(...flow.steps), isChanged: fc.boolean() });
  type Move = { step: StepId; isChanged: boolean };
  const mayBe = (step: StepId, done: readonly StepId[]) =>
    stepInstead(flow, step, nextStep(flow, done)) === null;

  /** The moves of a walk that are let through, up to the end, each with what is done after it. */
  function taken(walk: readonly Move[]) {
    const all: (Move & { done: StepId[] })[] = [];
    for (const each of walk) {
      const done = all.at(-1)?.done ?? [];
      if (!mayBe(each.step, done)) continue;
      all.push({ ...each, done: each.step === last ? done : doneAfter(done, each.step, each) });
      if (each.step === last) break;
    }
    return all;
  }

  test('T-REG-12, T-REG-14: what is done stands on what it needs, and nothing ends that was not proved since', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (walk) => {
        const moves = taken(walk);
        for (const { done } of moves) {
          const needed = done.flatMap((step) => steps[step].needs);
          expect(needed.filter((step) => !done.includes(step))).toEqual([]);
        }
        const proved = moves.findLastIndex(({ step }) => step === 'code');
        const begun = moves.findLastIndex(
          ({ step, isChanged }) => step === 'contact' || (step === 'document' && isChanged),
        );
        const isOver = flow.steps.includes('code') && moves.at(-1)?.step === last;
        expect(isOver ? proved - begun : 1).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('the end can be reached from wherever a walk leads', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (walk) => {
        let done = taken(walk.filter(({ step }) => step !== last)).at(-1)?.done ?? [];
        for (let count = flow.steps.length; count > 0; count -= 1)
          done = doneAfter(done, nextStep(flow, done));
        expect(nextStep(flow, done)).toBe(last);
      }),
    );
  });
});
