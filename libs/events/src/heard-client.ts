import pg from 'pg';

/**
 * A client whose `error` event is always heard. The pool hands its own listener over when it hands a client out,
 * and whoever takes the client listens a moment later; a server that ends the connection in the very packet that
 * made it ready falls between the two, and an unheard `error` ends the process. The statement in hand is rejected
 * all the same, so nothing is hidden.
 */
export class HeardClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
