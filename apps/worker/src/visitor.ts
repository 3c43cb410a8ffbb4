import type { Visitor } from '@shiming/services';

/** An IPv4 address as it is; of an IPv6 address the /64, which is what one household or phone holds. */
export function addressOf(header: string | undefined): string {
  const address = header?.trim() ?? '';
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

const firstMatch = (agent: string, names: readonly (readonly [RegExp, string])[]) =>
  names.find(([pattern]) => pattern.test(agent))?.[1];

/** Browser and system in a word each: enough to know one's own devices by, too little to follow anybody. */
export function labelOf(agent: string | undefined): string {
  const browser = firstMatch(agent ?? '', [
    [/MicroMessenger/, 'WeChat'],
    [/AlipayClient/, 'Alipay'],
    [/HuaweiBrowser/, 'Huawei'],
    [/MiuiBrowser/, 'Mi Browser'],
    [/QQBrowser/, 'QQ Browser'],
    [/UCBrowser/, 'UC'],
    [/Edg/, 'Edge'],
    [/Firefox/, 'Firefox'],
    [/Chrome|CriOS/, 'Chrome'],
    [/Safari/, 'Safari'],
  ]);
  const system = firstMatch(agent ?? '', [
    [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
    [/Android/, 'Android'],
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/Linux/, 'Linux'],
  ]);
  return [browser, system].filter((part) => part !== undefined).join(' · ');
}

/** The device cookie is `id.mark.mark…`; a browser without one has none of its own yet. */
export function visitorOf(
  headers: { address: string | undefined; agent: string | undefined },
  deviceCookie: string | null,
  newDeviceId: () => string,
): Visitor {
  const [deviceId, ...deviceMarks] = deviceCookie?.split('.') ?? [];
  return {
    address: addressOf(headers.address),
    deviceId: deviceId === undefined || deviceId === '' ? newDeviceId() : deviceId,
    deviceMarks,
    label: labelOf(headers.agent),
  };
}
