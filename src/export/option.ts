import type { Fault } from '../model/error.js';
import { MOST_VALUES, tooManyValues } from '../model/naming.js';
import { nearest } from '../model/nearest.js';

/** What a format lets the customer choose. */
export type ExportOption = TextOption | NumberOption;

export interface TextOption {
  readonly name: string;
  readonly type: 'text';
  /** What a value looks like, whole. */
  readonly pattern: RegExp;
  readonly default: string;
  readonly description: string;
}

export interface NumberOption {
  readonly name: string;
  readonly type: 'whole-number';
  readonly least: number;
  readonly most: number;
  readonly default: number;
  readonly description: string;
}

/** The values of a format's options, each of them there. */
export interface OptionValues {
  text(name: string): string;
  number(name: string): number;
}

/** The options of a format as they were chosen: values by name, defaults included, in the order of the options. */
export type ChosenOptions = ReadonlyMap<string, string | number>;

/** Reads the options of a format. What a format does not take is a fault, as is a value that it does not. */
export function parseOptions(
  options: readonly ExportOption[],
  given: ReadonlyMap<string, readonly string[]>,
): { readonly chosen: ChosenOptions; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const known = options.map(({ name }) => name);
  if (given.size > MOST_VALUES) return { chosen: new Map(), faults: [tooManyValues('settings', given.size)] };
  for (const [name, values] of given) {
    if (!known.includes(name)) faults.push(unknownOption(name, values.join(', '), known));
  }
  const chosen = options.map((option): [string, string | number] => {
    const values = given.get(option.name);
    if (values === undefined) return [option.name, option.default];
    const [text = ''] = values;
    if (values.length !== 1) faults.push(fault('repeated-parameter', option, values.join(', ')));
    else if (!takes(option, text)) faults.push(fault('malformed-value', option, text));
    return [option.name, option.type === 'text' ? text : Number(text)];
  });
  return { chosen: new Map(chosen), faults };
}

/** What a format reads its options from. */
export function optionValues(chosen: ChosenOptions): OptionValues {
  const valueOf = (name: string) => {
    const value = chosen.get(name);
    if (value === undefined) throw new TypeError(`the format has no option ${name}`);
    return value;
  };
  return { text: (name) => String(valueOf(name)), number: (name) => Number(valueOf(name)) };
}

/** What a value of an option may be, as a person reads it. */
export function allowedOf(option: ExportOption): string {
  return option.type === 'text'
    ? `text like ${option.default} (${option.pattern.source})`
    : `${option.least}…${option.most}`;
}

function takes(option: ExportOption, text: string): boolean {
  if (option.type === 'text') return option.pattern.test(text);
  return /^\d{1,9}$/.test(text) && option.least <= Number(text) && Number(text) <= option.most;
}

function fault(code: 'repeated-parameter' | 'malformed-value', option: ExportOption, value: string): Fault {
  const allowed = allowedOf(option);
  const message =
    code === 'repeated-parameter'
      ? `The parameter "${option.name}" can be given once.`
      : `"${value}" is not a value of the parameter "${option.name}". It takes ${allowed}.`;
  return { code, parameter: option.name, value, message, allowed: [allowed], didYouMean: null };
}

function unknownOption(parameter: string, value: string, known: readonly string[]): Fault {
  const didYouMean = nearest(parameter, known);
  const allowed = known.length === 0 ? 'It has none.' : `Allowed: ${known.join(', ')}.`;
  const hint = didYouMean === null ? allowed : `Did you mean "${didYouMean}"?`;
  const message = `This format has no option "${parameter}". ${hint}`;
  return { code: 'unknown-parameter', parameter, value, message, allowed: known, didYouMean };
}
