import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { nearest } from '../model/nearest.js';
import type { AuthoredCatalog } from './authored.js';
import type { Complaint, PathPart } from './fault.js';

const schema: object = JSON.parse(readFileSync(new URL('../../schema/catalog.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({
  // That the schema is one is for a test to see: to compile the schema of schemas at every start takes longer than this.
  meta: false,
  validateSchema: false,
  allErrors: true,
  verbose: true,
  strictTypes: false,
  strictRequired: false,
}).compile<AuthoredCatalog>(schema);

export type ShapeCheck =
  | { readonly ok: true; readonly authored: AuthoredCatalog }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

/** Holds a document against schema/catalog.schema.json. */
export function checkShape(document: unknown): ShapeCheck {
  if (validate(document)) return { ok: true, authored: document };
  return { ok: false, complaints: (validate.errors ?? []).filter(isCause).map(complaintOf) };
}

/** Ajv reports the branch that failed and then what failed in it; only the latter helps. */
function isCause({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'propertyNames';
}

function complaintOf(error: ErrorObject): Complaint {
  const path = pathOf(error.instancePath);
  if (error.propertyName !== undefined) {
    const name = error.propertyName;
    const rule = error.keyword === 'not' ? 'The name is reserved.' : (described(error) ?? `It ${error.message}.`);
    return { path: [...path, name], atKey: true, found: name, message: `"${name}" is no name for this. ${rule}` };
  }
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(error.params['additionalProperty']);
      const allowed = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
      const meant = nearest(name, allowed);
      const hint = meant === null ? `Allowed: ${allowed.join(', ')}.` : `Did you mean "${meant}"?`;
      const message = `"${name}" is no member here. ${hint}`;
      return { path: [...path, name], atKey: true, found: name, allowed, didYouMean: meant, message };
    }
    case 'required':
      return { path, message: `The member "${error.params['missingProperty']}" is missing.` };
    case 'enum':
    case 'const': {
      const values: unknown[] =
        error.keyword === 'const' ? [error.params['allowedValue']] : error.params['allowedValues'];
      const allowed = values.map(String);
      const meant = typeof error.data === 'string' ? nearest(error.data, allowed) : null;
      const hint = meant === null ? '' : ` Did you mean "${meant}"?`;
      const message = `${shown(error.data)} is not allowed. Allowed: ${allowed.join(', ')}.${hint}`;
      return { path, found: error.data, allowed, didYouMean: meant, message };
    }
    case 'type': {
      const type = String(error.params['type']);
      const allowed = type === 'boolean' ? ['true', 'false'] : [type];
      return {
        path,
        found: error.data,
        allowed,
        message: `${shown(error.data)} is not allowed. Allowed: ${allowed.join(', ')}.`,
      };
    }
    default: {
      const rule = error.keyword === 'pattern' ? described(error) : undefined;
      // The description of a kind of text says in words what its pattern says.
      if (rule !== undefined && error.schemaPath.startsWith('#/$defs/')) {
        return { path, found: error.data, message: `${shown(error.data)} is not allowed. ${rule}` };
      }
      return { path, found: error.data, message: `${shown(error.data)} ${error.message}.${rule ? ` ${rule}` : ''}` };
    }
  }
}

function described(error: ErrorObject): string | undefined {
  return error.parentSchema?.['description'] as string | undefined;
}

function pathOf(pointer: string): PathPart[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
