export * from './access.ts';
export * from './browser.ts';
export * from './caller.ts';
export * from './journey.ts';
export * from './staff.ts';
export * from './walk-desk.ts';
export * from './walk-help-desk.ts';
export * from './walk-staff.ts';
