import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gatepost } from '../gatepost.ts';
import { programOf } from '../program.ts';
import type { Handed } from '../rivals/handed.ts';
import { nginx } from '../rivals/nginx.ts';
import type { Command } from '../running.ts';

/** Every server that is measured, as the report calls it. To add a rival: write its file in ../rivals/, add its line. */
export const SERVERS = {
  gatepost: 'Gatepost',
  nginx: 'nginx, the same bytes as a file',
  'node-http': 'bare node:http',
  fastify: 'bare Fastify',
  'fastify-conditional': 'bare Fastify, 304',
  nest: 'Nest + Fastify, made JSON each time',
  mercurius: 'Mercurius with JIT',
  yoga: 'GraphQL Yoga',
  'nest-apollo': 'Nest + Apollo',
} as const satisfies Record<string, string>;

export type ServerId = keyof typeof SERVERS;

/** Those that are not installed here, each with what to do about it. */
export function missing(): ReadonlyMap<ServerId, string> {
  if (programOf('nginx') !== undefined) return new Map();
  return new Map([['nginx', 'nginx is not installed here, and was skipped: apt-get install nginx-light.']]);
}

/**
 * How a server is started.
 *
 * @param folder a new one, for its files.
 */
export function commandOf(server: ServerId, port: number, handed: Handed, folder: string): Command {
  if (server === 'gatepost') return gatepost(port, ':memory:');
  if (server === 'nginx') return nginx(programOf('nginx')!, port, handed, folder);
  const file = path.join(folder, 'handed.json');
  writeFileSync(file, JSON.stringify(handed));
  return {
    program: process.execPath,
    args: [path.join(import.meta.dirname, `../rivals/${server}.ts`), String(port), file],
    env: { NODE_ENV: 'production' },
  };
}
