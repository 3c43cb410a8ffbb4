import type { StaffPerson, StaffRole } from '@shiming/domain';
import type { TestWorld } from '@shiming/services/testing';
import { staffNamed } from '@shiming/services/testing/staff';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';

/** Signs this browser in to the console as a new member of staff with this role; answers the member's id. */
export async function signInStaff(
  { cookies }: Pick<TestBrowser, 'cookies'>,
  world: TestWorld,
  role: StaffRole,
  person?: Partial<StaffPerson> & { scope?: string | null },
): Promise<string> {
  const { staff, sessionToken } = await staffNamed(world, role, person);
  cookies.set('staff', sessionToken);
  return staff.member.id;
}

/** A call of the member who is signed in to the console, as if no document number of theirs were on record. */
export async function callWithoutNumber(
  { cookies, call }: Pick<TestBrowser, 'cookies' | 'call'>,
  world: TestWorld,
  path: string,
  input?: unknown,
): Promise<Answer> {
  const { db } = world.ctx();
  const [sessionId] = cookies.get('staff')?.split('.') ?? [];
  const member = `(select staff_id from staff_session where id = '${sessionId}')`;
  const [row] = await db.all<{ kept: string }>(
    `select number_index as kept from staff where id = ${member}`,
  );
  await db.run(`update staff set number_index = null where id = ${member}`);
  const answer = await call(path, input);
  await db.run(`update staff set number_index = '${row?.kept}' where id = ${member}`);
  return answer;
}
