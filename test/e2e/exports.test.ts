import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportFormatListShape, OmissionListShape } from '../../src/answer/shapes/export.js';
import type { Problem } from '../../src/answer/problem.js';
import { FORMATS } from '../../src/export/formats.js';
import { AT_START, startService, type RunningService } from './service.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ONLINE = 'task=upgrade&mode=online';

async function problemOf(target: string, status: number): Promise<Problem> {
  const { body, type } = await service.ask.get(target).expect(status);
  expect(type).toBe('application/problem+json');
  return body as Problem;
}

describe('GET /exports', () => {
  it('lists every format with what it can express, its limits and its options', async () => {
    const { body, headers } = await service.ask.get('/exports').expect(200);
    const { formats } = body as ExportFormatListShape;
    expect(formats.map(({ id }) => id)).toEqual(FORMATS.map(({ id }) => id));
    expect(formats.find(({ id }) => id === 'nftables')).toEqual({
      id: 'nftables',
      title: 'nftables',
      kind: 'configuration',
      mediaType: 'text/plain; charset=utf-8',
      extension: 'nft',
      supports: {
        names: false,
        namesOver: [],
        wildcards: 'none',
        families: ['ipv4', 'ipv6'],
        flows: ['outbound', 'inbound'],
        protocols: ['tcp', 'udp'],
        ports: true,
      },
      limits: [{ of: 'bytes of a comment', most: 128 }],
      options: [
        {
          name: 'table',
          type: 'text',
          pattern: String.raw`^(?=.{1,31}$)(?:filter|gatepost\w*|[A-Za-z][A-Za-z0-9]*_\w+)$`,
          least: null,
          most: null,
          default: 'gatepost',
          description:
            'The table of the family inet that the chains and sets are put into: yours, because a rule can jump only within its table. What else is in it stays. It is filter, or begins with gatepost, or has a _ in it.',
        },
      ],
    });
    await service.ask.get('/exports').set('If-None-Match', headers['etag']!).expect(304);
  });

  it('takes no parameters', async () => {
    expect((await problemOf('/exports?task=upgrade', 400)).detail).toBe(
      'There is no parameter "task" here. None is taken.',
    );
  });
});

describe.each(FORMATS.map(({ id }) => id))('GET /exports/%s', (id) => {
  const { supports, mediaType, extension } = FORMATS.find((one) => one.id === id)!;
  const query = supports.families.length === 1 ? `${ONLINE}&family=${supports.families.join()}` : ONLINE;

  it('answers the shipped catalog, with what it leaves out', async () => {
    const { body } = await service.ask.get(`/exports/${id}/omissions?${query}`).expect(200);
    const { omitted, format, asOf } = body as OmissionListShape;
    expect(format).toBe(id);
    const answer = await service.ask.get(`/exports/${id}?${query}`).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': mediaType,
      'gatepost-omitted': String(omitted.length),
      'gatepost-revision': String(AT_START),
      'content-disposition': `inline; filename="replicated-${id}.${extension}"`,
      'last-modified': new Date(asOf.publishedAt).toUTCString(),
    });
    await service.ask.get(`/exports/${id}?${query}`).set('If-None-Match', answer.headers['etag']!).expect(304);
  });
});

describe('an export', () => {
  it('is the same by its path, for firewalls that poll an address', async () => {
    const [asked, polled] = await Promise.all(
      [
        '/exports/pf-table?product=replicated&task=install,upgrade&mode=online',
        '/exports/pf-table/replicated/install,upgrade/online',
      ].map((target) => service.ask.get(target).expect(200)),
    );
    expect(polled!.text).toBe(asked!.text);
    expect(polled!.headers['etag']).toBe(asked!.headers['etag']);
    const { text } = await service.ask.get('/exports/plain/replicated/all/online?family=ipv4').expect(200);
    expect(text).toBe('34.194.217.225\n34.200.116.158\n162.159.137.43\n162.159.138.43\n');
  });

  it('is asked by its path or by a query, not by both', async () => {
    const { detail } = await problemOf('/exports/plain/replicated/upgrade/online?mode=airgap', 400);
    expect(detail).toBe('The path says the parameter "mode" already. Leave it out of the query.');
  });

  it('is as of then where a moment is asked for, and never changes', async () => {
    const { text, headers } = await service.ask.get(`/exports/pf-table?${ONLINE}&at=2017-01-01`).expect(200);
    expect(text).toContain('# As of revision');
    expect(text).not.toContain('162.159.137.43');
    expect(headers['cache-control']).toContain('immutable');
  });

  it('has the networks that only the customer knows', async () => {
    const fill = 'fill=admin-network:10.1.0.0/16&fill=cluster-network:10.2.0.0/24';
    const { text } = await service.ask.get(`/exports/nftables?${ONLINE}&${fill}`).expect(200);
    expect(text).toContain('10.1.0.0/16 . tcp . 8800 comment "admin-network"');
    expect(text).toContain('10.2.0.0/24 . tcp . 9870-9880 comment "cluster-network"');
  });

  it('joins neighbouring blocks where it is asked to, and opens the same', async () => {
    const fill = 'fill=third-party-registries:10.0.0.0/25,third-party-registries:10.0.0.128/25';
    const { text } = await service.ask.get(`/exports/plain?${ONLINE}&family=ipv4&${fill}&aggregate=true`).expect(200);
    expect(text).toBe('10.0.0.0/24\n162.159.137.43\n162.159.138.43\n');
  });
});

