import { describe, expect, test } from 'vitest';
import { profilePath, proofPath, signInPath, verificationPath } from './next.ts';
import { ownPath } from '../shared/own-path.ts';

const next = (path: string) => new URL(path, location.origin).searchParams.get('next') ?? undefined;

describe('where a person is led after signing in', () => {
  test.each([
    ['/', '/'],
    ['/services/certification', '/services/certification'],
    [
      '/account/profile?next=%2Fservices%2Fcertification',
      '/account/profile?next=%2Fservices%2Fcertification',
    ],
    ['/help#verification', '/help#verification'],
  ])('a path of this site is kept: %s', (text, path) => {
    expect(ownPath(text)).toBe(path);
  });

  test.each([
    undefined,
    '',
    'account',
    'https://example.com/',
    'javascript:alert(1)',
    '//example.com',
    '/\\example.com',
    '\\\\example.com',
    '/\t/example.com',
    '/.//example.com',
    '/a/..//example.com',
    ' //example.com',
    '/login',
    '/login?next=%2F',
    'http://[',
  ])('anything else is not followed: %s', (text) => {
    expect(ownPath(text)).toBeUndefined();
  });

  test('T-ENT-02: the service that was asked for survives login, profile and verification', () => {
    const service = '/services/certification';
    expect(ownPath(next(signInPath(service)))).toBe(service);
    expect(ownPath(next(profilePath(service)))).toBe(service);
    expect(ownPath(next(verificationPath(service)))).toBe(service);
    expect(ownPath(next(proofPath('/account/mobile?a=b')))).toBe('/account/mobile?a=b');
    expect(verificationPath()).toBe('/account/verification');
    expect(signInPath('/account', true)).toBe('/login?ended=1&next=%2Faccount');
  });
});
