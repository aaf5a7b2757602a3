import net from 'node:net';
import tls from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_MS = 30_000;

/**
 * The connections of one client. kafkajs goes on trying after its caller has given up, and reconnects after a
 * disconnect: only a client without sockets can be relied on to send nothing any more.
 */
export class FencedSockets {
  private readonly open = new Set<net.Socket>();
  private readonly listeners = new Set<(reason: Error) => void>();
  private reason?: Error;

  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    if (this.reason) throw this.reason;
    const named = net.isIP(host) ? {} : { servername: host };
    // kafkajs passes nothing for plain connections, whatever its types say.
    const options = ssl as tls.ConnectionOptions | undefined;
    const socket = options
      ? tls.connect({ host, port, ...named, ...options }, onConnect)
      : net.connect({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setNoDelay(true);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    return socket;
  };

  /** Ends every connection and refuses new ones; who waits for an answer is told the reason. */
  cut(reason: Error): void {
    if (this.refuse(reason)) this.drop(reason);
  }

  /** The same for a client that has nothing under way any more. */
  close(): void {
    if (!this.refuse(new Error('the event log is closed'))) return;
    for (const socket of this.open) socket.destroy();
  }

  /** Resolves as `work` does, but rejects as soon as the connections are cut. */
  async untilCut<T>(work: Promise<T>): Promise<T> {
    let listener: (reason: Error) => void = () => undefined;
    const cut = new Promise<never>((_, reject) => {
      listener = reject;
      if (this.reason) reject(this.reason);
      else this.listeners.add(reject);
    });
    try {
      return await Promise.race([work, cut]);
    } finally {
      this.listeners.delete(listener);
    }
  }

  /** Ends every connection, as a restart of the brokers would. */
  drop(reason: Error): void {
    for (const socket of this.open) socket.destroy(reason);
  }

  private refuse(reason: Error): boolean {
    if (this.reason) return false;
    this.reason = reason;
    for (const listener of this.listeners) listener(reason);
    return true;
  }
}
