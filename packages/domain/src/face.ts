/**
 * A face compared with the photo that the authority holds (E-FAC-01): what it is for, what is asked of the person, and how it
 * can end. The comparison is the authority's; no picture is kept.
 */

/** What a face is shown for. A challenge for one of them is good for no other. */
export const facePurposes = ['level', 'sign_in', 'recover', 'activate', 'authorise'] as const;
export type FacePurpose = (typeof facePurposes)[number];

/** What a person does before the camera. Left and right are their own. */
export const faceActions = ['turn_left', 'turn_right', 'blink', 'come_closer'] as const;
export type FaceAction = (typeof faceActions)[number];

/**
 * How a comparison ends. `not_same`, `suspected_fake`, `name_mismatch`, `no_record`, `no_photo`: the authority's word about
 * the person. `picture`: about the picture. `refused_input`: it would not look. `unavailable`: it, the way to it, or our account
 * there is at fault.
 */
export const faceOutcomes = [
  'matched',
  'not_same',
  'suspected_fake',
  'name_mismatch',
  'no_record',
  'no_photo',
  'picture',
  'refused_input',
  'unavailable',
] as const;
export type FaceOutcome = (typeof faceOutcomes)[number];

/** An outcome, or that there is none yet. */
export type FaceStatus = 'asked' | FaceOutcome;

/**
 * Why a picture cannot be compared. `not_done`: an action that was asked for is not seen; `other_person`: the pictures of a
 * challenge are not of one person.
 */
export const pictureFaults = [
  'no_face',
  'several_faces',
  'cut_off',
  'covered',
  'poor',
  'turned',
  'too_close',
  'too_far',
  'format',
  'not_done',
  'other_person',
] as const;
export type PictureFault = (typeof pictureFaults)[number];

const hour = 3_600_000;

/**
 * What an outcome costs: whether it is one of the day's tries, and for how long the person gets the same answer without
 * another question.
 */
const rules: Readonly<Record<FaceOutcome, { isCounted: boolean; standsMs: number }>> = {
  matched: { isCounted: true, standsMs: 0 },
  not_same: { isCounted: true, standsMs: 0 },
  suspected_fake: { isCounted: true, standsMs: hour },
  name_mismatch: { isCounted: true, standsMs: 24 * hour },
  no_record: { isCounted: true, standsMs: 24 * hour },
  no_photo: { isCounted: true, standsMs: 24 * hour },
  picture: { isCounted: false, standsMs: 0 },
  refused_input: { isCounted: false, standsMs: 0 },
  unavailable: { isCounted: false, standsMs: 0 },
};

/** Whether an outcome uses up one of the day's tries. */
export const isFaceCounted = (outcome: FaceOutcome): boolean => rules[outcome].isCounted;

/** For how long an answer stands: the person gets it again, and the authority is not asked. */
export const faceStandsMs = (outcome: FaceOutcome): number => rules[outcome].standsMs;

/** The longest time for which any answer stands. */
export const faceStandsAtMostMs = Math.max(...Object.values(rules).map(({ standsMs }) => standsMs));

/** How faces are taken at a portal: tries of a person in a Shanghai day, and how long a challenge is good. */
export type FaceRule = { perDay: number; challengeMs: number };

/** A frame that is sent again within this time is refused; so long its keyed digest is kept. */
export const faceFrameKnownMs = 30 * 24 * hour;

/** How long what a face has proved may be used. */
export const shownFaceMs = 10 * 60_000;

/** The actions of a challenge, after the frontal picture. */
const actionsPerChallenge = 2;

/** The size that a frame stays under, as a JPEG. */
export const faceFrame = { underBytes: 200 * 1024, count: 1 + actionsPerChallenge } as const;

/**
 * The actions that random bytes stand for: a turn, which no flat picture shows, and another action, in any order.
 */
export function faceActionsOf([which = 0, other = 0, order = 0]: Uint8Array): FaceAction[] {
  const turn = which % 2 === 0 ? 'turn_left' : 'turn_right';
  const others = faceActions.filter((action) => action !== turn);
  const second = others[other % others.length] ?? 'blink';
  return order % 2 === 0 ? [turn, second] : [second, turn];
}

/** What is measured of a face in a picture that is not mirrored. */
export type FaceShape = {
  /** Where the tip of the nose is between the eyes, from the left of the picture to its right; 0.5 in the middle. */
  nose: number;
  /** The height from the brows' ends to the chin, as a share of the picture. */
  height: number;
};

/** A flat print that is turned by up to 45° moves the nose by 0.09 at most (sandbox README), a head that turns by more. */
const leastTurn = 0.12;

/**
 * Whether the authority's measures show an action, compared with the frontal picture. Eyes that are closed are not
 * measured: the points of the eyelids hardly move.
 */
export function isFaceActionSeen(
  action: FaceAction,
  { nose, height }: FaceShape,
  before: FaceShape,
): boolean {
  // The person's left is on the right of the picture.
  switch (action) {
    case 'turn_left':
      return nose > before.nose + leastTurn;
    case 'turn_right':
      return nose < before.nose - leastTurn;
    case 'come_closer':
      return height > before.height * 1.1;
    case 'blink':
      return true;
  }
}

/** Why somebody shows no face. */
export type FaceObstacle = 'not_offered' | 'under_age' | 'level_first' | 'reached';
