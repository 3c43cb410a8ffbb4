import { verifyAcs3 } from './acs3.ts';
import type { AliyunCredentials, AliyunError } from './acs3.ts';
import { readSignedRequest } from './signed-request.ts';
import type { SignedRequest } from './signed-request.ts';

/** Thrown by an operation to answer with `Code` and `Message`. */
export class AliyunApiError extends Error {
  readonly error: AliyunError;

  constructor(error: AliyunError) {
    super(error.message);
    this.error = error;
  }
}

type Options = {
  now: () => number;
  credentials: AliyunCredentials;
  action: string;
  version: string;
  isBusy: () => boolean;
  /** Answers with the fields beside `RequestId`. Throws `AliyunApiError`. */
  call: (parameters: URLSearchParams) => Promise<Record<string, string>>;
};

/**
 * One operation of an Aliyun API in RPC style: signature, flow control, action and version, then the operation, with
 * its parameters from the query and a form body. Source: help.aliyun.com, "V3 版本请求体 & 签名机制".
 */
export class AliyunApi {
  readonly #options: Options;
  readonly #nonces = new Map<string, number>();

  constructor(options: Options) {
    this.#options = options;
  }

  reset(): void {
    this.#nonces.clear();
  }

  async answer(request: Request): Promise<Response> {
    const { call, credentials, isBusy, now } = this.#options;
    const requestId = crypto.randomUUID().toUpperCase();
    try {
      const signed = await readSignedRequest(request);
      const error =
        verifyAcs3(signed, credentials, now(), this.#nonces) ??
        (isBusy() ? throttled : null) ??
        this.#actionError(signed);
      if (error !== null) throw new AliyunApiError(error);
      const fields = await call(parametersOf(signed));
      return Response.json({ ...fields, RequestId: requestId });
    } catch (error) {
      if (!(error instanceof AliyunApiError)) throw error;
      const { status, code, message } = error.error;
      return Response.json({ Code: code, Message: message, RequestId: requestId }, { status });
    }
  }

  #actionError({ headers }: SignedRequest): AliyunError | null {
    if (headers.get('x-acs-action') !== this.#options.action) {
      return {
        status: 404,
        code: 'InvalidAction.NotFound',
        message: 'Specified api is not found, please check your url and method.',
      };
    }
    return headers.get('x-acs-version') === this.#options.version
      ? null
      : {
          status: 400,
          code: 'InvalidVersion',
          message: 'Specified parameter Version is not valid.',
        };
  }
}

const throttled: AliyunError = {
  status: 400,
  code: 'Throttling.User',
  message: 'Request was denied due to user flow control.',
};

/** Throws `Missing…` for the first of these parameters that is absent or empty. */
export function requireParameters(parameters: URLSearchParams, names: readonly string[]): void {
  const missing = names.find((name) => (parameters.get(name) ?? '') === '');
  if (missing === undefined) return;
  throw new AliyunApiError({
    status: 400,
    code: `Missing${missing}`,
    message: `${missing} is mandatory for this action.`,
  });
}

function parametersOf({ query, headers, body }: SignedRequest): URLSearchParams {
  const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
  const form = isForm === true ? new URLSearchParams(Buffer.from(body).toString()) : [];
  return new URLSearchParams([...new URLSearchParams(query), ...form]);
}
