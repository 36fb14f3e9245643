import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** A member of an answer. Always present; `nullable` says where it can be `null`. */
export function Member(description: string, options: ApiPropertyOptions = {}): PropertyDecorator {
  return ApiProperty({ description, required: true, ...options } as ApiPropertyOptions);
}

/** RFC 3339, UTC. */
export const INSTANT = { type: String, format: 'date-time' } as const;
