import * as z from 'zod/mini';
import { windowOutcomes, windowReasonCodes, windowRevocations } from './window.ts';
import { accountFieldIds, correctionKinds } from './account-fields.ts';
import { authorisationPurposes, authorisationUses } from './authorisation.ts';
import { officeAlgorithms } from './http-signature.ts';
import { matterProofs, matterRoles } from './matters.ts';
import { withdrawableConsents } from './consents.ts';
import { faceFrame } from './face.ts';
import { disputeFields, disputeReasons } from './photo-check.ts';
import { recordKindIds } from './records/kinds.ts';
import { contactKinds } from './notices.ts';
import { queueStatuses, reopenReasons } from './desk.ts';
import { documentTypes } from './documents/index.ts';
import { helpDeskReasons } from './help-desk.ts';
import { caseOutcomes, caseStages } from './cases/case.ts';
import { caseKinds, followedKinds } from './cases/kinds.ts';
import { photoSides } from './cases/photo-sides.ts';
import { reasonCodes, caseItems } from './cases/reasons.ts';
import { byProfileField, profileField, type ProfileField } from './profile/fields.ts';
import type { SomeAnswers } from './profile/profile.ts';
import { serviceFieldIds } from './service-client.ts';
import { staffRoles } from './staff.ts';

/**
 * The shapes that the procedures take: what JSON must look like before the rules of a page read it.
 * Whether a name is a name is decided once, in the verb, by the same functions that the browser uses.
 */
const text = (maxLength: number) =>
  z.string().check(
    z.maxLength(maxLength, 'text.too_long'),
    // Half of a character beyond the BMP is no text: a database over the wire does not take it.
    z.regex(/^\P{Cs}*$/u, 'input.shape'),
  );

const line = text(200);
const dateAnswers = z.strictObject({ year: line, month: line, day: line });
const ticket = text(100);
/** A guardian's code, for a child (PIPL 31). */
const guardianCode = z.optional(line);

/** What a ticket of the puzzle is good for. It opens nothing else. */
const puzzlePurposes = ['register', 'login', 'recover', 'contact', 'ticket'] as const;
export type PuzzlePurpose = (typeof puzzlePurposes)[number];
const purpose = z.enum(puzzlePurposes);

export const DrawPuzzleInput = z.strictObject({ purpose });
export const SolvePuzzleInput = z.strictObject({
  puzzleId: text(40),
  /** Left edge of the piece, in pixels of the picture as drawn. */
  x: z.number().check(z.gte(0), z.lte(4096)),
});
export const DrawProofOfWorkInput = z.strictObject({ isHeavy: z.boolean() });
export const SolveProofOfWorkInput = z.strictObject({ purpose, solution: text(4000) });

export const SaveDocumentInput = z.strictObject({
  documentType: line,
  number: line,
  name: line,
  validityStart: dateAnswers,
  validityTerm: line,
  hasConsented: z.boolean(),
  guardianCode,
});
const profileAnswers = byProfileField((field) =>
  z.optional(profileField(field).asked === 'date' ? dateAnswers : line),
) as { [F in ProfileField]: z.ZodMiniOptional<z.ZodMiniType<NonNullable<SomeAnswers[F]>>> };
/** 实名信息 of somebody who registered without. */
export const GiveIdentityInput = z.extend(SaveDocumentInput, {
  ...profileAnswers,
  earlierNumber: z.optional(line),
  claimsNumber: z.optional(z.boolean()),
});
export const SavePasswordInput = z.strictObject({ password: line, passwordAgain: line });
export const SendCodeInput = z.strictObject({ email: text(320), mobile: line, ticket });
export const ProveContactInput = z.strictObject({ code: line });
export const SubmitRegistrationInput = z.strictObject({
  hasAgreed: z.boolean(),
  claimsNumber: z.optional(z.boolean()),
});

export const HandOverInput = z.strictObject({ name: line, number: line, hasSeenCard: z.boolean() });
export const FindHandoversInput = z.strictObject({ search: line });
export const HandoverInput = z.strictObject({ handoverId: text(40) });
/** What the holder of a first password gives: who they are, and a password of their own. */
export const TakeUpInput = z.strictObject({
  documentType: line,
  number: line,
  name: line,
  validityStart: dateAnswers,
  validityTerm: line,
  hasConsented: z.boolean(),
  firstPassword: line,
  password: line,
  passwordAgain: line,
  hasAgreed: z.boolean(),
  ticket,
});

