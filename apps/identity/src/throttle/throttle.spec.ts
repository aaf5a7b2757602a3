import { describe, expect, it } from '@jest/globals';
import { networkOf } from './throttle.js';

describe('The address that attempts are counted for', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is %s: an IPv6 subscriber has a whole /64', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
