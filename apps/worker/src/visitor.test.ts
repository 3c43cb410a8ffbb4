import { describe, expect, test } from 'vitest';
import { noSessions } from '@shiming/services/context';
import { addressOf, labelOf, visitorOf } from './visitor.ts';

describe('the address that limits are counted for', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['', ''],
    [undefined, ''],
    ['203.0.113.7, 198.51.100.1', ''],
    ['203.0.113.256', ''],
    ['203.0.113', ''],
    ['unknown', ''],
    ['1:'.repeat(400), ''],
  ])('%j is %j', (header, address) => {
    expect(addressOf(header)).toBe(address);
  });

  test.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:0:0:0:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::2:3:4:5:6', '2001:db8:0:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1', 'fe80:0:0:0::/64'],
  ])('of the IPv6 address %s the /64 counts: %s', (header, address) => {
    expect(addressOf(header)).toBe(address);
  });

  test('two phones in one /64 are one, two in neighbouring ones are two', () => {
    expect(addressOf('2001:db8:1:2::a')).toBe(addressOf('2001:db8:1:2:b::'));
    expect(addressOf('2001:db8:1:2::a')).not.toBe(addressOf('2001:db8:1:3::a'));
  });
});

describe('ARCHITECTURE 11: the label in the list of sessions', () => {
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
  test.each([
    [`Mozilla/5.0 (Linux; Android 15; Pixel) ${chrome} Mobile Safari/537.36`, 'Chrome · Android'],
    [`Mozilla/5.0 (Windows NT 10.0) ${chrome} Safari/537.36 Edg/140.0`, 'Edge · Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1',
      'Safari · iPhone',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) MicroMessenger/8.0',
      'WeChat · iPhone',
    ],
    ['Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1 HuaweiBrowser/5.1', 'Huawei · HarmonyOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'Firefox · Linux'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/19.0 Safari/605.1', 'Safari · Mac'],
    ['curl/8.0', ''],
    ['', ''],
    [undefined, ''],
  ])('%s is %j', (agent, label) => {
    expect(labelOf(agent)).toBe(label);
  });

  test('never repeats what the header says', () => {
    expect(labelOf('<script>Chrome/1 Windows 13800138000</script>')).toBe('Chrome · Windows');
  });
});

const fresh = () => 'fresh';

describe('the browser on the other side', () => {
  const from = { address: '203.0.113.7', agent: undefined };

  test('keeps the id and the marks of its device cookie', () => {
    const visitor = visitorOf(from, 'id.mark1.mark2', noSessions, fresh);
    expect(visitor).toMatchObject({ deviceId: 'id', deviceMarks: ['mark1', 'mark2'] });
  });

  test.each([`${'i'.repeat(65)}.mark`, '<id>', 'id with spaces', 'ид', 'x'.repeat(4_000)])(
    'takes no id that is not one of ours: %s',
    (cookie) => {
      expect(visitorOf(from, cookie, noSessions, fresh).deviceId).toBe('fresh');
    },
  );

  test('takes no mark that is not one of ours, nor more than a browser keeps', () => {
    const { deviceMarks } = visitorOf(
      from,
      `id.mark.<mark>.${'m'.repeat(65)}.other`,
      noSessions,
      fresh,
    );
    expect(deviceMarks).toEqual(['mark', 'other']);
    const many = visitorOf(from, `id${`.${'m'.repeat(43)}`.repeat(500)}`, noSessions, fresh);
    expect(many.deviceMarks.length).toBeLessThan(20);
  });

  test.each([null, '', '.mark'])('has a new id when the cookie is %j', (cookie) => {
    expect(visitorOf(from, cookie, noSessions, fresh).deviceId).toBe('fresh');
  });
});
