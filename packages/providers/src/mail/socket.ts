/** A TCP connection, plain or TLS: the part of workerd's `Socket` that SMTP needs. */
export type Socket = {
  readable: ReadableStream<Uint8Array>;
  writable: WritableStream<Uint8Array>;
  /** Goes on over TLS with a socket of its own; both streams must be unlocked. */
  startTls: () => Socket;
  close: () => Promise<void>;
};

/**
 * Opens a connection. Returns at once: the streams report that it failed.
 * The same as `connect` of `cloudflare:sockets`.
 * @see https://developers.cloudflare.com/workers/runtime-apis/tcp-sockets/
 */
export type Connect = (
  address: { hostname: string; port: number },
  options: { secureTransport: 'on' | 'starttls' | 'off'; allowHalfOpen: boolean },
) => Socket;
