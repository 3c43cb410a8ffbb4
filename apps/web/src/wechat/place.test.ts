import { expect, test } from 'vitest';
import { weChatPlace } from './place.ts';

test('UX-34: WeChat, a phone’s other browser and a desktop are told apart', () => {
  const android = 'Mozilla/5.0 (Linux; Android 14; V2304A) AppleWebKit/537.36 Mobile Safari/537.36';
  expect(weChatPlace(`${android} XWEB/1380 MMWEBSDK/20250201 MicroMessenger/8.0.56`)).toBe('here');
  expect(weChatPlace(android)).toBe('phone');
  expect(
    weChatPlace('Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile Safari/604.1'),
  ).toBe('phone');
  expect(weChatPlace('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36')).toBe(
    'elsewhere',
  );
});

test('WeChat of a desktop computer has no picture to press long', () => {
  expect(
    weChatPlace(
      'Mozilla/5.0 (Windows NT 10.0; WOW64) Chrome/116.0 MicroMessenger/7.0 WindowsWechat',
    ),
  ).toBe('elsewhere');
});
