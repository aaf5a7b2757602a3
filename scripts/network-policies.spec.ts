import { describe, expect, it } from '@jest/globals';
import { policyFaults } from './lib/network-policies.mjs';

const deployment = (name: string, env: object[] = []): object => ({
  kind: 'Deployment',
  metadata: { name },
  spec: {
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            ports: [
              { name: 'http', containerPort: 8080 },
              { name: 'admin', containerPort: 9090 },
            ],
            env,
          },
        ],
      },
    },
  },
});
const policy = (app: string, ingress: object[], egress: object[]): object => ({
  kind: 'NetworkPolicy',
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress', 'Egress'], ingress, egress },
});
const app = (name: string): object => ({ podSelector: { matchLabels: { app: name } } });
const namespace = (name: string): object => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** A page asks a service, which asks nobody; the world comes in at the page. */
const page = deployment('page', [{ name: 'SERVICE_URL', value: 'http://service:8080/api' }]);
const service = deployment('service');
const fromWorld = policy(
  'page',
  [{ from: [namespace('world')], ports: [{ port: 'http', protocol: 'TCP' }] }],
  [{ to: [app('service')], ports: [{ port: 8080, protocol: 'TCP' }] }],
);
const fromPage = policy('service', [{ from: [app('page')], ports: [{ port: 'http' }] }], []);
const DOORS = [{ namespace: 'world', pod: 'page', port: 8080 }];

describe('what network policies let through', () => {
  it('is all that pods are told to ask, and nothing else', () => {
    expect(policyFaults([page, service, fromWorld, fromPage], DOORS)).toEqual([]);
  });

  it('misses an address when its pod does not listen to who is told it, or when that one may not ask', () => {
    const told = ['page is told SERVICE_URL=http://service:8080/api, and no policy lets it through'];
    const deaf = policy('service', [{ from: [app('page')], ports: [{ port: 'admin' }] }], []);
    expect(policyFaults([page, service, fromWorld, deaf], DOORS)).toEqual(told);
    const dumb = policy('page', [{ from: [namespace('world')], ports: [{ port: 'http' }] }], []);
    expect(policyFaults([page, service, dumb, fromPage], DOORS)).toEqual(told);
  });

  it('misses an address elsewhere whose port is shut, said or by its scheme', () => {
    const told = (value: string): object =>
      deployment('page', [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value }]);
    const opens = (port: number): object =>
      policy('page', [{ from: [namespace('world')], ports: [{ port: 'http' }] }], [{ ports: [{ port }] }]);
    const faults = (value: string, port: number): string[] =>
      policyFaults([told(value), service, opens(port), fromPage], DOORS);
    expect(faults('https://collector.example.vn/v1', 443)).toEqual([]);
    expect(faults('http://collector', 80)).toEqual([]);
    expect(faults('http://collector:4318', 4318)).toEqual([]);
    expect(faults('https://collector.example.vn/v1', 0)).toEqual([
      'page is told OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example.vn/v1, and no policy lets it through',
    ]);
  });

  it('misses a door that is shut', () => {
    expect(policyFaults([page, service, policy('page', [], [{}]), fromPage], DOORS)).toEqual([
      'the namespace world does not reach page:8080',
    ]);
  });

  it('finds what is open to anybody: without a policy, by a rule without peers, by labels alone', () => {
    const open = (faults: string[]): string[] => faults.filter((fault) => fault.startsWith('any pod'));
    expect(open(policyFaults([page, service, fromWorld], DOORS))).toHaveLength(4);
    const anybody = policy('service', [{ ports: [{ port: 8080 }] }], []);
    expect(open(policyFaults([page, service, fromWorld, anybody], DOORS))).toEqual([
      'any pod of the namespace reaches service:8080',
      'any pod of another namespace reaches service:8080',
    ]);
    const everywhere = policy('service', [{ from: [{ namespaceSelector: {}, ...app('service') }] }], []);
    expect(open(policyFaults([page, service, fromWorld, everywhere], DOORS))).toEqual([
      'any pod of another namespace reaches service:8080',
      'any pod of another namespace reaches service:9090',
    ]);
  });

  it('does not pass what it does not understand', () => {
    const blocks = policy('service', [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }], []);
    expect(() => policyFaults([page, service, fromWorld, blocks], DOORS)).toThrow('ipBlock');
  });
});
