/** The oldest Node that has what is used here. */
const LEAST_NODE = [24, 16] as const;

/** Ends the process, with a sentence, where its Node is too old. */
export function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  process.stderr.write(
    `Gatepost needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}. ` +
      'On Linux, "npm ci && npm start" brings its own.\n',
  );
  process.exit(78);
}
