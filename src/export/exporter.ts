import type { Catalog } from '../model/catalog.js';
import type { Requirement } from '../model/requirement.js';
import type { Expressed } from './expressed.js';
import type { ExportOption, OptionValues } from './option.js';
import type { Supports } from './supports.js';

export const EXPORT_KINDS = ['list', 'table', 'configuration'] as const;
/**
 * `list`: one far side a line, for a device that polls it, and never empty. `table`: for people and their tools; shows
 * every requirement and opens nothing. `configuration`: what a firewall, a proxy or a tool loads.
 */
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** What a device or a tool takes at most. */
export interface ExportLimit {
  readonly of: string;
  readonly most: number;
}

/** A format: data, and one pure function. */
export interface Exporter {
  /** In lower case, with `-`. It never changes. */
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  /** Of a file that holds it, without the dot. */
  readonly extension: string;
  readonly kind: ExportKind;
  readonly supports: Supports;
  readonly limits: readonly ExportLimit[];
  readonly options: readonly ExportOption[];
  /** Whether what has nothing to open can still be said, in a comment. Where not, nothing is answered. */
  readonly canBeEmpty: boolean;
  /** @throws ExportRefusal where the format cannot hold as much. */
  render(source: ExportSource, options: OptionValues): string | Uint8Array;
}

/** All that an export is made of. Equal sources have equal bytes on every machine. */
export interface ExportSource extends Pick<Expressed, 'rules'> {
  /** What to say before the rules, for people: each a line of plain text. */
  readonly header: readonly string[];
  readonly catalog: Catalog;
  /** Those of the selection, in the order of the catalog, what is not required included. */
  readonly requirements: readonly Requirement[];
}

/** A format cannot hold as much as it was asked to. */
export class ExportRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExportRefusal';
  }
}
