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
  private reason?: Error;
  private onCut: (reason: Error) => void = () => undefined;
  /** Rejects when the connections are cut for good. */
  readonly whenCut = new Promise<never>((_, reject) => (this.onCut = reject));

  constructor() {
    this.whenCut.catch(() => undefined);
  }

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

  /** Ends every connection and refuses new ones. */
  cut(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    this.onCut(reason);
    this.drop(reason);
  }

  /** Ends every connection, as a restart of the brokers would. */
  drop(reason: Error): void {
    for (const socket of this.open) socket.destroy(reason);
  }
}