/** A tick of its own, before any picture is taken. */
export const BeginFaceInput = z.strictObject({
  purpose: z.enum(['level', 'authorise']),
  about: z.optional(text(40)),
  hasAgreed: z.boolean(),
});
/** Base64 is a third longer than the JPEG. */
const frames = z
  .array(text(Math.ceil(faceFrame.underBytes / 3) * 4))
  .check(z.maxLength(faceFrame.count, 'input.shape'));
export const SubmitFaceInput = z.strictObject({
  purpose: z.enum(['level', 'authorise']),
  about: z.optional(text(40)),
  challenge: text(60),
  frames,
});
export const BeginFaceSignInInput = z.strictObject({
  name: line,
  ticket,
  hasAgreed: z.boolean(),
});
export const AgreeToFaceInput = z.strictObject({ hasAgreed: z.boolean() });
export const ShowFaceInput = z.strictObject({ challenge: text(60), frames });
export const SignInByFaceInput = z.strictObject({ name: line, challenge: text(60), frames });

export const SignInInput = z.strictObject({ name: text(320), password: line, ticket });
export const IdentifyInput = z.strictObject({
  documentType: line,
  number: line,
  name: line,
  ticket,
});
export const BeginRecoveryInput = z.strictObject({ name: text(320), ticket });
/** `by` is the contact that the code goes to; the mobile where nothing is said. */
export const SendRecoveryCodeInput = z.strictObject({
  ticket,
  by: z.optional(z.enum(contactKinds)),
});
export const TellUserNamesInput = z.strictObject({ code: line });
export const SendWeChatSceneInput = z.strictObject({ ticket });
export const BindWeChatInput = z.strictObject({ code: line });
export const BeginVisitInput = z.strictObject({ purpose: z.enum(['sign_in', 'link']) });
/** The query with which a browser comes back from the ministry. */
export const ArriveInput = z.strictObject({ query: text(4_000) });
export const SendLinkInput = z.strictObject({ ticket });
export const OpenLinkInput = z.strictObject({ link: text(100) });
export const ResetByLinkInput = z.strictObject({
  link: text(100),
  password: line,
  passwordAgain: line,
});
export const ResetByFaceInput = z.strictObject({ password: line, passwordAgain: line });
export const ResetPasswordInput = z.strictObject({
  code: line,
  password: line,
  passwordAgain: line,
});
export const ChangePasswordInput = z.strictObject({
  current: line,
  password: line,
  passwordAgain: line,
});
export const EndSessionInput = z.strictObject({ sessionId: text(40) });

/** What a document does not ask for may be left out. */
export const SaveProfileInput = z.strictObject({
  ...profileAnswers,
  guardianCode,
});

export const VerifyInput = z.strictObject({
  name: line,
  validityStart: dateAnswers,
  validityTerm: line,
});

export const SaveReviewAnswersInput = z.strictObject({
  name: line,
  validityStart: dateAnswers,
  validityTerm: line,
  reason: text(500),
  channel: line,
});
export const HandOffPhotoInput = z.strictObject({ side: z.enum(photoSides) });
export const RemoveReviewPhotoInput = z.strictObject({ side: z.enum(photoSides) });

export const ProveByPasswordInput = z.strictObject({ password: line });
/** Where a code can go that proves who is at a session. */
const proofChannels = ['sms', 'mail'] as const;
export type ProofChannel = (typeof proofChannels)[number];
export const SendProofCodeInput = z.strictObject({ channel: z.enum(proofChannels), ticket });
export const ProveByCodeInput = z.strictObject({ code: line });
export const ProveByAuthorityInput = VerifyInput;

export const BeginContactChangeInput = z.strictObject({
  kind: z.enum(contactKinds),
  value: text(320),
  ticket,
});
export const ConfirmContactChangeInput = z.strictObject({ code: line });
export const VouchRequestInput = z.strictObject({ name: line, mobile: line, ownMobile: line });
export const VouchInput = z.strictObject({ vouchId: line });
export const ConfirmVouchInput = z.strictObject({ vouchId: line, name: line });
export const MailProofInput = z.strictObject({ link: text(100) });
export const UndoContactChangeInput = z.strictObject({ secret: line });
/** Notices that came after the page was asked for were not read on it. */
export const MarkNoticesReadInput = z.strictObject({ untilMs: z.number() });

