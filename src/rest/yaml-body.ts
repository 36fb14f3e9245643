import type { FastifyInstance } from 'fastify';
import { MOST_BYTES } from '../catalog/read.js';
import { Refusal } from '../answer/problem.js';

const YAML = ['application/yaml', 'text/yaml'] as const;

/**
 * Lets one route take a catalog: its bytes, as YAML or as JSON, which is YAML too, so that every fault has its line.
 * Any other route goes on to refuse YAML.
 */
export function takeYaml(server: FastifyInstance, path: string): void {
  server.addHook('onRoute', (route) => {
    if (route.url === path) route.bodyLimit = MOST_BYTES;
  });
  server.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    if (request.routeOptions.url === path && /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
      headers['content-type'] = YAML[0];
    }
    done();
  });
  server.addContentTypeParser([...YAML], { parseAs: 'buffer' }, (request, body, done) => {
    if (request.routeOptions.url === path) done(null, body);
    else done(new Refusal('unsupported-media-type', 'Send the body as application/json in UTF-8.'));
  });
}
