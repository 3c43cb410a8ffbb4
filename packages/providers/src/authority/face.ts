import type { FaceAction, FaceOutcome, PictureFault } from '@shiming/domain';
import { type CircuitOptions, throughCircuit } from '../circuit.ts';

/**
 * A face as it is compared: name and number of the person, the frontal JPEG in base64, and one of each action that was asked
 * for.
 */
export type FaceQuery = {
  name: string;
  number: string;
  picture: string;
  actions: readonly { action: FaceAction; picture: string }[];
};

/** One answer for every authority. */
export type FaceReply = {
  outcome: FaceOutcome;
  /** With `picture`, and no other outcome. */
  pictureFault: PictureFault | null;
  provider: string;
  /** The vendor's own code; in lower case where it is of ours. */
  rawCode: string;
  /** Whether the code is in our table. One that is not says nothing about the person. */
  isKnownCode: boolean;
  /** Whether the vendor may have found the person in the register before it said so. */
  mayFollowRegister: boolean;
  requestId: string | null;
  isBilled: boolean;
  /** 0 to 100, where the vendor compared. */
  score: number | null;
  /** The product that compared. */
  model: string;
};

/** Compares a face with the photo that the authority holds of a person, once its actions are seen. */
export type FaceAuthority = { compareFace(query: FaceQuery): Promise<FaceReply> };

/** The same behind a circuit, as the checks of documents are: a source that is down keeps nobody waiting. */
export function withFaceCircuit(authority: FaceAuthority, options: CircuitOptions): FaceAuthority {
  return {
    compareFace: throughCircuit((query: FaceQuery) => authority.compareFace(query), {
      ...options,
      isFailure: ({ outcome }) => outcome === 'unavailable',
      whenOpen: (failure) => ({
        ...failure,
        rawCode: 'circuit_open',
        mayFollowRegister: false,
        requestId: null,
      }),
    }),
  };
}
