/** Where the page is open: in WeChat's own browser, in another browser of a phone, or on something else. */
export type WeChatPlace = 'here' | 'phone' | 'elsewhere';

/** A phone cannot scan its own screen; in WeChat a picture is recognised by pressing it (UX-34). */
export function weChatPlace(userAgent: string): WeChatPlace {
  const isHandheld = /Mobi|Android|iPhone|iPad|HarmonyOS/i.test(userAgent);
  if (!isHandheld) return 'elsewhere';
  return /MicroMessenger/i.test(userAgent) ? 'here' : 'phone';
}
