import { TIMEOUT_OPTION, whyUntested } from './connection-test.js';
import type { Exporter } from './exporter.js';
import { NAME_OPTION } from './kubernetes.js';
import { objectName } from './object-name.js';
import { addressText, portText, writtenName, type Rules, type Traffic } from './rule.js';
import { label, plainLabel } from './text.js';
import { yamlFile } from './yaml-file.js';

const PURPOSE = plainLabel(200);

/** A far side with what is to be tested of it. */
interface Check {
  readonly traffic: Traffic;
  readonly farSide: string;
  readonly purpose: string;
  /** Why it is not tested; `undefined` where it is. */
  readonly why: string | undefined;
}

/**
 * A HostPreflight of Replicated's Troubleshoot: for every far side a connection that is tried, and what its outcome
 * means. A range of ports is tried at its first. What cannot be tried is a warning; so that it comes to the result at
 * all, it hangs on a collector that any host has. Run with `preflight FILE`.
 * Source: Troubleshoot, HostPreflight v1beta2; Host Collect and Analyze, TCP Connect.
 */
export const hostPreflight: Exporter = {
  id: 'host-preflight',
  title: 'Troubleshoot HostPreflight',
  mediaType: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  kind: 'configuration',
  // Its check of a port that comes in is whether this host can listen, not whether anybody gets there.
  supports: { names: true, wildcards: 'none', families: ['ipv4', 'ipv6'], flows: ['outbound'], ports: true },
  limits: [],
  options: [NAME_OPTION, TIMEOUT_OPTION],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const checks = checksOf(rules);
    const tested = checks.filter(({ why }) => why === undefined);
    const untested = checks.filter(({ why }) => why !== undefined);
    return yamlFile(
      [
        ...header,
        'Each connection is opened from the host on which preflight runs, not through a proxy.',
        ...(untested.length > 0
          ? ['What cannot be tested is a warning, on ipv4Interfaces: then preflight ends with 4, and not with 0.']
          : []),
      ],
      {
        apiVersion: 'troubleshoot.sh/v1beta2',
        kind: 'HostPreflight',
        metadata: { name: options.text('name') },
        spec: {
          collectors: [
            ...tested.map((check) => ({
              tcpConnect: {
                collectorName: collectorName(check),
                address: dialled(check),
                timeout: `${options.number('timeout')}s`,
              },
            })),
            ...(untested.length > 0 ? [{ ipv4Interfaces: {} }] : []),
          ],
          analyzers: [
            ...tested.map((check) => ({ tcpConnect: analyzer(check) })),
            ...untested.map((check) => ({ ipv4Interfaces: warning(check) })),
          ],
        },
      },
    );
  },
};

function checksOf({ names, addresses }: Rules): Check[] {
  return [
    ...names.map((rule) => checkOf(rule, writtenName(rule), '')),
    ...addresses.map((rule) => checkOf(rule, addressText(rule.cidr), label(rule.labels.join(', '), PURPOSE))),
  ];
}

function checkOf(traffic: Traffic, farSide: string, purpose: string): Check {
  return { traffic, farSide, purpose, why: whyUntested(traffic, farSide) };
}

function collectorName({ traffic, farSide }: Check): string {
  return objectName('', `tcp-${portText(traffic)}-${farSide}`, { length: 100, allow: /-/ });
}

function dialled({ traffic, farSide }: Check): string {
  return `${farSide.includes(':') ? `[${farSide}]` : farSide}:${traffic.from}`;
}

/** What the check is called in the result: all of the rule, however little of it is tested. */
function checkName({ traffic, farSide, why }: Check): string {
  const rule = `${traffic.protocol} ${portText(traffic)} ${farSide}`;
  if (why !== undefined) return `${rule} (not tested)`;
  return traffic.from === traffic.to ? rule : `${rule} (tested at ${traffic.from})`;
}

/** The first outcome whose `when` is what happened is told; without one it is whatever else happened. */
function analyzer(check: Check): object {
  const { traffic, farSide, purpose } = check;
  const subject = purpose === '' ? farSide : `${farSide} (${purpose})`;
  return {
    checkName: checkName(check),
    collectorName: collectorName(check),
    outcomes: [
      { pass: { when: 'connected', message: `${subject} accepts connections at port ${traffic.from}.` } },
      {
        fail: {
          when: 'connection-refused',
          message: `${subject} refuses connections at port ${traffic.from}, or a firewall does.`,
        },
      },
      { fail: { message: `${subject} cannot be reached at port ${traffic.from}. A firewall may be in between.` } },
    ],
  };
}

function warning(check: Check): object {
  const { purpose, why } = check;
  const about = purpose === '' ? '' : ` (${purpose})`;
  return {
    checkName: checkName(check),
    outcomes: [{ warn: { message: `Not tested: ${why}${about}. See to it that it is open.` } }],
  };
}
