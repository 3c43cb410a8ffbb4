export { createWeChatInbox } from './inbox.ts';
export { createWeChatPlatform } from './platform.ts';
