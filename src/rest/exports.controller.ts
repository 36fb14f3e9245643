import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiParam, ApiQuery, ApiTags } from '../answer/openapi-decorators.js';
import { Answers, JSON_TYPE, lastModified } from '../answer/answers.js';
import { ApiAnswer, ApiFormats } from '../answer/api-answer.js';
import type { Asked } from '../answer/asked.js';
import { fileName, formatList, omissionList } from '../answer/exports.js';
import { ExportQuery, PolledExportQuery } from '../answer/queries.js';
import { NoParameters, QueryPipe } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { representation } from '../answer/representation.js';
import { ExportFormatListShape, OmissionListShape } from '../answer/shapes/export.js';
import { exportOf, type ExportQuestion } from '../export/exported.js';
import { FORMATS } from '../export/formats.js';
import { defaultNeedOf, keyOf, knownFormat, parseExport, type ParsedExport } from '../export/question.js';
import type { Fault } from '../model/error.js';

const FORMAT = ApiParam({
  name: 'format',
  enum: FORMATS.map(({ id }) => id),
  description: 'The id of a format.',
});
const ANY_FORMAT = Object.fromEntries(
  [...new Set(FORMATS.map(({ mediaType }) => mediaType.split(';', 1)[0]!))].map((type) => [
    type,
    { type: 'string' as const },
  ]),
);

@ApiTags('Exports')
@Controller('exports')
export class ExportsController {
  constructor(
    private readonly answers: Answers,
    private readonly queries: QueryPipe,
  ) {}

  @Get()
  @ApiAnswer('Every format that a selection can be had in.', ExportFormatListShape, [400, 406])
  async formats(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.answers.sendFixed(request, reply, 'exports', async () =>
      representation(JSON_TYPE, JSON.stringify({ formats: formatList() })),
    );
  }

  @Get(':format/omissions')
  @FORMAT
  @ApiQuery({ type: ExportQuery })
  @ApiAnswer('What an export of a selection leaves out, and which formats have it.', OmissionListShape, [400, 404, 406])
  async omissions(
    @Param('format') format: string,
    @Query() raw: RawQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { asked, question } = this.#read(format, raw);
    await this.answers.send(request, reply, asked, `omissions ${keyOf(question)}`, () =>
      omissionList(asked.snapshot, question),
    );
  }

  @Get(':format')
  @FORMAT
  @ApiQuery({ type: ExportQuery })
  @ApiFormats('A selection in a format. Its own options are parameters as well.', ANY_FORMAT, [400, 404, 406, 422])
  async one(
    @Param('format') format: string,
    @Query() raw: RawQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.#send(request, reply, this.#read(format, raw));
  }

  @Get(':format/:product/:task/:mode')
  @FORMAT
  @ApiParam({ name: 'product', example: 'replicated' })
  @ApiParam({ name: 'task', example: 'upgrade', description: 'Several with commas, or `all`.' })
  @ApiParam({ name: 'mode', example: 'online', description: 'Several with commas.' })
  @ApiQuery({ type: PolledExportQuery })
  @ApiFormats('The same without a query, for firewalls that poll an address.', ANY_FORMAT, [400, 404, 406, 422])
  async polled(
    @Param('format') format: string,
    @Param('product') product: string,
    @Param('task') task: string,
    @Param('mode') mode: string,
    @Query() raw: RawQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.#send(request, reply, this.#read(format, withPath(raw, { product, task, mode })));
  }

  /** @throws DomainError `unknown-format`, and what a query throws. */
  #read(format: string, raw: RawQuery): { readonly asked: Asked; readonly question: ExportQuestion } {
    const exporter = knownFormat(format);
    const names = exporter.options.map(({ name }) => name);
    const options = new Map([...raw.values].filter(([name]) => names.includes(name)));
    let parsed: ParsedExport | undefined;
    const { asked } = this.queries.read(ExportQuery, raw, {
      alsoTaken: names,
      defaultNeed: defaultNeedOf(exporter),
      check({ strict, accept = [], fill = [], exclude = [], ahead, aggregate }, { catalog }, selection) {
        const input = {
          strict: strict === 'true',
          accept,
          fill,
          exclude,
          ahead,
          aggregate: aggregate === 'true',
          options,
        };
        parsed = parseExport(exporter, selection, input, catalog);
        return parsed.faults;
      },
    });
    const { question, aliases } = parsed!;
    return { asked: { ...asked, aliases: [...asked.aliases, ...aliases] }, question };
  }

  async #send(
    request: FastifyRequest,
    reply: FastifyReply,
    { asked, question }: { readonly asked: Asked; readonly question: ExportQuestion },
  ): Promise<void> {
    const { exporter } = question;
    await this.answers.sendAs(request, reply, asked, `export ${keyOf(question)}`, () => {
      const { body, omitted, asOf } = exportOf(asked.snapshot, question);
      const headers = {
        ...lastModified(asOf),
        'gatepost-omitted': String(omitted.length),
        'content-disposition': `inline; filename="${fileName(asked.snapshot.catalog, exporter)}"`,
      };
      return representation(exporter.mediaType, typeof body === 'string' ? body : Buffer.from(body), { headers });
    });
  }
}

/** A query with what the path says; said in both places, it is said twice. */
function withPath({ values, faults }: RawQuery, path: Readonly<Record<string, string>>): RawQuery {
  const said = new Map(Object.entries(path).map(([name, value]) => [name, [value]] as const));
  const twice = [...said.keys()].filter((name) => values.has(name));
  return {
    values: new Map([...values, ...said]),
    faults: [
      ...faults,
      ...twice.map((parameter): Fault => ({
        code: 'repeated-parameter',
        parameter,
        value: values.get(parameter)!.join(', '),
        message: `The path says the parameter "${parameter}" already. Leave it out of the query.`,
        allowed: [],
        didYouMean: null,
      })),
    ],
  };
}
