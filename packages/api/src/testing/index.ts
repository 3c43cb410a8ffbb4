export * from './browser.ts';
export * from './caller.ts';
export * from './journey.ts';
