#!/usr/bin/env bash
# Two Node clients of Aliyun's SMS service and a refused message
#
# One would guess: the vendor's newer client treats a refusal of the gateway as its older one does, so that the change
#   from the one to the other is a change of names.
# What happens: a refusal (isv.BUSINESS_LIMIT_CONTROL: this number has had its messages for today) comes as HTTP 200 with
#   a Code in the body. @alicloud/pop-core 1.8.0 rejects, with the code. @alicloud/dysmsapi20170525 4.6.0 resolves, as
#   it does for a message that was sent; only `body.code` differs. tencentcloud-sdk-nodejs-sms 4.1.306 resolves too.
#   All three reject when the gateway is too busy and answers HTTP 503, so a trial with "the gateway is down" passes.
# Whom it hurts: after the move to the newer client, or behind a switch between vendors that tries the second one when
#   the first rejects, the person waits for a code that was never sent, and the second vendor is never asked.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  @alicloud/pop-core@1.8.0 @alicloud/dysmsapi20170525@4.6.0 tencentcloud-sdk-nodejs-sms@4.1.306
cat > "$dir/see.cjs" <<'EOF'
const assert = require('node:assert');
const { createServer } = require('node:http');
const Pop = require('@alicloud/pop-core');
const { default: Sms, SendSmsRequest } = require('@alicloud/dysmsapi20170525');
const tencent = require('tencentcloud-sdk-nodejs-sms');

const PHONE = '13800138000';
const answers = {
  sent: [200, { Code: 'OK', Message: 'OK', BizId: '1^0', RequestId: 'r' }, 'Ok'],
  refused: [200, { Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: 'limit', RequestId: 'r' }, 'LimitExceeded.PhoneNumberDailyLimit'],
  busy: [503, { Code: 'ServiceUnavailable', Message: 'busy', RequestId: 'r' }, 'none'],
};
let answer;
// Speaks as both gateways do, on this machine only.
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const [status, aliyun, code] = answers[answer];
    const set = [{ Code: code, PhoneNumber: `+86${PHONE}`, SerialNo: '1', Fee: 1, Message: '' }];
    const body = request.headers['x-tc-action'] ? { Response: { SendStatusSet: set, RequestId: 'r' } } : aliyun;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});
server.listen(0, '127.0.0.1', async () => {
  const host = `127.0.0.1:${server.address().port}`;
  const key = { accessKeyId: 'id', accessKeySecret: 'secret' };
  const pop = new Pop({ ...key, endpoint: `http://${host}`, apiVersion: '2017-05-25' });
  const sms = new Sms({ ...key, endpoint: host, protocol: 'HTTP', toMap() { return this; } });
  const other = new tencent.sms.v20210111.Client({
    credential: { secretId: 'id', secretKey: 'secret' },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint: host, protocol: 'http://' } },
  });
  const fields = { signName: '示例', templateCode: 'SMS_1', templateParam: '{"minutes":"5"}', phoneNumbers: PHONE };
  const clients = {
    'pop-core': () => pop.request('SendSms', { SignName: '示例', TemplateCode: 'SMS_1', PhoneNumbers: PHONE }, { method: 'POST' }),
    dysmsapi20170525: () => sms.sendSms(new SendSmsRequest(fields)),
    tencent: () => other.SendSms({ PhoneNumberSet: [`+86${PHONE}`], SmsSdkAppId: '1', TemplateId: '1', SignName: '示例' }),
  };
  const codeOf = (result) => result.Code ?? result.body?.code ?? result.SendStatusSet?.[0].Code;
  const seen = {};
  for (answer of Object.keys(answers)) {
    seen[answer] = {};
    for (const [name, send] of Object.entries(clients)) {
      seen[answer][name] = await send().then((result) => `resolves, ${codeOf(result)}`, () => 'rejects');
    }
  }
  server.close();
  server.closeAllConnections();
  console.log('node', process.version);
  console.table(seen);
  const resolves = (code) => `resolves, ${code}`;
  assert.deepStrictEqual(Object.values(seen.sent), [resolves('OK'), resolves('OK'), resolves('Ok')]);
  assert.deepStrictEqual(Object.values(seen.refused),
    ['rejects', resolves('isv.BUSINESS_LIMIT_CONTROL'), resolves('LimitExceeded.PhoneNumberDailyLimit')]);
  assert.deepStrictEqual(Object.values(seen.busy), ['rejects', 'rejects', 'rejects']);
  console.log('as described');
  process.exit(0);
});
EOF
node "$dir/see.cjs" || { echo 'not as described any more'; exit 1; }
