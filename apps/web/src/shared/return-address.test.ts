import { expect, test } from 'vitest';
import { returnAddress } from './return-address.ts';

const registered = ['https://site.example.cn/user/', 'https://other.example.cn:8443/'];

test('S-REG-07: what lies below a registered address is followed as it stands', () => {
  for (const address of [
    'https://site.example.cn/user/',
    'https://site.example.cn/user/registration/2?step=3&next=%2Fhome#top',
    'https://site.example.cn/user/%E5%BE%81%E5%85%B5',
    'https://other.example.cn:8443/',
    'https://other.example.cn:8443/any/where',
  ]) {
    expect(returnAddress(address, registered)).toBe(address);
  }
});

test('S-REG-07: nothing else is', () => {
  for (const address of [
    // Another origin, however it is written.
    'https://evil.example/',
    'https://site.example.cn.evil.example/user/',
    'https://evilsite.example.cn/user/',
    'https://site.example.cn@evil.example/user/',
    'https://site.example.cn:password@evil.example/user/',
    'https://user@site.example.cn/user/',
    'https://:password@site.example.cn/user/',
    'https://site.example.cn:8443/user/',
    'https://other.example.cn/',
    'https://site.example.cn./user/',
    'https://sıte.example.cn/user/',
    'https://site。example.cn/user/',
    'https://xn--ste-nza.example.cn/user/',
    'https://site.example.cn\\@evil.example/user/',
    'https://evil.example\\@site.example.cn/user/',
    'https://evil.example#@site.example.cn/user/',
    'https://evil.example?https://site.example.cn/user/',
    'https://evil.example/https://site.example.cn/user/',
    // Another scheme.
    'http://site.example.cn/user/',
    'javascript:location="https://site.example.cn/user/"',
    'javascript://site.example.cn/user/%0Aalert(1)',
    'data:text/html,https://site.example.cn/user/',
    'blob:https://site.example.cn/user/',
    'view-source:https://site.example.cn/user/',
    // Another path.
    'https://site.example.cn/',
    'https://site.example.cn/user',
    'https://site.example.cn/users/',
    'https://site.example.cn/USER/',
    'https://site.example.cn/user/../admin/',
    'https://site.example.cn/user/%2e%2e/admin/',
    'https://site.example.cn/user/.%2E/admin/',
    'https://site.example.cn/user/%2e%2e%2fadmin/',
    'https://site.example.cn/user/..%5cadmin/',
    'https://site.example.cn/user/%252e%252e/admin/',
    'https://site.example.cn/user\\..\\admin/',
    // What a browser reads otherwise than it stands there.
    ' https://site.example.cn/user/',
    'https://site.example.cn/user/ ',
    'https://site.example.cn/us\ter/',
    'ht\ntps://site.example.cn/user/',
    'https:site.example.cn/user/',
    'https:/site.example.cn/user/',
    'https:///site.example.cn/user/',
    'https:\\\\site.example.cn\\user\\',
    'HTTPS://site.example.cn/user/',
    'https://SITE.example.cn/user/',
    'https://site.example.cn:443/user/',
    'https://site.example.cn/user/%00',
    'https://site.example.cn/user/%0d%0aSet-Cookie:a=b',
    // No address at all.
    '//site.example.cn/user/',
    '/user/',
    'site.example.cn/user/',
    '',
    `https://site.example.cn/user/${'a'.repeat(2_000)}`,
    undefined,
  ]) {
    expect([address, returnAddress(address, registered)]).toEqual([address, undefined]);
  }
});

test('S-REG-07: an address that is registered without its slash opens nothing', () => {
  expect(returnAddress('https://site.example.cn.evil.example/', ['https://site.example.cn'])).toBe(
    undefined,
  );
  expect(returnAddress('https://site.example.cn/', [])).toBe(undefined);
});
