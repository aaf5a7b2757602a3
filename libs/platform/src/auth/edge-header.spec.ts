import { describe, expect, it } from '@jest/globals';
import { cameThroughEdge, clientAddress, EDGE_HEADER, edgeHeaderOf } from './edge-header.js';

describe('The address of a client', () => {
  const at = (remoteAddress: string | undefined, forwarded?: string, proxies = 0): string =>
    edgeHeaderOf(
      {
        headers: { 'x-forwarded-for': forwarded },
        socket: { remoteAddress } as never,
      },
      proxies,
    );

  it('is that of the connection, whatever the client claims', () => {
    expect(at('203.0.113.7')).toBe('203.0.113.7');
    expect(at('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
    expect(at('::ffff:203.0.113.7')).toBe('::ffff:203.0.113.7');
  });

  it('behind proxies of ours is what the outermost of them saw, and nothing further to the left', () => {
    expect(at('127.0.0.1', '198.51.100.1', 1)).toBe('198.51.100.1');
    expect(at('127.0.0.1', '9.9.9.9, 198.51.100.1', 1)).toBe('198.51.100.1');
    expect(at('127.0.0.1', '9.9.9.9, 198.51.100.1,10.0.0.1', 2)).toBe('198.51.100.1');
  });

  it('is unknown when no proxy told it', () => {
    expect(at('127.0.0.1', undefined, 1)).toBe('1');
    expect(at('127.0.0.1', 'unknown', 1)).toBe('1');
    expect(at(undefined)).toBe('1');
  });

  it('reaches the service in the header of the edge; without one it is the connection’s', () => {
    const request = (value?: string) => ({
      headers: value === undefined ? {} : { [EDGE_HEADER]: value },
      ip: '10.0.0.9',
    });
    expect(clientAddress(request('203.0.113.7'))).toBe('203.0.113.7');
    expect(clientAddress(request('2001:db8::1'))).toBe('2001:db8::1');
    expect(clientAddress(request('1'))).toBe('10.0.0.9');
    expect(clientAddress(request())).toBe('10.0.0.9');
    expect(cameThroughEdge(request(''))).toBe(true);
    expect(cameThroughEdge(request())).toBe(false);
  });
});
