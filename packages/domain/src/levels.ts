/**
 * One ladder for all portals (实名等级): 0 nothing proved; 1 a contact proved; 2 real-name information
 * given and unique; 3 checked by the authority or a reviewer; 4 the person compared: a face by the authority, or by a clerk at a window.
 */
export const levels = [0, 1, 2, 3, 4] as const;
export type Level = (typeof levels)[number];

/** Whether a level is enough where `asked` is asked for. */
export const meetsLevel = (level: Level, asked: Level): boolean => level >= asked;

/** The level from which on a check has confirmed who the person is. */
export const verifiedLevel: Level = 3;

/** Whether a check has confirmed who the person is: by itself, or by more than that. */
export const isVerified = ({ level }: { level: Level }): boolean =>
  meetsLevel(level, verifiedLevel);