const consentChoice = {
  kind: z.enum(withdrawableConsents),
  /** Where the consent is to enter a service. */
  serviceId: z.optional(line),
};
export const BindRecordsInput = z.strictObject({
  enrolmentId: text(64),
  qualificationIds: z.array(text(64)).check(z.maxLength(20)),
});
export const RefreshRecordInput = z.strictObject({ kind: z.enum(recordKindIds) });

const photoCheckId = text(64);
export const PhotoCheckInput = z.strictObject({ recordId: photoCheckId });
export const RatePhotoCheckInput = z.strictObject({
  recordId: photoCheckId,
  stars: z.int().check(z.gte(1), z.lte(5)),
});
export const DisputeInput = z.strictObject({
  recordId: photoCheckId,
  reason: z.enum(disputeReasons),
  field: z.nullable(z.enum(disputeFields)),
  value: line,
  note: text(1000),
  /** The person's own photo, as JPEG in base64. */
  photo: z.nullable(text(420_000)),
});

export const AuthorisationInput = z.strictObject({
  purposes: z.array(z.enum(authorisationPurposes)).check(z.maxLength(authorisationPurposes.length)),
  lastDay: text(10),
  uses: z.enum(authorisationUses),
  count: text(4),
});
const requestId = z.string().check(z.regex(/^[\w.-]{1,64}$/));
const idNumber = z.string().check(z.minLength(1), z.maxLength(32));
/** What a registration office asks (E-AUT-02). `requestId` is the office's own name of the question. */
export const OfficeQuestionInput = z.strictObject({
  idNumber,
  purpose: z.enum(authorisationPurposes),
  requestId,
});
/** A matter that an office asks a person to confirm. */
export const OfficeMatterInput = z.strictObject({
  idNumber,
  company: text(200),
  role: z.enum(matterRoles),
  purpose: z.enum(authorisationPurposes),
  requestId,
});
/** An office's question about a matter that it has asked, or its withdrawal. */
export const OfficeMatterIdInput = z.strictObject({ matter: text(40), requestId });
/** The person's answer. Password and code are `''` where a face that was shown for this matter proves who gives it. */
export const AnswerMatterInput = z.strictObject({
  matterId: text(40),
  answer: z.enum(['yes', 'no']),
  by: z.enum(matterProofs),
  password: line,
  code: line,
});
export const AddOfficeKeyInput = z.strictObject({
  office: line,
  algorithm: z.enum(officeAlgorithms),
  publicKey: line,
});
export const OfficeKeyInput = z.strictObject({ keyId: text(40) });

export const WithdrawDisputeInput = z.strictObject({ caseNumber: text(20) });

export const WithdrawConsentInput = z.strictObject(consentChoice);
/** `hasAgreed`: to the agreement, asked of those who have not yet. */
export const GiveConsentInput = z.strictObject({
  ...consentChoice,
  /** Of a service: what it is told. */
  fields: z.optional(z.array(z.enum(serviceFieldIds)).check(z.maxLength(serviceFieldIds.length))),
  hasAgreed: z.boolean(),
  guardianCode,
});
const guardedChild = { documentType: line, number: line, name: line, relation: line };
export const GiveGuardianConsentInput = z.strictObject({
  ...guardedChild,
  hasConsented: z.boolean(),
});
export const RefuseGuardianConsentInput = z.strictObject(guardedChild);
export const WithdrawGuardianConsentInput = z.strictObject({ consentId: text(40) });
export const StopCancellationByLinkInput = z.strictObject({ link: text(100) });

const addresses = text(4000);
const fields = z.array(z.enum(serviceFieldIds)).check(z.maxLength(serviceFieldIds.length));
/** `version`: of the registration that was looked at; -1 where there was none. */
const registeredService = { portal: text(40), service: text(40), version: z.int() };
export const ProposeServiceInput = z.strictObject({
  ...registeredService,
  typed: z.strictObject({
    redirectUris: addresses,
    postLogoutRedirectUris: addresses,
    startUri: text(400),
    keys: text(8000),
    backchannelLogoutUri: text(400),
    eventsUri: text(400),
    required: fields,
    optional: fields,
  }),
});
export const DecideServiceInput = z.strictObject({ ...registeredService, agrees: z.boolean() });
export const EndServiceInput = z.strictObject({ ...registeredService, isForGood: z.boolean() });

