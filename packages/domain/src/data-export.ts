import * as z from 'zod/mini';
import { matterRoles, matterStatuses } from './matters.ts';
import { byProfileField, profileField } from './profile/fields.ts';

/** An instant as ISO 8601 in UTC, such as `2026-11-21T04:00:00.000Z`. */
const instant = z.iso.datetime({ precision: 3 });
const date = z.iso.date();
/** `null` where the document has none, `end: null` is 长期. */
const validity = z.nullable(z.strictObject({ start: date, end: z.nullable(date) }));

/**
 * X-07, PIPL 45: everything that is held about a person, as the JSON that the person takes along. A reader of
 * another system finds here what can be in it; `version` rises with every change that an older reader would not
 * understand.
 */
export const AccountExport = z.strictObject({
  format: z.literal('shiming.account'),
  version: z.literal(1),
  portal: z.string(),
  exportedAt: instant,
  account: z.strictObject({
    id: z.string(),
    portal: z.string(),
    documentType: z.nullable(z.string()),
    status: z.string(),
    restorableUntil: z.nullable(instant),
    level: z.number(),
    verifiedAt: z.nullable(instant),
    createdAt: instant,
  }),
  /** `null` until the person has said who they are. */
  identity: z.nullable(
    z.strictObject({
      number: z.string(),
      /** That of the card before, which the present one prints. */
      earlierNumber: z.nullable(z.string()),
      name: z.string(),
      birthDate: z.nullable(date),
      sex: z.nullable(z.string()),
      region: z.nullable(z.string()),
      validity,
    }),
  ),
  /** With the time at which the person last proved each; `null`: never. */
  contact: z.strictObject({
    mobile: z.string(),
    mobileProvedAt: z.nullable(instant),
    email: z.string(),
    emailProvedAt: z.nullable(instant),
  }),
  /** `null` until the profile was completed. */
  profile: z.nullable(
    z.strictObject(
      byProfileField((field) =>
        z.nullable(profileField(field).asked === 'date' ? date : z.string()),
      ),
    ),
  ),
  consents: z.array(
    z.strictObject({
      kind: z.string(),
      portal: z.string(),
      purpose: z.string(),
      receiver: z.string(),
      /** What a service is told. */
      fields: z.nullable(z.array(z.string())),
      version: z.string(),
      givenAt: instant,
      withdrawnAt: z.nullable(instant),
    }),
  ),
  /** Consents for a child under 14: those given as a guardian, with the child, and those given for the person. */
  guardianConsents: z.array(
    z.strictObject({
      as: z.enum(['guardian', 'child']),
      child: z.nullable(
        z.strictObject({ documentType: z.string(), number: z.string(), name: z.string() }),
      ),
      relation: z.string(),
      channel: z.string(),
      scope: z.string(),
      version: z.string(),
      givenAt: instant,
      expiresAt: instant,
      usedAt: z.nullable(instant),
      endedAt: z.nullable(instant),
      ending: z.nullable(z.string()),
    }),
  ),
  verifications: z.array(
    z.strictObject({
      askedAt: instant,
      endedAt: z.nullable(instant),
      status: z.string(),
      provider: z.nullable(z.string()),
      rawCode: z.nullable(z.string()),
      vendorRequestId: z.nullable(z.string()),
    }),
  ),
  /** Faces that were compared. No picture is kept. */
  faces: z.array(
    z.strictObject({
      purpose: z.string(),
      askedAt: instant,
      endedAt: z.nullable(instant),
      status: z.string(),
      pictureFault: z.nullable(z.string()),
      score: z.nullable(z.number()),
      model: z.nullable(z.string()),
      provider: z.nullable(z.string()),
      rawCode: z.nullable(z.string()),
      vendorRequestId: z.nullable(z.string()),
    }),
  ),
  /** What came of the checks, and until when it holds. */
  attestations: z.array(
    z.strictObject({
      kind: z.string(),
      level: z.number(),
      /** The number that was checked, where that is not the account's own. */
      number: z.nullable(z.string()),
      at: instant,
      until: z.nullable(instant),
      revokedAt: z.nullable(instant),
    }),
  ),
  /** Tickets for a window, and what was recorded there. */
  windowTickets: z.array(
    z.strictObject({
      check: z.string(),
      status: z.string(),
      reason: z.nullable(z.string()),
      window: z.nullable(z.string()),
      createdAt: instant,
      expiresAt: instant,
      decidedAt: z.nullable(instant),
      revokedAt: z.nullable(instant),
      revocation: z.nullable(z.string()),
    }),
  ),
  /** Requests to classmates: those of the person with what was typed, and those to them. */
  vouches: z.array(
    z.strictObject({
      side: z.enum(['asked', 'helped']),
      name: z.nullable(z.string()),
      mobile: z.nullable(z.string()),
      ownMobile: z.nullable(z.string()),
      status: z.string(),
      createdAt: instant,
      decidedAt: z.nullable(instant),
    }),
  ),
  /** Authorisations of registration offices, and what these have asked. */
  authorisations: z.array(
    z.strictObject({
      portal: z.string(),
      service: z.string(),
      purposes: z.array(z.string()),
      usesAllowed: z.nullable(z.number()),
      used: z.number(),
      openedAt: instant,
      until: instant,
      closedAt: z.nullable(instant),
      closedBy: z.nullable(z.string()),
    }),
  ),
  /** By which identifier each service knows the person. */
  serviceIdentifiers: z.array(
    z.strictObject({ service: z.string(), identifier: z.string(), createdAt: instant }),
  ),
  /** What services have received about the person. */
  disclosures: z.array(
    z.strictObject({
      portal: z.string(),
      service: z.string(),
      fields: z.array(z.string()),
      level: z.number(),
      at: instant,
    }),
  ),
  officeQuestions: z.array(
    z.strictObject({
      portal: z.string(),
      receipt: z.string(),
      office: z.string(),
      purpose: z.string(),
      answer: z.enum(['yes', 'no']),
      at: instant,
    }),
  ),
  /** Matters that registration offices asked the person to confirm. */
  matters: z.array(
    z.strictObject({
      portal: z.string(),
      office: z.string(),
      company: z.string(),
      role: z.enum(matterRoles),
      purpose: z.string(),
      status: z.enum(matterStatuses),
      requestedAt: instant,
      expiresAt: instant,
      decidedAt: z.nullable(instant),
      receipt: z.nullable(z.string()),
      by: z.nullable(z.string()),
    }),
  ),
  /** First passwords of agencies with which a password of the account was set, and for whom. */
  handovers: z.array(
    z.strictObject({
      agency: z.string(),
      name: z.string(),
      number: z.string(),
      createdAt: instant,
      usedAt: z.nullable(instant),
    }),
  ),
  /** What the authorities last answered about records, and what it says there. */
  records: z.array(
    z.strictObject({
      portal: z.string(),
      kind: z.string(),
      authority: z.string(),
      askedAt: instant,
      outcome: z.nullable(z.string()),
      bound: z.array(z.strictObject({ id: z.string(), qualifications: z.array(z.string()) })),
      answer: z.nullable(
        z.strictObject({
          outcome: z.string(),
          at: z.nullable(instant),
          availableFrom: z.nullable(date),
          records: z.array(
            z.strictObject({
              id: z.string(),
              fields: z.array(z.strictObject({ field: z.string(), value: z.string() })),
              /** JPEG in base64. */
              images: z.array(z.strictObject({ side: z.string(), jpeg: z.string() })),
            }),
          ),
        }),
      ),
    }),
  ),
  /** 图像校对: what was answered, and what came of a dispute. */
  photoChecks: z.array(
    z.strictObject({
      portal: z.string(),
      /** By its code. */
      school: z.nullable(z.string()),
      record: z.string(),
      answer: z.string(),
      stars: z.nullable(z.number()),
      answeredAt: instant,
      reopenedAt: z.nullable(instant),
      /** Whether the authority has taken the school's answer. */
      report: z.nullable(z.string()),
      dispute: z.nullable(
        z.strictObject({
          caseNumber: z.nullable(z.string()),
          status: z.string(),
          reason: z.string(),
          field: z.nullable(z.string()),
          value: z.nullable(z.string()),
          note: z.nullable(z.string()),
          submittedAt: z.nullable(instant),
          dueAt: z.nullable(instant),
          endedAt: z.nullable(instant),
          photos: z.array(z.strictObject({ photo: z.string() })),
          schoolAnswers: z.array(
            z.strictObject({ outcome: z.string(), decidedAt: instant, text: z.string() }),
          ),
        }),
      ),
    }),
  ),
  contactChanges: z.array(
    z.strictObject({
      kind: z.string(),
      before: z.string(),
      after: z.string(),
      createdAt: instant,
      doneAt: z.nullable(instant),
      undoneAt: z.nullable(instant),
    }),
  ),
  /** Manual reviews, with what was decided and why; a draft too. */
  reviews: z.array(
    z.strictObject({
      portal: z.string(),
      caseNumber: z.nullable(z.string()),
      status: z.string(),
      documentType: z.string(),
      answers: z.nullable(
        z.strictObject({
          name: z.string(),
          validity,
          reason: z.string(),
        }),
      ),
      channel: z.string(),
      createdAt: instant,
      submittedAt: z.nullable(instant),
      dueAt: z.nullable(instant),
      openedAt: z.nullable(instant),
      endedAt: z.nullable(instant),
      expiresAt: z.nullable(instant),
      /** The sides of which there is a photo, with the photo's id. */
      photos: z.array(z.strictObject({ side: z.string(), photo: z.string() })),
      decisions: z.array(
        z.strictObject({
          outcome: z.string(),
          decidedAt: instant,
          reasons: z.array(
            z.strictObject({ code: z.string(), item: z.string(), note: z.nullable(z.string()) }),
          ),
        }),
      ),
    }),
  ),
  /** Questions to the help desk, with what was said since. */
  tickets: z.array(
    z.strictObject({
      portal: z.string(),
      caseNumber: z.nullable(z.string()),
      status: z.string(),
      topic: z.string(),
      text: z.string(),
      name: z.nullable(z.string()),
      number: z.nullable(z.string()),
      email: z.nullable(z.string()),
      correction: z.nullable(z.strictObject({ kind: z.string(), after: z.string() })),
      agreesToPhotos: z.boolean(),
      channel: z.string(),
      createdAt: instant,
      submittedAt: z.nullable(instant),
      dueAt: z.nullable(instant),
      openedAt: z.nullable(instant),
      endedAt: z.nullable(instant),
      expiresAt: z.nullable(instant),
      photos: z.array(z.strictObject({ photo: z.string() })),
      replies: z.array(z.strictObject({ at: instant, text: z.string() })),
      helpDeskAnswers: z.array(
        z.strictObject({ outcome: z.string(), decidedAt: instant, text: z.string() }),
      ),
    }),
  ),
  /** The pictures themselves come with the readable copy; they are deleted after `removeAfter`. */
  photos: z.array(
    z.strictObject({
      id: z.string(),
      bytes: z.number(),
      width: z.number(),
      height: z.number(),
      orientation: z.number(),
      createdAt: instant,
      removeAfter: z.nullable(instant),
    }),
  ),
  /** What the help desk corrected, or was asked to. */
  corrections: z.array(
    z.strictObject({
      kind: z.string(),
      status: z.string(),
      before: z.string(),
      after: z.string(),
      evidence: z.string(),
      requestedAt: instant,
      decidedAt: z.nullable(instant),
      expiresAt: instant,
    }),
  ),
  /** Its own claims on a document number, and those on its number. */
  numberClaims: z.array(
    z.strictObject({
      isOwn: z.boolean(),
      claimNumber: z.nullable(z.string()),
      status: z.string(),
      createdAt: instant,
      noticedAt: z.nullable(instant),
      objectUntil: z.nullable(instant),
      objectedAt: z.nullable(instant),
      endedAt: z.nullable(instant),
    }),
  ),
  weChat: z.nullable(z.strictObject({ openId: z.string(), boundAt: instant })),
  ministry: z.nullable(z.strictObject({ account: z.string(), linkedAt: instant })),
  sessions: z.array(
    z.strictObject({
      label: z.string(),
      createdAt: instant,
      lastSeenAt: instant,
      provedAt: z.nullable(instant),
      endedAt: z.nullable(instant),
    }),
  ),
  notices: z.array(
    z.strictObject({
      kind: z.string(),
      facts: z.record(z.string(), z.string()),
      at: instant,
      readAt: z.nullable(instant),
    }),
  ),
  /** What was done with the account and by whom: the person, somebody who had not signed in, staff, or a job. */
  history: z.array(
    z.strictObject({
      at: instant,
      action: z.string(),
      by: z.string(),
      facts: z.record(z.string(), z.unknown()),
    }),
  ),
  cancellation: z.nullable(z.strictObject({ requestedAt: instant, dueAt: instant })),
});
export type AccountExport = z.infer<typeof AccountExport>;
