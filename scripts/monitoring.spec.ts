import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Metrics } from '#platform';

const root = join(import.meta.dirname, '..');
const alerts = readFileSync(join(root, 'deploy/monitoring/alerts.yml'), 'utf8');
const dashboard = JSON.parse(readFileSync(join(root, 'deploy/monitoring/dashboard.json'), 'utf8')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

/** Names of series in a PromQL expression: what has a label matcher, a range or an underscore and is no function. */
const seriesIn = (expression: string): string[] =>
  [...expression.matchAll(/\b([a-z]+(?:_[a-z0-9]+)+|up)\b(?!\s*\()/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => !['histogram_quantile'].includes(name));

/** Series that a histogram's and a counter's names stand for. */
async function exported(): Promise<Set<string>> {
  const metrics = await new Metrics().registry.getMetricsAsJSON();
  const names = metrics.flatMap(({ name, type }) =>
    String(type) === 'histogram' ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  return new Set([...names, 'up']);
}

const alarms = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name ?? '');

describe('what watches the platform', () => {
  it('asks for figures that the platform has', async () => {
    const known = await exported();
    const expressions = [
      ...[...alerts.matchAll(/expr: (?:>\n((?: {10}.*\n)+)|(.*)\n)/g)].map(
        ([, long, short]) => long ?? short ?? '',
      ),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    expect(expressions).toHaveLength(
      alarms.length + dashboard.panels.flatMap(({ targets }) => targets).length,
    );
    const asked = new Set(expressions.flatMap(seriesIn));
    expect(asked.size).toBeGreaterThan(7);
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  });

  it('asks for the search by the route that it has', () => {
    const { paths } = JSON.parse(readFileSync(join(root, 'openapi/matching.json'), 'utf8')) as {
      paths: object;
    };
    const routes = [...(alerts + JSON.stringify(dashboard)).matchAll(/route=\\?"([^"\\]+)/g)].map(
      ([, route]) => route,
    );
    expect(routes.length).toBeGreaterThan(2);
    expect(routes.filter((route) => !Object.keys(paths).includes(route ?? ''))).toEqual([]);
  });

  it('has a runbook for each alarm', () => {
    const runbooks = readFileSync(join(root, 'docs/runbooks.md'), 'utf8');
    expect(alarms.length).toBeGreaterThan(11);
    for (const alarm of alarms) {
      expect(runbooks).toContain(`\n## ${alarm}\n`);
      expect(alerts).toContain(`runbook_url: docs/runbooks.md#${alarm.toLowerCase()}`);
    }
  });
});
