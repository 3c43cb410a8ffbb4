import { readSignedRequest } from './signed-request.ts';
import { verifyTc3 } from './tc3.ts';
import type { TencentCredentials, TencentError } from './tc3.ts';

/** Thrown by an action to answer with `Response.Error`. */
export class TencentApiError extends Error {
  readonly code: string;
  /** 200 except where the service behind the API has failed. */
  readonly status: number;

  constructor({ code, message }: TencentError, status = 200) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export type TencentParameters = Readonly<Record<string, unknown>>;

/** Answers an action with the fields of `Response`, `RequestId` apart. */
export type TencentAction = (
  parameters: TencentParameters,
  headers: Headers,
) => Promise<Record<string, unknown>>;

/** One service of Tencent Cloud's API 3.0: its name in the credential scope, its version and its actions. */
export type TencentService = {
  name: string;
  version: string;
  actions: Readonly<Record<string, TencentAction>>;
};

/**
 * Answers a request to a Tencent Cloud API: signature, action, version, JSON body, then the action itself.
 * Errors are HTTP 200 with `Response.Error`. Source: cloud.tencent.com/document/api/213/30654, 382/55981.
 */
export async function answerTencent(
  request: Request,
  service: TencentService,
  credentials: TencentCredentials,
  nowMs: number,
): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    const signed = await readSignedRequest(request);
    const forgery = verifyTc3(signed, credentials, service.name, nowMs);
    if (forgery !== null) throw new TencentApiError(forgery);
    const actionName = signed.headers.get('x-tc-action') ?? '';
    const action = Object.hasOwn(service.actions, actionName) ? service.actions[actionName] : null;
    if (!action) {
      throw new TencentApiError({ code: 'InvalidAction', message: '接口不存在。' });
    }
    if (signed.headers.get('x-tc-version') !== service.version) {
      throw new TencentApiError({ code: 'NoSuchVersion', message: '接口版本不存在。' });
    }
    const fields = await action(parseBody(signed.body), signed.headers);
    return Response.json({ Response: { ...fields, RequestId: requestId } });
  } catch (error) {
    if (!(error instanceof TencentApiError)) throw error;
    return Response.json(
      { Response: { Error: { Code: error.code, Message: error.message }, RequestId: requestId } },
      { status: error.status },
    );
  }
}

/** Reads a required string parameter, or throws `MissingParameter` / `InvalidParameter`. */
export function requiredString(parameters: TencentParameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === null) {
    throw new TencentApiError({ code: 'MissingParameter', message: `缺少参数 ${name}。` });
  }
  if (typeof value !== 'string') {
    throw new TencentApiError({ code: 'InvalidParameter', message: `参数 ${name} 类型错误。` });
  }
  return value;
}

/** Reads a required list of strings, or throws as `requiredString` does. */
export function requiredStrings(parameters: TencentParameters, name: string): string[] {
  const value = parameters[name];
  if (value === undefined || value === null) {
    throw new TencentApiError({ code: 'MissingParameter', message: `缺少参数 ${name}。` });
  }
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
    throw new TencentApiError({ code: 'InvalidParameter', message: `参数 ${name} 类型错误。` });
  }
  return value;
}

function parseBody(body: Uint8Array): TencentParameters {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString());
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TencentApiError({ code: 'InvalidParameter', message: '请求体不是 JSON 对象。' });
  }
  return { ...value };
}
