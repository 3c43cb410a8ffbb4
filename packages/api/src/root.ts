import { entryRouter } from './entry.ts';
import { loginRouter } from './login.ts';
import { profileRouter } from './profile.ts';
import { puzzleRouter } from './puzzle.ts';
import { recoveryRouter } from './recovery.ts';
import { registrationRouter } from './registration.ts';
import { sessionRouter } from './session.ts';
import { router } from './trpc.ts';
import { verificationRouter } from './verification.ts';

/** Every procedure there is. */
export const appRouter = router({
  entry: entryRouter,
  login: loginRouter,
  profile: profileRouter,
  puzzle: puzzleRouter,
  recovery: recoveryRouter,
  registration: registrationRouter,
  session: sessionRouter,
  verification: verificationRouter,
});

export type AppRouter = typeof appRouter;
