/** How many former passwords are remembered: each costs a hash when a new one is chosen. */
const rememberedPasswords = 2;

/** The passwords that somebody has had once the current one is replaced, newest first; `null`: there is none now. */
export const formerPasswordsOf = ({
  passwordHash,
  formerPasswordHashes,
}: {
  passwordHash: string | null;
  formerPasswordHashes: readonly string[];
}): readonly string[] =>
  passwordHash === null
    ? formerPasswordHashes
    : [passwordHash, ...formerPasswordHashes].slice(0, rememberedPasswords);
