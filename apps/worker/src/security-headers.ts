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

/** The headers of every answer, after the recommendations of OWASP. */
export const securityHeaders: readonly (readonly [string, string])[] = Object.entries({
  'content-security-policy': pagePolicy.join('; '),
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
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
