import type { Visitor } from '@shiming/services/context';

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const ipv6 = /^(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}$/;

/**
 * An IPv4 address as it is; of an IPv6 address the /64, which is what one household or phone holds. What is no address
 * is `''`: all who come with none share what one address has.
 */
export function addressOf(header: string | undefined): string {
  // An IPv6 socket shows IPv4 visitors as ::ffff:a.b.c.d.
  const address =
    header
      ?.trim()
      .toLowerCase()
      .replace(/^::ffff:(?=[\d.]+$)/, '') ?? '';
  if (ipv4.test(address)) return address;
  if (!ipv6.test(address)) return '';
  const [head = '', tail] = address.split('::');
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

/** More than an id and the marks that a browser keeps. */
const cookieLength = 512;

/** What we gave a browser to keep: an id, or a keyed hash in base64url. */
const isOurs = (part: string) => /^[\w-]{1,64}$/.test(part);

/** The device cookie is `id.mark.mark…`; a browser without one has none of its own yet. */
export function visitorOf(
  headers: { address: string | undefined; agent: string | undefined },
  deviceCookie: string | null,
  held: Visitor['held'],
  newDeviceId: () => string,
): Visitor {
  const [deviceId = '', ...deviceMarks] = deviceCookie?.slice(0, cookieLength).split('.') ?? [];
  return {
    address: addressOf(headers.address),
    deviceId: isOurs(deviceId) ? deviceId : newDeviceId(),
    deviceMarks: deviceMarks.filter(isOurs),
    held,
    get label() {
      return labelOf(headers.agent);
    },
  };
}
