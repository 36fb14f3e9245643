import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/export/formats.js';
import { startService, type RunningService } from '../e2e/service.js';
import { operate } from './asking.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const EXPORT = `query ($format: String!, $selection: SelectionInput, $options: ExportOptionsInput) {
  export(format: $format, selection: $selection, options: $options) {
    format mediaType fileName isBase64 body asOf { revision publishedAt }
    omitted { requirement item reason instead }
  }
}`;
const ONLINE = { task: 'upgrade', mode: 'online' };

interface ExportData {
  readonly export: {
    readonly body: string;
    readonly isBase64: boolean;
    readonly mediaType: string;
    readonly fileName: string;
    readonly omitted: readonly { readonly reason: string }[];
  };
}

describe.each(FORMATS.map((exporter) => [exporter.id, exporter] as const))(
  'export(format: "%s")',
  (id, { supports, mediaType, extension }) => {
    it('is what REST answers', async () => {
      const [family] = supports.families;
      const selection = supports.families.length === 1 ? { ...ONLINE, family: family!.toUpperCase() } : ONLINE;
      const query = `task=upgrade&mode=online${supports.families.length === 1 ? `&family=${family}` : ''}`;
      const { data, errors } = await operate(service, EXPORT, { format: id, selection });
      const rest = await service.ask
        .get(`/exports/${id}?${query}`)
        .buffer(true)
        .parse((stream, done) => {
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => done(null, Buffer.concat(chunks)));
        });
      const bytes = rest.body as Buffer;
      const code = errors?.[0]?.extensions.code;
      expect(rest.status === 200 ? undefined : `/problems/${code}`).toBe(
        rest.status === 200 ? undefined : (JSON.parse(bytes.toString()) as { type: string }).type,
      );
      const made = (data as ExportData | null)?.export;
      expect(
        made === undefined ? undefined : Buffer.from(made.body, made.isBase64 ? 'base64' : 'utf8').equals(bytes),
      ).toBe(rest.status === 200 ? true : undefined);
      expect(made?.mediaType ?? mediaType).toBe(mediaType);
      expect(made?.fileName ?? `replicated-${id}.${extension}`).toBe(`replicated-${id}.${extension}`);
      expect(String(made?.omitted.length ?? 'none')).toBe(rest.headers['gatepost-omitted'] ?? 'none');
    });
  },
);

describe('exportFormats', () => {
  it('are those of REST, with words in upper case', async () => {
    const { data } = await operate(
      service,
      '{ exportFormats { id title kind mediaType extension supports { names namesOver wildcards families flows protocols ports } limits { of most } options { name type pattern least most default description } } }',
    );
    const { body } = await service.ask.get('/exports').expect(200);
    const words = JSON.stringify(body.formats, (name, value: unknown) =>
      ['kind', 'wildcards'].includes(name)
        ? String(value).toUpperCase().replaceAll('-', '_')
        : ['families', 'flows', 'protocols', 'namesOver'].includes(name)
          ? (value as string[]).map((word) => word.toUpperCase())
          : value,
    );
    expect((data as { exportFormats: unknown } | null)?.exportFormats).toEqual(JSON.parse(words));
  });
});

describe('what is said of an export', () => {
  it('is what REST takes as parameters', async () => {
    const options = {
      fill: ['admin-network:10.1.0.0/16'],
      exclude: ['companion'],
      ahead: 'P0D',
      aggregate: true,
      settings: [{ name: 'table', value: 'gatepost_x' }],
    };
    const { data } = await operate(service, EXPORT, { format: 'nftables', selection: ONLINE, options });
    const { text } = await service.ask
      .get(
        '/exports/nftables?task=upgrade&mode=online&fill=admin-network:10.1.0.0/16&exclude=companion&ahead=P0D&aggregate=true&table=gatepost_x',
      )
      .expect(200);
    expect((data as ExportData | null)?.export.body).toBe(text);
    expect((data as ExportData | null)?.export.omitted.map(({ reason }) => reason)).toContain('EXCLUDED');
  });

  it.each<[options: object, code: string, message: string]>([
    [{ strict: true }, 'omitted', 'nftables cannot express'],
    [{ settings: [{ name: 'tabel', value: 'x' }] }, 'invalid-parameters', 'Did you mean "table"?'],
    [{ fill: ['x:1'] }, 'invalid-parameters', 'not a value of the parameter "fill"'],
  ])('is refused where it is %j', async (options, code, message) => {
    const { errors } = await operate(service, EXPORT, { format: 'nftables', selection: ONLINE, options });
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(errors?.[0]?.message).toContain(message);
  });

  it('is refused for a format that there is none of', async () => {
    const { errors } = await operate(service, EXPORT, { format: 'nftable' });
    expect(errors?.[0]).toMatchObject({
      message: 'There is no export format "nftable". Did you mean "nftables"?',
      extensions: { code: 'unknown-format' },
    });
  });
});
