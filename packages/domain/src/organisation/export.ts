/** PIPL 45: everything that is held about an organisation and its contact person, as the JSON that they take along. */
export type OrganisationExport = {
  format: 'shiming.organisation';
  version: 1;
  portal: string;
  exportedAt: string;
  organisation: { name: string; code: string; createdAt: string; closesAt: string | null };
  contact: {
    person: string;
    mobile: string;
    email: string;
    consent: { version: string; givenAt: string } | null;
  };
  /** The letters by which the organisation registered and got back in. */
  letters: readonly {
    caseNumber: string | null;
    status: string;
    name: string;
    person: string;
    mobile: string;
    email: string | null;
    text: string;
    replies: readonly { at: string; text: string }[];
    answers: readonly { outcome: string; text: string; at: string }[];
    telephonedAt: string | null;
    submittedAt: string | null;
    endedAt: string | null;
    /** Those that are still kept. */
    images: readonly { side: string; jpeg: string }[];
  }[];
  sessions: readonly {
    label: string;
    createdAt: string;
    lastSeenAt: string;
    endedAt: string | null;
  }[];
};
