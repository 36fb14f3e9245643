import { DomainError, type Fault } from '../model/error.js';
import type { Omitted } from './expressed.js';
import type { Exporter } from './exporter.js';
import { insteadOf } from './omission.js';
import { byTraffic, portText, type Rules, type Traffic } from './rule.js';

/** The most items that a sentence names. */
const MOST_NAMED = 10;

/** @throws DomainError `omitted`, where anything is left out that is not forgiven. */
export function refuseOmitted(exporter: Exporter, omitted: readonly Omitted[], accepted: readonly string[]): void {
  const left = omitted.filter(
    ({ reason, item, of }) => reason !== 'excluded' && ![item, ...of.knownAs].some((name) => accepted.includes(name)),
  );
  if (left.length === 0) return;
  const detail =
    `${exporter.title} cannot express ${left.length} of what the selection needs: ${itemsText(left)}. ` +
    `${fillHint(left)}Take another format for the rest, or forgive it with accept=.`;
  const faults = left.map((one): Fault => {
    const { requirement, item, reason, of } = one;
    const instead = insteadOf(one, exporter.id);
    const isUnsaid = of.peer.kind === 'unknown';
    const can = instead.length === 0 ? '' : ` These can: ${instead.join(', ')}.`;
    const hint = isUnsaid ? ` Say it with fill=${item}:…` : can;
    return {
      code: 'omitted',
      parameter: 'accept',
      value: item,
      message: `${item} of ${requirement} is left out: ${reason}.${hint}`,
      allowed: [...new Set(of.knownAs)],
      didYouMean: null,
    };
  });
  throw new DomainError('omitted', detail, faults);
}

/** Whether anything of it can be said by the customer. */
function fillHint(omitted: readonly Omitted[]): string {
  return omitted.some(({ of }) => of.peer.kind === 'unknown') ? 'Say what only you know with fill=. ' : '';
}

/** What is said in place of an empty export. */
export function nothingToOpen({ title }: Exporter, omitted: readonly Omitted[]): DomainError {
  const items = itemsText(omitted);
  const lacks =
    omitted.length === 0 ? '' : ` What the selection needs is not in it: ${items}. ${fillHint(omitted)}`.trimEnd();
  return new DomainError(
    'nothing-to-open',
    `This selection opens nothing as ${title}, and that is by design: an empty list could be taken for one that was lost.${lacks}`,
  );
}

/** The first few items that are left out, and how many more there are. */
function itemsText(omitted: readonly Omitted[]): string {
  const items = [...new Set(omitted.map(({ item }) => item))];
  const more = items.length > MOST_NAMED ? ` and ${items.length - MOST_NAMED} more` : '';
  return `${items.slice(0, MOST_NAMED).join(', ')}${more}`;
}

/** @throws DomainError `mixed-ports`, with the ports to ask for. */
export function refuseMixedPorts({ title }: Exporter, { names, addresses }: Rules): void {
  const ranges = byTraffic([...names, ...addresses]).map(({ traffic }) => traffic);
  if (ranges.length < 2) return;
  const asked = ranges.flatMap((traffic) => {
    const port = portOfItsOwn(traffic, ranges);
    return port === undefined ? [] : [{ port: String(port), parameters: `protocol=${traffic.protocol}&port=${port}` }];
  });
  const hint =
    asked.length === 0
      ? 'Take a format with ports.'
      : `Ask for one of ${asked.map(({ parameters }) => parameters).join(', ')}.`;
  const fault: Fault = {
    code: 'missing-parameter',
    parameter: 'port',
    value: null,
    message: hint,
    allowed: [...new Set(asked.map(({ port }) => port))],
    didYouMean: null,
  };
  const shown = ranges.map((traffic) => `${traffic.protocol} ${portText(traffic)}`);
  throw new DomainError(
    'mixed-ports',
    `${title} knows no ports, and this selection has several: ${shown.join(', ')}. ${hint}`,
    [fault],
  );
}

/** A port of a range that no other has; `undefined` where others have all of it. */
function portOfItsOwn(range: Traffic, ranges: readonly Traffic[]): number | undefined {
  const others = ranges.filter((other) => other !== range && other.protocol === range.protocol);
  const candidates = [range.from, ...others.map(({ to }) => to + 1)].filter(
    (port) => range.from <= port && port <= range.to,
  );
  return candidates.find((port) => others.every(({ from, to }) => port < from || to < port));
}
