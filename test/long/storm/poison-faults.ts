import { list } from '../../fake-upstream.ts';
import { MUTATIONS } from '../../faults/poison.ts';
import type { Fault } from '../../faults/fault.ts';

/** Lists that must never be served, made of the one that is. Source: the matrix of faults, rows 27–37. */
export function poisonFaults(text: string, random: () => number): readonly Fault[] {
  return MUTATIONS.filter(({ passes }) => passes === 'never').flatMap(({ what, of }) => {
    const body = of(text, random);
    if (body === null) return [];
    return [{ row: 27, what: `a list that ${what}`, at: 'upstream', answer: list(body), ends: ['failed', 'held'] }];
  });
}
