import type { StaffPerson, StaffRole } from '@shiming/domain';
import type { TestWorld } from '@shiming/services/testing';
import { staffNamed } from '@shiming/services/testing/staff';
import type { TestBrowser } from './browser.ts';

/** Signs this browser in to the console as a new member of staff with this role; answers the member's id. */
export async function signInStaff(
  { cookies }: Pick<TestBrowser, 'cookies'>,
  world: TestWorld,
  role: StaffRole,
  person?: Partial<StaffPerson>,
): Promise<string> {
  const { staff, sessionToken } = await staffNamed(world, role, person);
  cookies.set('staff', sessionToken);
  return staff.member.id;
}
