import { blocksOf, type Block } from './page.js';

/** Something that a page shows to be done, with what it says comes of it. */
export type Example =
  | { readonly kind: 'commands'; readonly block: Block; readonly answer: Block | undefined }
  | {
      readonly kind: 'operation';
      readonly block: Block;
      readonly variables: Block | undefined;
      readonly answer: Block | undefined;
    }
  | { readonly kind: 'catalog'; readonly block: Block; readonly answer: Block | undefined }
  | { readonly kind: 'code'; readonly block: Block }
  | { readonly kind: 'codegen'; readonly block: Block; readonly operations: readonly string[] };

const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  sh: ['json', 'http', 'text'],
  graphql: ['json'],
  yaml: ['text'],
};

/**
 * The examples of a page, in order. A block of commands, an operation or a part of a catalog may have an answer: the
 * block after it. The variables of an operation stand between the two, after a line that ends with "Variables:". The settings of a code generator stand after a line that ends with "codegen.json:".
 *
 * @throws Error for a block that belongs to no example, so that nothing is shown that is not executed.
 */
export function examplesOf(page: string): Example[] {
  const left = blocksOf(page).filter((block) => !isPicture(block));
  const operations = left.filter(({ language }) => language === 'graphql').map(({ text }) => text);
  const take = (languages: readonly string[] | undefined, areVariables: boolean): Block | undefined => {
    const [next] = left;
    const fits = next !== undefined && languages?.includes(next.language) && isVariables(next) === areVariables;
    return fits ? left.shift() : undefined;
  };
  const examples: Example[] = [];
  for (let block = left.shift(); block !== undefined; block = left.shift()) {
    const { language, line } = block;
    if (language === 'graphql') {
      const variables = take(['json'], true);
      examples.push({ kind: 'operation', block, variables, answer: take(ANSWERS[language], false) });
    } else if (language === 'sh') examples.push({ kind: 'commands', block, answer: take(ANSWERS[language], false) });
    else if (language === 'yaml') examples.push({ kind: 'catalog', block, answer: take(ANSWERS[language], false) });
    else if (language === 'ts') examples.push({ kind: 'code', block });
    else if (block.before.endsWith('codegen.json:')) examples.push({ kind: 'codegen', block, operations });
    else throw new Error(`line ${line}: a block of ${language} that answers nothing and is not executed`);
  }
  return examples;
}

function isVariables({ before }: Block): boolean {
  return before.endsWith('Variables:');
}

/** A drawing of arrows: there is nothing to execute. */
function isPicture({ language, text }: Block): boolean {
  return language === 'text' && text.includes('──►');
}
