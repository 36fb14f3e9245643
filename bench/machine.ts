import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** The machine, as far as it explains figures, and how busy it was already. */
export function machine(): string {
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  const system = `${type()} ${release().split('-')[0]}`;
  const busy = `load average of the minute before ${loadavg()[0]!.toFixed(1)}`;
  return `${availableParallelism()} cores of ${cpus()[0]?.model}, ${memory}, ${system}, Node ${process.versions.node}; ${busy}`;
}
