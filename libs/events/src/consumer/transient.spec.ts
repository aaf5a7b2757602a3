import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isTransient } from './transient.js';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('What is about the moment and not about the message', () => {
  it.each(['08006', '53300', '57P01', '57P03', '58030', '40001', '40P01', '55P03', '25006', 'ECONNREFUSED'])(
    'is SQLSTATE or system error %s, also inside of others',
    (code) => {
      expect(isTransient(withCode(code))).toBe(true);
      expect(isTransient(new QueryFailedError('SELECT 1', [], withCode(code)))).toBe(true);
      expect(isTransient(new Error('outer', { cause: new Error('inner', { cause: withCode(code) }) }))).toBe(
        true,
      );
      expect(isTransient(new AggregateError([new Error('::1'), withCode(code)], 'all failed'))).toBe(true);
    },
  );

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Cannot use a pool after calling end on the pool',
    'Query runner already released. Cannot run queries anymore.',
    'timeout expired',
  ])('is what pg and TypeORM say without a code: %s', (message) => {
    expect(isTransient(new Error(message))).toBe(true);
  });

  it.each(['23505', '22P02', '42P01', '57014', '25P02', 'ENOENT', 'ERR_INVALID_ARG_TYPE'])(
    'is not %s',
    (code) => {
      expect(isTransient(withCode(code))).toBe(false);
    },
  );

  it('is not a bug of a handler, nor something that is no error, and ends in circles', () => {
    expect(isTransient(new TypeError('x is not a function'))).toBe(false);
    for (const thing of [undefined, null, 'ECONNRESET', 7, {}]) expect(isTransient(thing)).toBe(false);
    const circle = new Error('circle');
    circle.cause = circle;
    expect(isTransient(circle)).toBe(false);
  });
});
