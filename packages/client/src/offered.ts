import type { AppRouter } from '@shiming/api';
import type { TRPCClient } from '@trpc/client';

/** Routers that are the console's alone. */
export const routersOfStaff = [
  'auditTrail',
  'desk',
  'dispute',
  'helpDesk',
  'office',
  'serviceClient',
  'staff',
  'statistics',
] as const;

/** What is for people of routers that are the console's besides. */
export const forPeople = {
  agency: ['takeUp'],
  networkCredential: ['current'],
  window: ['take'],
} as const;

type Everything = TRPCClient<AppRouter>;
type Shared = typeof forPeople;

/** The procedures for people and organisations. The console's are typed nowhere but there: they change with its pages. */
export type Offered = Omit<Everything, (typeof routersOfStaff)[number] | keyof Shared> & {
  readonly [Router in keyof Shared]: Pick<
    Everything[Router],
    Extract<Shared[Router][number], keyof Everything[Router]>
  >;
};
