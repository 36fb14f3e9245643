import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from '../running.ts';
import type { Handed } from './handed.ts';

/**
 * nginx in one process, with the answer as a file, and the same headers.
 *
 * @param folder a new one, for its files.
 */
export function nginx(program: string, port: number, { path: url, whole }: Handed, folder: string): Command {
  const { 'content-type': type, ...headers } = whole.headers;
  const root = path.join(folder, 'files');
  const file = path.join(root, url);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, whole.body);
  const configuration = path.join(folder, 'nginx.conf');
  writeFileSync(configuration, configured(port, root, folder, type!, Object.entries(headers)));
  return { program, args: ['-p', folder, '-e', 'error.log', '-c', configuration] };
}

function configured(
  port: number,
  root: string,
  folder: string,
  type: string,
  headers: readonly (readonly [string, string])[],
): string {
  const added = headers.map(([name, value]) => `add_header ${name} ${JSON.stringify(value)};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (of) => `${of}_temp_path ${folder}/${of};`,
  );
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  ${temporary.join('\n  ')}
  types { }
  default_type ${JSON.stringify(type)};
  etag off;
  ${added.join('\n  ')}
  sendfile on;
  tcp_nopush on;
  open_file_cache max=16;
  keepalive_timeout 72s 72;
  keepalive_requests 10000;
  server {
    listen 127.0.0.1:${port};
    root ${root};
  }
}
`;
}
