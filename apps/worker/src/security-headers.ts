/** What a page may do: run our code, draw pictures, and ask the API. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
];

const ofAll = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The headers of an answer in JSON, after OWASP's REST Security Cheat Sheet: opened by itself it may do nothing at all. */
export const dataHeaders: readonly (readonly [string, string])[] = Object.entries({
  ...ofAll,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
});

/** The headers of every other answer, after OWASP's HTTP Headers Cheat Sheet: those that JSON lacks are about documents alone. */
export const documentHeaders: readonly (readonly [string, string])[] = Object.entries({
  ...ofAll,
  'content-security-policy': pagePolicy.join('; '),
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
});

/**
 * What a page of the console may do: it has no forms, workers or manifest.
 * Trusted Types cannot be required: Solid's templates are strings.
 */
export const consolePolicy = pagePolicy
  .filter((rule) => !/^(?:worker|manifest)-src/.test(rule))
  .join('; ')
  .replace("form-action 'self'", "form-action 'none'");
export const consolePermissions =
  'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), payment=()';
