// What rendered manifests get wrong that their schemas let pass.
import { isDeepStrictEqual } from 'node:util';

const podOf = ({ kind, spec }) =>
  ['Deployment', 'StatefulSet', 'Job'].includes(kind) ? spec.template.spec : undefined;
const containersOf = (pod) => [...(pod.initContainers ?? []), ...pod.containers];

/**
 * Files that a container is told of and does not have: of a variable `X_FILE`, below no mount of a volume of its pod,
 * or not among the keys that the volume takes from its secret.
 * @returns a sentence for each
 */
export function fileFaults(manifests) {
  return manifests.flatMap((manifest) => {
    const pod = podOf(manifest);
    if (!pod) return [];
    return containersOf(pod).flatMap((container) =>
      (container.env ?? [])
        .filter(({ name, value }) => name.endsWith('_FILE') && value && !hasFile(pod, container, value))
        .map(
          ({ name, value }) =>
            `${manifest.metadata.name}/${container.name} is told ${name}=${value}, which it does not have`,
        ),
    );
  });
}

function hasFile({ volumes = [] }, { volumeMounts = [] }, path) {
  return volumeMounts.some(({ name, mountPath }) => {
    const volume = volumes.find((each) => each.name === name);
    if (!volume || !path.startsWith(`${mountPath}/`)) return false;
    const items = volume.secret?.items;
    return !items || items.some((item) => path === `${mountPath}/${item.path}`);
  });
}

/** Of PostgreSQL's own 100: three are the superuser's, five are kept free (libs/platform's connection-budget.ts). */
const CONNECTIONS = 100 - 3 - 5;

/**
 * Whether who prepares the databases is told of all instances that the autoscalers and an upgrade may start.
 * @param fit whether they also have to fit a PostgreSQL that nobody has given more connections
 */
export function connectionFaults(manifests, { fit }) {
  const env = manifests
    .filter(({ kind }) => kind === 'Job')
    .flatMap((job) => containersOf(podOf(job)))
    .flatMap((container) => container.env ?? []);
  const told = (variable) => Number(env.find(({ name }) => name === variable)?.value);
  const faults = [];
  let instances = 0;
  for (const { metadata, spec } of manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')) {
    const service = metadata.labels['app.kubernetes.io/component'];
    const deployment = manifests.find(
      (each) => each.kind === 'Deployment' && each.metadata.name === spec.scaleTargetRef.name,
    );
    if (!opensDatabase(deployment, service)) continue;
    const most = spec.maxReplicas + deployment.spec.strategy.rollingUpdate.maxSurge;
    instances += most;
    const variable = `${service.toUpperCase()}_INSTANCES`;
    if (told(variable) !== most)
      faults.push(
        `there may be ${most} of ${metadata.name}, the preparation is told ${variable}=${told(variable)}`,
      );
  }
  if (instances === 0) faults.push('no service has a database');
  const wanted = instances * told('DB_POOL');
  if (fit && !(wanted <= CONNECTIONS))
    faults.push(
      `${instances} instances × ${told('DB_POOL')} connections do not fit PostgreSQL's own ${CONNECTIONS}`,
    );
  return faults;
}

const opensDatabase = (deployment, service) =>
  containersOf(podOf(deployment)).some(({ env }) =>
    env.some(({ name }) => name.startsWith(`${service.toUpperCase()}_DATABASE_URL`)),
  );

/** Variables of `extraEnv` that a pod of the platform does not get. */
export function extraFaults(manifests, extra) {
  return manifests.flatMap((manifest) => {
    const ours = podOf(manifest) && manifest.kind !== 'StatefulSet' ? containersOf(podOf(manifest)) : [];
    return ours.flatMap(({ name: container, env = [] }) =>
      extra
        .filter((wanted) => !env.some((each) => isDeepStrictEqual(each, wanted)))
        .map(({ name }) => `${manifest.metadata.name}/${container} is not told ${name} of extraEnv`),
    );
  });
}

/** Files to import have up to 64 MB, and the edge waits 15 minutes for an answer; ingress-nginx' own are 1 MB and 60 s. */
export function ingressFaults(manifests) {
  return manifests
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap(({ metadata: { annotations = {} } }) => {
      const limit = (name) => Number.parseInt(annotations[`nginx.ingress.kubernetes.io/${name}`] ?? '0', 10);
      return [
        ...(limit('proxy-body-size') > 64 ? [] : ['the ingress refuses files of 64 MB']),
        ...(limit('proxy-read-timeout') >= 900 ? [] : ['the ingress does not wait 15 minutes for an answer']),
      ];
    });
}
