import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { Standing } from '../publish/standing.js';
import { FRESHNESS } from '../publish/freshness.js';
import type { Current } from '../store/current.js';
import type { Tally } from './tally.js';

/** What monitoring is told, as Prometheus reads it. All of it is looked up when it is asked for. */
export function metricsOf(tally: Tally, current: Current, standing: Standing): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  counter(
    registry,
    'gatepost_polls_total',
    'Polls of the upstream list, by what came of them.',
    'outcome',
    () => tally.polls,
  );
  counter(
    registry,
    'gatepost_upstream_refused_total',
    'Lists that were held or refused, and polls that failed, by why.',
    'reason',
    () => tally.refused,
  );
  counter(registry, 'gatepost_answers_total', 'Answers, by the class of their status.', 'status', () =>
    [...tally.answers.entries()].slice(2).map(([digit, times]) => [`${digit}xx`, times] as const),
  );
  const gauges: readonly (readonly [name: string, help: string, read: () => number])[] = [
    ['gatepost_revision', 'The newest revision; 0 before the first.', () => current.snapshot?.revision.revision ?? 0],
    ['gatepost_addresses', 'Addresses that are served.', () => current.snapshot?.addresses.length ?? 0],
    [
      'gatepost_published_timestamp_seconds',
      'When what is served was published; 0 where nothing is.',
      () => seconds(current.snapshot?.revision.publishedAt),
    ],
    [
      'gatepost_checked_timestamp_seconds',
      'When upstream last said what is served; 0 where it never did.',
      () => seconds(standing.status().checkedAt),
    ],
    [
      'gatepost_upstream_failures',
      'Polls that failed since the last that did not.',
      () => standing.status().upstream.consecutiveFailures,
    ],
    ['gatepost_upstream_held', '1 while a list is held.', () => flag(standing.status().upstream.held !== null)],
    [
      'gatepost_catalog_held',
      '1 while an edit of the catalog is held.',
      () => flag(standing.status().catalog.held !== null),
    ],
    [
      'gatepost_catalog_broken',
      '1 while the catalog file does not load.',
      () => flag(standing.status().catalog.lastError !== null),
    ],
    ['gatepost_pinned', '1 while an operator keeps a revision.', () => flag(standing.status().pin !== null)],
  ];
  for (const [name, help, read] of gauges) {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    registry.registerMetric(gauge);
  }
  const freshnesses = new Gauge({
    name: 'gatepost_freshness',
    help: '1 for how far what is served can be trusted to be the latest, 0 for the others.',
    labelNames: ['freshness'],
    registers: [],
    collect() {
      const now = standing.freshness();
      for (const freshness of FRESHNESS) this.set({ freshness }, flag(freshness === now));
    },
  });
  registry.registerMetric(freshnesses);
  return registry;
}

/** A counter that is counted elsewhere. */
function counter(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  read: () => Iterable<readonly [value: string, times: number]>,
): void {
  const counted = new Counter({
    name,
    help,
    labelNames: [label],
    registers: [],
    collect() {
      this.reset();
      for (const [value, times] of read()) this.inc({ [label]: value }, times);
    },
  });
  registry.registerMetric(counted);
}

function flag(holds: boolean): number {
  return holds ? 1 : 0;
}

function seconds(instant: string | null | undefined): number {
  return instant == null ? 0 : Date.parse(instant) / 1000;
}