export const EnterServiceInput = z.strictObject({ serviceId: text(40) });

const staffId = text(40);
const staffRole = z.enum(staffRoles);
/** The JSON of what the browser's authenticator answered. */
const credential = text(8000);

export const SignInByPasskeyInput = z.strictObject({ credential });
export const SignInByPasswordInput = z.strictObject({
  loginName: line,
  password: line,
  code: line,
});
export const ProveStaffByPasskeyInput = z.strictObject({ credential });
export const ProveStaffByPasswordInput = z.strictObject({ password: line, code: line });
export const StaffLinkInput = z.strictObject({ link: text(100) });
export const AcceptByPasskeyInput = z.strictObject({ link: text(100), credential, label: line });
export const AcceptByPasswordInput = z.strictObject({
  link: text(100),
  password: line,
  passwordAgain: line,
  code: line,
});
export const ChangeStaffPasswordInput = z.strictObject({ password: line, passwordAgain: line });
/** `secret`: 20 bytes in base 32. */
export const ChangeTotpInput = z.strictObject({
  secret: z.string().check(z.regex(/^[A-Z2-7]{32}$/, 'input.shape')),
  code: line,
});
export const InviteStaffInput = z.strictObject({
  loginName: line,
  name: line,
  email: text(320),
  number: line,
  role: staffRole,
  scope: z.optional(line),
});
export const StaffIdInput = z.strictObject({ staffId });
export const ChangeStaffRoleInput = z.strictObject({
  staffId,
  role: staffRole,
  scope: z.optional(line),
});
export const ChangeStaffPersonInput = z.strictObject({ staffId, email: text(320), number: line });
export const AddPasskeyInput = z.strictObject({ credential, label: line });
export const RemovePasskeyInput = z.strictObject({ passkeyId: text(1400) });

const caseId = text(40);
const instantMs = z.int().check(z.gte(0));

const caseKind = z.enum(caseKinds);
export const QueueInput = z.strictObject({
  kind: z.optional(caseKind),
  status: z.optional(z.enum(queueStatuses)),
  stage: z.optional(z.enum(caseStages)),
  documentType: z.optional(z.enum(documentTypes)),
  dueBeforeMs: z.optional(instantMs),
  reason: z.optional(z.enum(reasonCodes)),
  reviewerId: z.optional(staffId),
  cursor: z.optional(text(100)),
});
export type QueueQuery = z.infer<typeof QueueInput>;
export const SearchCasesInput = z.strictObject({ search: line, kind: z.optional(caseKind) });
export const CaseInput = z.strictObject({ caseId });
const fraction = z.number().check(z.gte(0), z.lte(1));
/** An answer that stands to a photo check, for the staff of its school. */
export const ReopenPhotoCheckInput = z.strictObject({ answerId: caseId });
export const AssignDisputeInput = z.strictObject({ caseId, scope: line });
export const DecideDisputeInput = z.strictObject({
  caseId,
  version: z.int(),
  outcome: z.enum(['approve', 'reject']),
  text: text(2000),
});
export const DecideInput = z.strictObject({
  caseId,
  version: z.int(),
  outcome: z.enum(caseOutcomes),
  reasons: z
    .array(
      z.strictObject({
        code: z.enum(reasonCodes),
        item: z.enum(caseItems),
        mark: z.nullable(
          z.strictObject({ x: fraction, y: fraction, width: fraction, height: fraction }),
        ),
        note: z.nullable(text(1000)),
      }),
    )
    .check(z.maxLength(20)),
  /** That the face in the photos may be somebody else's: approving it then takes a second person. */
  isFaceDoubtful: z.boolean(),
});
const credentialText = text(4000);
export const SaveCredentialGuideInput = z.strictObject({
  version: z.int(),
  checkedOn: line,
  documentsZh: credentialText,
  documentsEn: credentialText,
  firstTitleZh: credentialText,
  firstTitleEn: credentialText,
  firstStepsZh: credentialText,
  firstStepsEn: credentialText,
  secondTitleZh: credentialText,
  secondTitleEn: credentialText,
  secondStepsZh: credentialText,
  secondStepsEn: credentialText,
  notesZh: credentialText,
  notesEn: credentialText,
});
export const OpenWindowTicketInput = z.strictObject({ code: line });
export const DecideWindowTicketInput = z.strictObject({
  ticketId: text(40),
  version: z.int(),
  outcome: z.enum(windowOutcomes),
  reason: z.enum(windowReasonCodes),
});
export const RevokeWindowPassInput = z.strictObject({
  code: line,
  reason: z.enum(windowRevocations),
});
export const AssignInput = z.strictObject({ caseId, staffId: text(40) });
export const ReopenInput = z.strictObject({ caseId, reason: z.enum(reopenReasons) });

