import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { assertFree, freePort } from './ports.ts';

describe('ports', () => {
  test('files that run at once draw from ranges of their own', async () => {
    const own = process.env['VITEST_POOL_ID'];
    expect(own).toMatch(/^\d+$/);
    const drawn = async (pool: string) => {
      process.env['VITEST_POOL_ID'] = pool;
      try {
        return await Promise.all(Array.from({ length: 20 }, freePort));
      } finally {
        process.env['VITEST_POOL_ID'] = own;
      }
    };
    const first = await drawn('1');
    const second = await drawn('2');
    expect(Math.max(...first)).toBeLessThan(Math.min(...second));
  });

  test('none is drawn twice, though nobody listens yet on the first', async () => {
    const ports = new Set<number>();
    for (let count = 0; count < 200; count += 1) ports.add(await freePort());
    expect(ports.size).toBe(200);
  });

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
