import { PROBES, exportProbes, type Probe } from '../../faults/probe.ts';
import type { World } from './world.ts';

/** The questions that there are, with one for each export format. */
export async function questionsFor(world: World): Promise<readonly Probe[]> {
  const { formats } = await world.client.json<{ formats: { id: string }[] }>('/exports');
  const found: Probe[] = [...PROBES];
  for (const { id } of formats) {
    for (const probe of exportProbes(id)) {
      if ((await world.client.ask(probe)).status !== 200) continue;
      found.push(probe);
      break;
    }
  }
  return found;
}