describe('what an export leaves out', () => {
  it('is told with the formats that have it', async () => {
    const { body } = await service.ask.get(`/exports/nftables/omissions?${ONLINE}&host=quay.io`).expect(200);
    const { omitted } = body as OmissionListShape;
    expect(omitted.map(({ item, reason }) => `${item} ${reason}`)).toContain('quay.io no-address');
    expect(omitted[0]!.instead).toContain('panos-url');
    expect(omitted[0]!.instead).not.toContain('nftables');
  });

  it('is a refusal where nothing may be left out', async () => {
    const { type, errors, detail } = await problemOf(`/exports/nftables?${ONLINE}&host=quay.io&strict=true`, 422);
    expect(type).toBe('/problems/omitted');
    expect(detail).toMatch(/^nftables cannot express 8 of what the selection needs: cdn\.quay\.io, /);
    expect(errors[0]).toMatchObject({ code: 'omitted', parameter: 'accept', value: 'cdn.quay.io' });
  });

  it.each([
    'host=quay.io&accept=quay.io',
    'host=quay.io,registry.replicated.com&accept=quay.io',
    'host=registry.replicated.com',
    'host=quay.io,registry.replicated.com&exclude=companion&accept=quay.io',
  ])('is no refusal where all of it is forgiven: %s', async (query) => {
    await service.ask.get(`/exports/nftables?${ONLINE}&strict=true&${query}`).expect(200);
  });
});

describe('a list without ports', () => {
  it('is refused where there are several, with those to ask for', async () => {
    const { type, errors, detail } = await problemOf(`/exports/plain?${ONLINE}&fill=admin-network:10.1.0.0/16`, 422);
    expect(type).toBe('/problems/mixed-ports');
    expect(detail).toContain('tcp 443, tcp 8800');
    expect(errors[0]!.allowed).toEqual(['443', '8800']);
    const { text } = await service.ask
      .get(`/exports/plain?${ONLINE}&fill=admin-network:10.1.0.0/16&port=8800`)
      .expect(200);
    expect(text).toBe('10.1.0.0/16\n');
  });

  it.each(FORMATS.filter(({ kind }) => kind === 'list').map(({ id }) => id))(
    'is not found where it would be empty, and says that this is by design: %s',
    async (id) => {
      const { type, detail } = await problemOf(`/exports/${id}/replicated/upgrade/airgap`, 404);
      expect(type).toBe('/problems/nothing-to-open');
      expect(detail).toContain('by design');
    },
  );
});

describe('ranges of ports that meet', () => {
  it('are told by ports that only one of them has', async () => {
    const fill = 'fill=admin-network:10.1.0.0/16&fill=cluster-network:10.2.0.0/16';
    const { errors } = await problemOf(`/exports/plain?${ONLINE}&${fill}`, 422);
    for (const port of errors[0]!.allowed)
      await service.ask.get(`/exports/plain?${ONLINE}&${fill}&protocol=tcp&port=${port}`).expect(200);
    expect(errors[0]!.allowed).toEqual(['443', '8800', '9870']);
  });
});

