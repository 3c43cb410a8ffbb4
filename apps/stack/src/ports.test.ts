import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { assertFree, freePort } from './ports.ts';

describe('ports', () => {
  test('a busy port is refused with the variable that changes it, a free one is not', async () => {
    const port = await freePort();
    await assertFree(port, 'SHIMING_PORT');
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
    await expect(assertFree(port, 'SHIMING_PORT')).rejects.toThrow(
      new RegExp(`端口 ${port} 已被占用[^]*Port ${port} is in use[^]*SHIMING_PORT=`),
    );
    await new Promise((resolve) => {
      server.close(resolve);
    });
    await assertFree(port, 'SHIMING_PORT');
  });
});