const ticketKey = { number: text(40), code: text(40) };
/** A ticket by its number, or as a draft by its id, with the code that came with it. */
export const TicketKeyInput = z.strictObject(ticketKey);
export const BeginTicketInput = z.strictObject({
  topic: line,
  text: text(2000),
  name: line,
  number: line,
  email: text(320),
  agreesToPhotos: z.boolean(),
  wrongField: z.optional(line),
  correction: z.optional(text(320)),
  ticket,
});
/** `look`: why somebody who has not worked on a ticket reads it after its end. */
export const TicketCaseInput = z.strictObject({
  caseId,
  look: z.optional(z.strictObject({ reason: z.enum(helpDeskReasons), note: text(2000) })),
});
const organisationContact = {
  person: line,
  mobile: line,
  email: text(320),
  contactAgrees: z.boolean(),
};
export const BeginLetterInput = z.strictObject({
  ...organisationContact,
  name: line,
  code: line,
  text: text(2000),
  agreesToPhotos: z.boolean(),
  ticket,
});
export const SetOrganisationPasswordInput = z.strictObject({
  ...ticketKey,
  password: line,
  passwordAgain: line,
});
export const OrganisationProofInput = z.strictObject({ password: line });
export const SendOrganisationCodeInput = z.strictObject({
  ...organisationContact,
  password: line,
  ticket,
});
export const ChangeOrganisationContactInput = z.strictObject({
  ...organisationContact,
  code: line,
});
export const SignInOrganisationInput = z.strictObject({ code: line, password: line, ticket });
export const FollowedKindInput = z.strictObject({ kind: z.enum(followedKinds) });
export const AnswerTicketInput = z.strictObject({ ...ticketKey, text: text(2000) });
export const ProveTicketInput = z.strictObject({ link: text(100) });
export const DecideClaimInput = z.strictObject({
  caseId,
  version: z.int(),
  outcome: z.enum(caseOutcomes),
  text: text(2000),
});
export const DecideTicketInput = z.strictObject({
  caseId,
  version: z.int(),
  outcome: z.enum(caseOutcomes),
  text: text(2000),
  freesNumber: z.boolean(),
  isTelephoned: z.optional(z.boolean()),
});

const accountId = text(40);

export const FindAccountInput = z.strictObject({ search: text(320) });
export const AccountInput = z.strictObject({ accountId });
export const RevealItemInput = z.strictObject({
  accountId,
  item: z.enum(accountFieldIds),
  reason: z.enum(helpDeskReasons),
  note: text(2000),
});
export const RequestCorrectionInput = z.strictObject({
  accountId,
  kind: z.enum(correctionKinds),
  value: text(320),
  evidence: text(2000),
});
export const CorrectionInput = z.strictObject({ correctionId: text(40) });

/** Days in Shanghai, `YYYY-MM-DD`, both included. */
export const StatisticsInput = z.strictObject({
  from: text(10),
  to: text(10),
  kind: z.optional(caseKind),
});

/** An empty text asks for nothing. */
export const SearchAuditInput = z.strictObject({
  accountId,
  actor: text(60),
  action: text(90),
  from: text(10),
  to: text(10),
  cursor: text(100),
});
/** `fromBlock`: 0 for the first block that is kept. */
export const CheckAuditInput = z.strictObject({ fromBlock: z.int().check(z.gte(0)) });
