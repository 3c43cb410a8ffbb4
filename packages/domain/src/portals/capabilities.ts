import type { Portal } from './portal.ts';

/** What only some portals do, and the value of a portal that says so. A procedure of it is refused at the others. */
export const capabilities = {
  organisations: ({ takesOrganisations }) => takesOrganisations,
  agency_help: ({ agencyHelp }) => agencyHelp !== null,
  vouching: ({ vouching }) => vouching !== null,
  records: ({ records }) => records !== null,
  earlier_qualifications: ({ records }) => records?.bindsQualifications === true,
  photo_check: ({ records }) => (records?.photoCheck ?? null) !== null,
  authorisation: ({ authorisation }) => authorisation !== null,
  face: ({ face }) => face !== null,
  window: ({ hasWindow }) => hasWindow,
  wechat: ({ weChat }) => weChat !== null,
  ministry: ({ takesMinistryAccounts }) => takesMinistryAccounts,
  check_at_registration: ({ flows }) => flows.register.steps.includes('verify'),
  recovery_by_user_name: ({ flows }) => flows.recover.steps[0] === 'user_name',
  user_names: ({ flows }) => flows.find_user_name !== undefined,
} as const satisfies Record<string, (portal: Portal) => boolean>;

export type Capability = keyof typeof capabilities;
