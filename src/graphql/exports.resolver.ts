import { Args, Field, InputType, Query, Resolver } from '@nestjs/graphql';
import { exportShape, formatList } from '../answer/exports.js';
import { SelectionQuery } from '../answer/queries.js';
import { ExportFormatShape, ExportShape } from '../answer/shapes/export.js';
import { defaultNeedOf, knownFormat, parseExport, type ParsedExport } from '../export/question.js';
import { AtField, ask, type Here } from './operation.js';
import { REQUIRED_SELECTION } from './selection.js';

@InputType('ExportSettingInput', { description: "One of a format's own options." })
export class ExportSettingInput {
  @Field(() => String, { description: 'Its name, as `exportFormats` has it.' })
  name!: string;
  @Field(() => String, { description: 'Its value; a number in digits.' })
  value!: string;
}

const texts = () => [String];

@InputType('ExportOptionsInput', { description: 'What is said of an export beside the selection.' })
export class ExportOptionsInput {
  @Field(() => Boolean, { nullable: true, description: 'Refuse to leave out anything that the format cannot express.' })
  strict?: boolean | null;
  @Field(texts, {
    nullable: true,
    description: 'With `strict`: what may be left out all the same, by the names of hosts, endpoints or zones.',
  })
  accept?: string[] | null;
  @Field(texts, {
    nullable: true,
    description: 'What only you know: `third-party-registries:registry.example.com`, `admin-network:10.1.0.0/16`.',
  })
  fill?: string[] | null;
  @Field(texts, { nullable: true, description: 'What to leave out: `wildcard`, `companion`.' })
  exclude?: string[] | null;
  @Field(() => String, {
    nullable: true,
    description:
      '`P0D` leaves out the requirements and hosts that the vendor has only announced. Without it, they are taken in at once.',
  })
  ahead?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Join neighbouring blocks and drop covered ones.' })
  aggregate?: boolean | null;
  @Field(() => [ExportSettingInput], { nullable: true, description: "The format's own options." })
  settings?: ExportSettingInput[] | null;
}

@Resolver()
export class ExportsResolver {
  @Query(() => [ExportFormatShape], { description: 'Every format that a selection can be had in.' })
  exportFormats(): ExportFormatShape[] {
    return formatList();
  }

  @Query(() => ExportShape, { description: 'A selection in a format.' })
  export(
    @Args('format', { description: 'The id of a format.' }) format: string,
    @Args('selection', REQUIRED_SELECTION) asked: SelectionQuery | undefined,
    @Args('options', { type: () => ExportOptionsInput, nullable: true, description: 'What else is said of it.' })
    options: ExportOptionsInput | null | undefined,
    @AtField() here: Here,
  ): ExportShape {
    const exporter = knownFormat(format);
    let parsed: ParsedExport | undefined;
    const { snapshot } = ask(here, {
      selection: asked,
      defaultNeed: defaultNeedOf(exporter),
      alsoCheck({ catalog }, selection) {
        const { strict, accept, fill, exclude, ahead, aggregate, settings } = options ?? {};
        const given = Map.groupBy(settings ?? [], ({ name }) => name);
        parsed = parseExport(
          exporter,
          selection,
          {
            strict: strict ?? false,
            accept: accept ?? [],
            fill: fill ?? [],
            exclude: exclude ?? [],
            ahead: ahead ?? undefined,
            aggregate: aggregate ?? false,
            options: new Map([...given].map(([name, same]) => [name, same.map(({ value }) => value)])),
          },
          catalog,
        );
        return parsed.faults;
      },
    });
    const { question, aliases } = parsed!;
    here.operation.noted.aliases.push(...aliases);
    return exportShape(snapshot, question);
  }
}
