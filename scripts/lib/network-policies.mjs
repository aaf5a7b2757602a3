// What the network policies of rendered manifests let through, by the rules of networking.k8s.io/v1.

const RUNNING = ['Deployment', 'StatefulSet'];
const HERE = 'here';
/** Variables that name who is asked, here or elsewhere. */
const OUTSIDE = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'MEILI_URL'];

/**
 * The pods of what runs for good, one each.
 * @typedef {{ name: string, labels: object, namespace: string, ports: object, environment: object[] }} Pod
 */
function podsOf(manifests) {
  return manifests
    .filter(({ kind }) => RUNNING.includes(kind))
    .map(({ metadata, spec: { template } }) => {
      const { containers } = template.spec;
      const ports = containers.flatMap((container) => container.ports ?? []);
      return {
        name: metadata.name,
        labels: template.metadata.labels,
        namespace: HERE,
        ports: Object.fromEntries(ports.map(({ name, containerPort }) => [name, containerPort])),
        environment: containers.flatMap(({ env = [] }) => env),
      };
    });
}

const stranger = (namespace, labels = {}) => ({ labels, namespace, ports: {} });

/** Whether policies of the pods' own namespace let one pod open a connection to a port (TCP, by number) of another. */
function mayReach(policies, from, to, port) {
  return (
    allowed(
      policies,
      from,
      'Egress',
      ({ to: peers, ports }) => hasPeer(peers, to) && hasPort(ports, to, port),
    ) &&
    allowed(
      policies,
      to,
      'Ingress',
      ({ from: peers, ports }) => hasPeer(peers, from) && hasPort(ports, to, port),
    )
  );
}

/** Whether they let a pod open a connection to this port of somebody that runs elsewhere. */
const maySpeak = (policies, from, port) =>
  allowed(
    policies,
    from,
    'Egress',
    ({ to: peers, ports }) =>
      hasPeer(peers, stranger('outside')) && hasPort(ports, stranger('outside'), port),
  );

function portOf(url) {
  const { protocol, port } = new URL(url);
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

/** A pod that no policy of this direction selects is open; one that some select hears what any of them allows. */
function allowed(policies, pod, direction, admits) {
  if (pod.namespace !== HERE) return true;
  const about = policies.filter(
    ({ spec }) => spec.policyTypes.includes(direction) && hasLabels(spec.podSelector, pod.labels),
  );
  return about.length === 0 || about.some(({ spec }) => (spec[direction.toLowerCase()] ?? []).some(admits));
}

function hasPeer(peers, pod) {
  if (!peers?.length) return true;
  return peers.some(({ podSelector, namespaceSelector, ...other }) => {
    refuse(other);
    const there = namespaceSelector
      ? hasLabels(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace })
      : pod.namespace === HERE;
    return there && (!podSelector || hasLabels(podSelector, pod.labels));
  });
}

function hasPort(ports, pod, number) {
  if (!ports?.length) return true;
  return ports.some(({ port, protocol = 'TCP', ...other }) => {
    refuse(other);
    return protocol === 'TCP' && (port === undefined || (pod.ports[port] ?? port) === number);
  });
}

function hasLabels({ matchLabels = {}, ...other }, labels) {
  refuse(other);
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}

/** What is not understood here must not pass unseen. */
function refuse(other) {
  const [name] = Object.keys(other);
  if (name)
    throw new Error(`network policies with ${name} are not understood by scripts/lib/network-policies.mjs`);
}

/**
 * What the policies of a release get wrong: an address that a pod is told and may not reach, and a stranger who gets in.
 * @param doors from which namespace which pod is to be reached, and at which port
 * @returns a sentence for each
 */
export function policyFaults(manifests, doors) {
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  const pods = podsOf(manifests);
  const faults = [];
  for (const from of pods)
    for (const { name, value } of from.environment) {
      const [, host, port] = /^http:\/\/([\w-]+):(\d+)/.exec(value ?? '') ?? [];
      const to = pods.find((pod) => pod.name === host);
      const through =
        to === undefined
          ? !OUTSIDE.includes(name) || !value || maySpeak(policies, from, portOf(value))
          : to === from || mayReach(policies, from, to, Number(port));
      if (!through) faults.push(`${from.name} is told ${name}=${value}, and no policy lets it through`);
    }
  for (const to of pods)
    for (const port of Object.values(to.ports)) {
      if (mayReach(policies, stranger(HERE), to, port))
        faults.push(`any pod of the namespace reaches ${to.name}:${port}`);
      if (mayReach(policies, stranger('elsewhere', to.labels), to, port))
        faults.push(`any pod of another namespace reaches ${to.name}:${port}`);
    }
  for (const { namespace, pod, port } of doors) {
    const to = pods.find(({ name }) => name === pod);
    if (!to || !mayReach(policies, stranger(namespace), to, port))
      faults.push(`the namespace ${namespace} does not reach ${pod}:${port}`);
  }
  return faults;
}
