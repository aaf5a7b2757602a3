import { beforeEach, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { silent } from '../../../test/item-service.js';
import { Crash } from './crash.js';

/** As kafkajs makes them of a broker's answer; its types do not say what it takes. */
const answered = (message: string, retriable: boolean): Error =>
  new kafkajs.KafkaJSProtocolError(Object.assign(new Error(message), { retriable }));

describe('The crash of a consumer', () => {
  let errors: string[];
  let crash: Crash;
  beforeEach(() => {
    errors = [];
    crash = new Crash('matching', { ...silent, error: (_, message) => errors.push(message) });
  });

  it('is told once while Kafka is away, and again when it has come back meanwhile', () => {
    for (const failures of [0, 1, 2]) crash.happened(new Error('away'), failures);
    expect(errors).toEqual(['consumer has crashed and is made anew']);
    expect(crash.cause).toBe('away');
    crash.over();
    expect(crash.cause).toBeUndefined();
    crash.happened(new Error('away again'), 0);
    expect(errors).toHaveLength(2);
  });

  it('is no error while the brokers are about to be ready, but is one when they stay so', () => {
    const loading = answered('The coordinator is loading', true);
    for (let failures = 0; failures < 5; failures++) crash.happened(loading, failures);
    expect(errors).toEqual([]);
    expect(crash.cause).toBe('The coordinator is loading');
    for (const failures of [5, 6]) crash.happened(loading, failures);
    expect(errors).toHaveLength(1);
  });

  it('is an error at once when the brokers refuse for good', () => {
    crash.happened(answered('Not authorized to access group', false), 0);
    expect(errors).toHaveLength(1);
  });
});
