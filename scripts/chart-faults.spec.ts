import { describe, expect, it } from '@jest/globals';
import { connectionFaults, extraFaults, fileFaults, ingressFaults } from './lib/chart-faults.mjs';

interface Pod {
  volumes?: object[];
  initContainers?: object[];
  containers: object[];
}
const running = (kind: string, name: string, pod: Pod) => ({
  kind,
  metadata: { name },
  spec: { template: { spec: pod }, strategy: { rollingUpdate: { maxSurge: 1 } } },
});

describe('files that containers are told of', () => {
  const env = [{ name: 'KEY_FILE', value: '/secrets/own/key' }];
  const volumeMounts = [{ name: 'own', mountPath: '/secrets/own' }];
  const own = { name: 'own', secret: { secretName: 'own' } };
  const told = 'a/main is told KEY_FILE=/secrets/own/key, which it does not have';
  const faults = (pod: Pod) => fileFaults([running('Deployment', 'a', pod)]);

  it('lie in a volume that is mounted there', () => {
    const main = { name: 'main', env, volumeMounts };
    expect(faults({ volumes: [own], containers: [main] })).toEqual([]);
    expect(faults({ containers: [main] })).toEqual([told]);
    expect(faults({ volumes: [own], containers: [{ name: 'main', env }] })).toEqual([told]);
  });

  it('are a key that the volume takes from its secret', () => {
    const main = { name: 'main', env, volumeMounts };
    const takes = (path: string) => ({
      name: 'own',
      secret: { secretName: 'own', items: [{ key: path, path }] },
    });
    expect(faults({ volumes: [takes('key')], containers: [main] })).toEqual([]);
    expect(faults({ volumes: [takes('other')], containers: [main] })).toEqual([told]);
  });

  it('are looked for in what runs before, too', () => {
    const first = { name: 'first', env };
    expect(
      fileFaults([running('Job', 'b', { volumes: [own], initContainers: [first], containers: [] })]),
    ).toEqual(['b/first is told KEY_FILE=/secrets/own/key, which it does not have']);
  });
});

describe('connections to PostgreSQL', () => {
  const env = [{ name: 'OPENINGS_DATABASE_URL', value: 'postgres://a@b/c' }];
  const scaled = (maxReplicas: number) => [
    running('Deployment', 'r-openings', { containers: [{ name: 'openings', env }] }),
    {
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'r-openings', labels: { 'app.kubernetes.io/component': 'openings' } },
      spec: { maxReplicas, scaleTargetRef: { name: 'r-openings' } },
    },
  ];
  const prepare = (told: number, pool: number) =>
    running('Job', 'prepare', {
      containers: [
        {
          name: 'databases',
          env: [
            { name: 'OPENINGS_INSTANCES', value: `${told}` },
            { name: 'DB_POOL', value: `${pool}` },
          ],
        },
      ],
    });

  it('are those of all instances and of the one that an upgrade adds', () => {
    expect(connectionFaults([...scaled(3), prepare(4, 10)], { fit: true })).toEqual([]);
    expect(connectionFaults([...scaled(3), prepare(3, 10)], { fit: true })).toEqual([
      'there may be 4 of r-openings, the preparation is told OPENINGS_INSTANCES=3',
    ]);
  });

  it('fit the PostgreSQL that nobody has changed, if they have to', () => {
    const manifests = [...scaled(9), prepare(10, 10)];
    expect(connectionFaults(manifests, { fit: false })).toEqual([]);
    expect(connectionFaults(manifests, { fit: true })).toEqual([
      "10 instances × 10 connections do not fit PostgreSQL's own 92",
    ]);
  });

  it('cannot be counted where no service has a database', () => {
    expect(connectionFaults([prepare(4, 10)], { fit: false })).toEqual(['no service has a database']);
  });
});

describe('the other promises of the chart', () => {
  it('variables of extraEnv are told to every container', () => {
    const extra = [{ name: 'DATA_LICENCE', value: 'CC BY 4.0' }];
    const pod = { initContainers: [{ name: 'first', env: extra }], containers: [{ name: 'main' }] };
    expect(extraFaults([running('Job', 'a', pod)], extra)).toEqual([
      'a/main is not told DATA_LICENCE of extraEnv',
    ]);
  });

  it('the ingress lets files through', () => {
    const ingress = (annotations?: object) => ({ kind: 'Ingress', metadata: { annotations } });
    const prefix = 'nginx.ingress.kubernetes.io';
    expect(
      ingressFaults([
        ingress({ [`${prefix}/proxy-body-size`]: '70m', [`${prefix}/proxy-read-timeout`]: '900' }),
      ]),
    ).toEqual([]);
    expect(ingressFaults([ingress()])).toEqual([
      'the ingress refuses files of 64 MB',
      'the ingress does not wait 15 minutes for an answer',
    ]);
  });
});
