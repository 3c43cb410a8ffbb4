import { citizenTable } from './citizen-table.ts';
import { buildWeb } from './build.ts';
import { runCommand, stopWithUs } from './lifetime.ts';
import { dataDir } from './paths.ts';
import { portsFromEnvironment } from './ports.ts';
import { startStack } from './stack.ts';

await runCommand(async () => {
  const ports = await portsFromEnvironment();
  console.log('构建网页 / Building the web app …');
  if ((await buildWeb('warn')) !== 0) throw new Error('The SPA does not build.');
  const stack = await startStack({
    ports,
    dataDir,
    log: (line) => console.log(line),
  });
  stopWithUs(async () => {
    console.log('\n正在停止，数据保留在 .shiming/ / Stopping; data stay in .shiming/');
    await stack.stop();
  });
  console.log(`
${citizenTable()}

用上列虚构人员之一注册，手机号任填（如 13800138000），验证码见“手机”页。
Register as one of these made-up people with any mobile number (13800138000, say);
the code arrives on the phone page. Then sign in and ask to be verified.

实名 / Shiming
  网站 Web     ${stack.webUrl}
  手机 Phone   ${stack.phoneUrl}   短信、邮件、微信在这里 / messages, mails and WeChat arrive here
  审核 Console ${stack.webUrl}/console   第一位管理员 / first administrator: npx -y pnpm@12 staff:first-administrator admin 王管理 admin@example.com
  日志 Logs    .shiming/worker.log
  Ctrl-C 停止 / stops.`);
  void stack.broken.then(async (reason) => {
    console.error(`\n${reason}`);
    await stack.stop();
    process.exit(1);
  });
});
