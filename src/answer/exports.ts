import { exportOf, omissionsOf, type ExportQuestion } from '../export/exported.js';
import type { Exporter } from '../export/exporter.js';
import { FORMATS } from '../export/formats.js';
import type { ExportOption } from '../export/option.js';
import type { Supports } from '../export/supports.js';
import { PROTOCOLS } from '../model/catalog.js';
import type { Snapshot } from '../model/snapshot.js';
import { asOf } from './lists.js';
import type {
  ExportFormatShape,
  ExportOptionShape,
  ExportShape,
  ExportSupportsShape,
  OmissionListShape,
} from './shapes/export.js';

/** Every format as answers show it. */
export function formatList(): ExportFormatShape[] {
  return FORMATS.map(({ id, title, kind, mediaType, extension, supports, limits, options }) => ({
    id,
    title,
    kind,
    mediaType,
    extension,
    supports: supportsShape(supports),
    limits,
    options: options.map(optionShape),
  }));
}

/**
 * A selection in a format, with what it leaves out.
 *
 * @throws DomainError `nothing-to-open`, `mixed-ports`, `over-limit`, `omitted`.
 */
export function exportShape(snapshot: Snapshot, question: ExportQuestion): ExportShape {
  const { exporter } = question;
  const { body, omitted, asOf: revision } = exportOf(snapshot, question);
  const isText = typeof body === 'string';
  return {
    format: exporter.id,
    mediaType: exporter.mediaType,
    fileName: fileName(snapshot.catalog, exporter),
    asOf: asOf(revision),
    body: isText ? body : Buffer.from(body).toString('base64'),
    isBase64: !isText,
    omitted,
  };
}

/** What an export of a selection leaves out. */
export function omissionList(snapshot: Snapshot, question: ExportQuestion): OmissionListShape {
  const { omitted, asOf: revision } = omissionsOf(snapshot, question);
  return {
    product: snapshot.catalog.product,
    asOf: asOf(revision),
    selection: question.selection,
    format: question.exporter.id,
    omitted,
  };
}

/** The name of a file that holds an export. */
export function fileName({ product }: { readonly product: string }, { id, extension }: Exporter): string {
  return `${product}-${id}.${extension}`;
}

function supportsShape({
  names,
  namesOver = PROTOCOLS,
  protocols = PROTOCOLS,
  ...supports
}: Supports): ExportSupportsShape {
  return { ...supports, names, namesOver: names ? namesOver : [], protocols };
}

function optionShape(option: ExportOption): ExportOptionShape {
  const { name, type, description } = option;
  const isText = option.type === 'text';
  return {
    name,
    type,
    pattern: isText ? option.pattern.source : null,
    least: isText ? null : option.least,
    most: isText ? null : option.most,
    default: String(option.default),
    description,
  };
}