describe('what cannot be asked', () => {
  it.each<[target: string, status: number, detail: string]>([
    ['/exports/nftable', 404, 'There is no export format "nftable". Did you mean "nftables"?'],
    ['/exports/nftables?tabel=gatepost', 400, 'There is no parameter "tabel" here. Did you mean "table"?'],
    ['/exports/plain?table=gatepost', 400, 'There is no parameter "table" here. Allowed: '],
    ['/exports/nftables?table=set', 400, '"set" is not a value of the parameter "table".'],
    ['/exports/nftables?table=x-y', 400, '"x-y" is not a value of the parameter "table". It takes text like gatepost'],
    ['/exports/nftables?table=gatepost&table=gatepost2', 400, 'The parameter "table" can be given once.'],
    ['/exports/nftables?strict=yes', 400, '"yes" is not a value of the parameter "strict". Allowed: true, false.'],
    ['/exports/nftables?exclude=wildcards', 400, 'Did you mean "wildcard"?'],
    ['/exports/nftables?ahead=P1D', 400, '"P1D" is not a value of the parameter "ahead". Did you mean "P0D"?'],
    ['/exports/nftables?accept=quay.oi', 400, 'Did you mean "quay.io"?'],
    ['/exports/nftables?fill=admin-net:10.0.0.0/8', 400, 'Did you mean "admin-network"?'],
    ['/exports/nftables?fill=admin-network', 400, '"admin-network" does not say what admin-network is.'],
    ['/exports/nftables?fill=admin-network:10.1.0.1/16', 400, 'A network has host bits zero'],
    ['/exports/nftables?fill=admin-network:0.0.0.0/0', 400, 'no wider than /8'],
    [
      '/exports/nftables?fill=admin-network:a.example.com',
      400,
      'It takes a network such as admin-network:10.1.0.0/16. A network',
    ],
    ['/exports/nftables?fill=third-party-registries:*.com', 400, '"third-party-registries:*.com" does not say'],
    ['/exports/nftables?fill=quay.io:10.0.0.0/8', 400, '"quay.io" is not a value of the parameter "fill".'],
    [
      '/exports/csv?fill=admin-network:10.0.0.0/8',
      400,
      'A table shows every requirement as it is, and takes no "fill".',
    ],
    ['/exports/markdown?aggregate=true&exclude=wildcard', 400, 'takes no "exclude"'],
    [
      `/exports/nftables?fill=${Array.from({ length: 201 }, (_, i) => `admin-network:10.0.0.${i}`).join(',')}`,
      400,
      'has 201 values; at most 200 are read',
    ],
    [`/exports/nftables?accept=${'x,'.repeat(200)}x`, 400, 'has 201 values; at most 200 are read'],
    ['/exports/nftables?status=retired', 400, '"retired" is not a value of the parameter "status".'],
    ['/exports/nftables/replicated/upgrad/online', 400, 'Did you mean "upgrade"?'],
    ['/exports/nftables/replicate/upgrade/online', 400, 'Did you mean "replicated"?'],
    ['/exports/nftables?at=2016-01-01', 404, 'Nothing was served at 2016-01-01'],
  ])('%s is %i', async (target, status, detail) => {
    expect((await problemOf(target, status)).detail).toContain(detail);
  });

  it('is told all at once', async () => {
    const { errors } = await problemOf('/exports/nftables?tsak=x&table=x-y&fill=x:1&mode=x&strict=x', 400);
    expect(errors.map(({ parameter }) => parameter)).toEqual(['tsak', 'strict', 'mode', 'fill', 'table']);
  });
});

describe('another catalog', () => {
  let folder: string;
  let announcing: RunningService | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gatepost-exports-'));
    const file = path.join(folder, 'replicated.yaml');
    const catalog = readFileSync(new URL('../../catalogs/replicated.yaml', import.meta.url), 'utf8');
    await writeFile(
      file,
      `${catalog
        // Without a list there is nothing to wait for.
        .replace(/^upstream:\n(?: .*\n)+/m, '')
        .replaceAll(', addresses: published', '')
        .replace(
          'title: Where the administrators sit\n',
          'title: Where the administrators sit\n    aliases: [old-admin]\n',
        )
        .replace('title: Docker Hub\n', 'title: Docker Hub\n    aliases: [old-hub]\n')
        .replace(
          '\nendpoints:\n',
          '\nannouncements:\n  new-host: { title: A new host, announced: "2026-01-01" }\nendpoints:\n  new.replicated.com: { kind: host }\n',
        )}
  - endpoint: new.replicated.com
    tasks: [upgrade]
    need: { online: required, airgap: not-required }
    direction: outbound
    ports: [{ tcp: 443 }]
    from: "2199-01-01"
    announcement: new-host
    description: To come.
`,
    );
    announcing = await startService({ CATALOG: file });
  });
  afterAll(async () => {
    await announcing?.stop();
    await rm(folder, { recursive: true });
  });

  it('what has an old name is filled and forgiven by its old name as well, and that is said', async () => {
    const { text, headers } = await announcing!.ask
      .get(`/exports/nftables?${ONLINE}&fill=old-admin:10.1.0.0/16&accept=old-hub`)
      .expect(200);
    expect(text).toContain('10.1.0.0/16 . tcp . 8800 comment "admin-network"');
    expect(headers['deprecation']).toMatch(/^@\d+$/);
  });

  it('what the vendor has announced is taken in at once, unless it is declined', async () => {
    const { text } = await announcing!.ask.get(`/exports/panos-url?${ONLINE}`).expect(200);
    expect(text).toContain('new.replicated.com/\n');
    const declined = await announcing!.ask.get(`/exports/panos-url?${ONLINE}&ahead=P0D`).expect(200);
    expect(declined.text).not.toContain('new.replicated.com');
  });
});
