import net from 'node:net';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Connect, Socket } from '../mail/socket.ts';

/** `connect` of `cloudflare:sockets` on Node: real TCP and TLS. `tlsOptions` say whom to trust. */
export function createNodeConnect(tlsOptions: tls.ConnectionOptions = {}): Connect {
  const over = (stream: net.Socket, named: { servername?: string }): Socket => {
    const { readable, writable } = Duplex.toWeb(stream);
    return {
      readable: readable as ReadableStream<Uint8Array>,
      writable,
      startTls: () => over(tls.connect({ ...tlsOptions, ...named, socket: stream }), named),
      close: async () => {
        stream.destroySoon();
      },
    };
  };
  return ({ hostname, port }, { secureTransport }) => {
    const named = net.isIP(hostname) === 0 ? { servername: hostname } : {};
    return secureTransport === 'on'
      ? over(tls.connect({ ...tlsOptions, ...named, host: hostname, port }), named)
      : over(net.connect(port, hostname), named);
  };
}
