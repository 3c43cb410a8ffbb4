import { weChatMenu } from '@shiming/domain';
import { createWeChatPlatform } from '@shiming/providers/wechat';
import { runCommand } from './lifetime.ts';

/** Puts the service account's menu up, in place of the one it has. @throws Error with what the platform said */
export async function putUpMenu(account: {
  endpoint: string;
  appId: string;
  appSecret: string;
}): Promise<void> {
  const platform = createWeChatPlatform({
    ...account,
    fetch: (request) => fetch(request),
    now: () => Date.now(),
    timeoutMs: 10_000,
  });
  const result = await platform.createMenu(weChatMenu);
  if (result.outcome !== 'done') {
    throw new Error(
      `微信没有接受菜单 / WeChat did not take the menu: ${result.outcome} ${result.vendorCode}`,
    );
  }
}

function setting(name: string): string {
  const value = process.env[name] ?? '';
  if (value === '') throw new Error(`请设置 ${name}。 / ${name} is not set.`);
  return value;
}

/** Once for each deployment that has another menu, from an address on the account's list. */
async function run(): Promise<void> {
  await putUpMenu({
    endpoint: process.env['WECHAT_API_ENDPOINT'] ?? 'https://api.weixin.qq.com',
    appId: setting('WECHAT_APP_ID'),
    appSecret: setting('WECHAT_APP_SECRET'),
  });
  console.log(`菜单 / Menu: ${weChatMenu.map(({ name }) => name).join(' · ')}`);
}

if (import.meta.main) await runCommand(run);
