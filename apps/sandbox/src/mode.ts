/** How an SMS gateway behaves. `slow` delivers at once and answers late; `misconfigured` is a signature no longer approved. */
export const gatewayModes = [
  'working',
  'refusing',
  'busy',
  'down',
  'slow',
  'misconfigured',
] as const;
export type GatewayMode = (typeof gatewayModes)[number];

/** How the authority behaves. `quota` says of everybody that they were asked about too often today. */
export const authorityModes = ['working', 'down', 'slow', 'quota'] as const;
export type AuthorityMode = (typeof authorityModes)[number];

export type ModeSwitch<Mode extends string> = { readonly mode: Mode; setMode(mode: Mode): void };

export function createModeSwitch<Mode extends string>(initial: Mode): ModeSwitch<Mode> {
  let current = initial;
  return {
    get mode() {
      return current;
    },
    setMode(mode) {
      current = mode;
    },
  };
}
