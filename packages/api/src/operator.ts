import { publicProcedure, router } from './trpc.ts';

export const operatorRouter = router({
  /** Who runs this installation, for the footer, the privacy notice and the help; and its other portals (S-REG-06). */
  current: publicProcedure.meta({ roundTrips: 0, errors: [] }).query(({ ctx }) => {
    const { operator, doors, portal, ministry } = ctx.ctx;
    const others = doors
      .filter((door) => door.portal.id !== portal.id)
      .map((door) => ({ name: door.portal.name, address: door.address }));
    const takesMinistryAccounts = portal.takesMinistryAccounts && ministry !== null;
    return { ...operator, others, takesMinistryAccounts };
  }),
});
