import type { Preview } from '../../publish/preview.js';
import { PromiseShape } from './catalog.js';
import { ChangeShape } from './change.js';
import { Member, Noun, TEXT, listOf } from './member.js';
import { CatalogFaultShape } from './status.js';

@Noun('Preview', 'What would come of a catalog if it were published now.')
export class PreviewShape implements Preview {
  @Member('What is wrong with it, each with its place; empty where it loads.', listOf(CatalogFaultShape))
  readonly errors!: readonly CatalogFaultShape[];
  @Member('What is legal and likely a mistake.', listOf(TEXT))
  readonly doubts!: readonly string[];
  @Member('Whether it keeps its promises; empty where it cannot be read so far.', listOf(PromiseShape))
  readonly promises!: readonly PromiseShape[];
  @Member('What it changes of what is served, as the next revision would have it.', listOf(ChangeShape))
  readonly changes!: readonly ChangeShape[];
}
