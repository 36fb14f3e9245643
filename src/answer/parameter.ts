import { applyDecorators } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsArray, IsDefined, IsIn, IsNotEmpty, IsOptional, IsString, ValidateBy } from 'class-validator';
import { ApiProperty } from './openapi-decorators.js';
import type { FaultCode } from '../model/error.js';
import { COUNT, FLAG, FieldOf, TEXT, listOf, nullable, type MemberType } from './shapes/member.js';

/** What a check means, so that its failure becomes a fault. */
export interface CheckContext {
  readonly code: FaultCode;
  readonly allowed?: readonly string[];
}

const context = (code: FaultCode, allowed: readonly string[] = []): { context: CheckContext } => ({
  context: { code, allowed },
});

const single = Transform(({ value }: { value: readonly string[] | undefined }) =>
  value?.length === 1 ? value[0] : value,
);
const commaSeparated = Transform(({ value }: { value: readonly string[] | undefined }) =>
  value?.flatMap((text) => text.split(',')),
);

/** A parameter that may be repeated or separated by commas; in GraphQL, a list. */
export function Many(description: string, of: MemberType = TEXT, options: ApiPropertyOptions = {}): PropertyDecorator {
  return applyDecorators(
    // OpenAPI's default for query arrays is repetition; commas are taken as well.
    ApiProperty({ description, type: 'array', items: inline(of), required: false, ...options } as ApiPropertyOptions),
    FieldOf(description, nullable(listOf(of))),
    commaSeparated,
    IsOptional(),
    IsArray(context('malformed-value')),
  );
}

/** A parameter that may be given once. */
export function One(description: string, of: MemberType = TEXT, options: ApiPropertyOptions = {}): PropertyDecorator {
  return applyDecorators(
    InQuery(description, of, { required: false, ...options } as ApiPropertyOptions),
    FieldOf(description, nullable(of)),
    single,
    IsOptional(),
    IsString(context('repeated-parameter')),
  );
}

/** A parameter that must be given, once. */
export function Required(description: string, options: ApiPropertyOptions = {}): PropertyDecorator {
  return applyDecorators(
    InQuery(description, TEXT, options),
    single,
    IsDefined(context('missing-parameter')),
    IsString(context('repeated-parameter')),
    IsNotEmpty(context('empty-value')),
  );
}

/** A parameter that is `true` or `false`, given once. */
export function Flag(description: string): PropertyDecorator {
  return applyDecorators(
    One(description, FLAG, { default: false }),
    IsIn(['true', 'false'], context('unknown-value', ['true', 'false'])),
  );
}

/** A parameter that is a whole number, given once. */
export function WholeNumber(description: string, least: number, most: number): PropertyDecorator {
  const inRange = (value: unknown) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) && least <= Number(value) && Number(value) <= most;
  return applyDecorators(
    One(description, COUNT, { minimum: least, maximum: most }),
    // Without a message of its own, class-validator drops the context.
    ValidateBy(
      { name: 'wholeNumber', validator: { validate: inRange, defaultMessage: () => 'not a whole number in range' } },
      context('malformed-value', [`${least}…${most}`]),
    ),
  );
}

/** What a value has to be, beyond being there. */
export function Checked(allowed: string, isAllowed: (text: string) => boolean): PropertyDecorator {
  // Without a message of its own, class-validator drops the context.
  return ValidateBy(
    {
      name: 'checked',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isAllowed(value),
        defaultMessage: () => `not ${allowed}`,
      },
    },
    context('malformed-value', [allowed]),
  );
}

function InQuery(description: string, of: MemberType, options: ApiPropertyOptions): PropertyDecorator {
  return ApiProperty({ description, ...of.openapi, ...options } as ApiPropertyOptions);
}

/** Words in place: a parameter that refers to them would lose its default. */
function inline({ openapi }: MemberType): object {
  return 'enum' in openapi ? { type: 'string', enum: openapi.enum } : openapi;
}
