import type { ProcedureMeta } from '@shiming/api';
import {
  capabilities,
  type Capability,
  mayStaff,
  type Portal,
  type StaffPermission,
  staffPermissions,
  type StaffRole,
} from '@shiming/domain';

/** Who calls, as far as rights go: what the cookies of the call open, and the portal whose address is asked. */
export interface Rights {
  readonly portal: Portal;
  readonly isApplicant: boolean;
  readonly isOrganisation: boolean;
  readonly role: StaffRole | null;
}

type Access = NonNullable<ProcedureMeta['access']>;

/** What a procedure declares of who may call it. */
export interface Gate {
  readonly access: Access;
  readonly at: Capability | undefined;
}

export interface Refused {
  readonly status: number;
  readonly code: string;
}

const notHere: Refused = { status: 404, code: 'request.not_found' };

const isPermission = (access: Access): access is StaffPermission =>
  (staffPermissions as readonly string[]).includes(access);

/**
 * How a procedure has to refuse a caller before it looks at the input; `null` where it has to let the caller in. It is the whole of what
 * the matrix expects, and reads nothing but what the procedure declares.
 */
export function refusalFor({ access, at }: Gate, caller: Rights): Refused | null {
  const closed = at !== undefined && !capabilities[at](caller.portal) ? notHere : null;
  if (access === 'everybody') return closed;
  if (access === 'applicant') {
    return caller.isApplicant ? closed : { status: 401, code: 'session.required' };
  }
  if (access === 'organisation') {
    return caller.isOrganisation ? closed : { status: 401, code: 'organisation.session_required' };
  }
  if (caller.role === null) return { status: 401, code: 'staff.session_required' };
  if (!isPermission(access) || mayStaff(caller.role, access)) return null;
  return { status: 403, code: 'staff.forbidden' };
}

/** The code of a refusal in an answer of the API; `''` where there is none. */
export const codeIn = (text: string): string => /"app":\{"code":"([\w.]+)"/.exec(text)?.[1] ?? '';

/** What somebody else's text or id in an answer is called in the report. */
export type Marks = ReadonlyMap<string, string>;

/** The marks of somebody else that an answer holds and the request did not. */
export function leaksIn(answer: string, request: string, marks: Marks): string[] {
  const found: string[] = [];
  for (const [mark, name] of marks) {
    if (answer.includes(mark) && !request.includes(mark)) found.push(name);
  }
  return found;
}

/** Rows by table and row id, as text. */
export type Rows = ReadonlyMap<string, string>;

/** The rows that are no longer what they were, and which columns of them changed. */
export function changesOf(before: Rows, after: Rows): string[] {
  const found: string[] = [];
  for (const [key, row] of before) {
    const now = after.get(key);
    if (now === row) continue;
    const [table = ''] = key.split('#');
    if (now === undefined) {
      found.push(`${table} deleted`);
      continue;
    }
    const was = JSON.parse(row) as Record<string, unknown>;
    const is = JSON.parse(now) as Record<string, unknown>;
    const columns = Object.keys(was).filter((name) => was[name] !== is[name]);
    found.push(`${table}.${columns.join('+')}`);
  }
  return found;
}
