import type {
  Alias,
  CatalogDocument,
  CatalogEndpoint,
  EndpointKind,
  Mode,
  Note,
  Task,
  Zone,
} from '../../model/catalog.js';
import { CompanionShape } from './requirement.js';
import { DATE, FLAG, HOST_NAME, INSTANT, Member, Noun, RestMember, TEXT, listOf, nullable } from './member.js';
import { AsOfShape, ListShape } from './selection.js';
import { ENDPOINT_KIND } from './words.js';

@Noun('Alias', 'An old name that still answers.')
export class AliasShape implements Alias {
  @Member('The old name.')
  readonly name!: string;
  @Member('Since when it is old.', nullable(INSTANT))
  readonly deprecated!: string | null;
  @Member('When it will stop answering.', nullable(INSTANT))
  readonly sunset!: string | null;
}

@Noun('Task', 'What a customer may be doing.')
export class TaskShape implements Task {
  @Member('Its name in refs and parameters.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('What it means, as CommonMark.', nullable(TEXT))
  readonly description!: string | null;
  @Member('The document that describes it.', nullable(TEXT))
  readonly document!: string | null;
  @Member('The heading there.', nullable(TEXT))
  readonly section!: string | null;
  @Member('Old names.', listOf(AliasShape))
  readonly aliases!: readonly AliasShape[];
}

@Noun('Mode', 'How the software reaches the customer.')
export class ModeShape implements Mode {
  @Member('Its name in refs and parameters.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('What it means, as CommonMark.', nullable(TEXT))
  readonly description!: string | null;
  @Member('Old names.', listOf(AliasShape))
  readonly aliases!: readonly AliasShape[];
}

@Noun('Zone', 'Where a far side is.')
export class ZoneShape implements Zone {
  @Member('Its name.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('What it means, as CommonMark.', nullable(TEXT))
  readonly description!: string | null;
  @Member("Whether ports towards it may be exposed outside the installed hosts' own network.", FLAG)
  readonly external!: boolean;
  @Member('Old names.', listOf(AliasShape))
  readonly aliases!: readonly AliasShape[];
}

@Noun('CatalogEndpoint', 'A far side on the internet.')
export class CatalogEndpointShape implements CatalogEndpoint {
  @Member('Its name.')
  readonly name!: string;
  @Member('What it is.', ENDPOINT_KIND)
  readonly kind!: Exclude<EndpointKind, 'zone'>;
  @Member('Its name for people.')
  readonly title!: string;
  @RestMember('Its DNS names.', listOf(HOST_NAME))
  readonly hosts!: readonly string[];
  @Member('Names that it needs in practice beside its own.', listOf(CompanionShape))
  readonly companions!: readonly CompanionShape[];
  @Member('Whether the upstream list has its addresses.', FLAG)
  readonly published!: boolean;
  @Member('Who runs it.', nullable(TEXT))
  readonly operator!: string | null;
  @Member('For a placeholder: what the customer has to fill in.', nullable(TEXT))
  readonly fill!: string | null;
  @Member('The document that its hosts were taken from.', nullable(TEXT))
  readonly document!: string | null;
  @Member('Old names.', listOf(AliasShape))
  readonly aliases!: readonly AliasShape[];
}

@Noun('Document', 'A document that the catalog was written from.')
export class DocumentShape implements CatalogDocument {
  @Member('Its short name.')
  readonly name!: string;
  @Member('Its title.')
  readonly title!: string;
  @Member('Where it can be read.', nullable(TEXT))
  readonly url!: string | null;
  @Member('When it was published.', nullable(DATE))
  readonly published!: string | null;
  @Member('When it was last changed.', nullable(DATE))
  readonly modified!: string | null;
}

@Noun('Note', "A paragraph of a document's running text.")
export class NoteShape implements Note {
  @Member('The document.')
  readonly document!: string;
  @Member('The heading that it stands under; null before the first.', nullable(TEXT))
  readonly section!: string | null;
  @Member('The paragraph, as CommonMark.')
  readonly text!: string;
}

@Noun('VendorPromise', 'What the vendor promises.')
export class PromiseShape {
  @Member("The promise in the vendor's words.")
  readonly text!: string;
  @Member('Whether the requirements keep it.', FLAG)
  readonly holds!: boolean;
}

@Noun('Facet', 'A further dimension of requirements.')
export class FacetShape {
  @Member('Its name in parameters.')
  readonly name!: string;
  @Member('Its values.', listOf(TEXT))
  readonly values!: readonly string[];
}

@Noun('Condition', 'What a conditional need may depend on.')
export class ConditionShape {
  @Member('Its name in parameters.')
  readonly name!: string;
  @Member('What it means, for people.')
  readonly title!: string;
}

@Noun('Catalog', 'The whole catalog, requirements aside.')
export class CatalogShape {
  @Member('The product.')
  readonly product!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('The revision that the answer follows from.', AsOfShape)
  readonly asOf!: AsOfShape;
  @Member('In the order of every answer.', listOf(TaskShape))
  readonly tasks!: readonly TaskShape[];
  @Member('In the order of every answer.', listOf(ModeShape))
  readonly modes!: readonly ModeShape[];
  @Member('Where far sides are.', listOf(ZoneShape))
  readonly zones!: readonly ZoneShape[];
  @Member('Further dimensions of requirements. None can be declared yet.', listOf(FacetShape))
  readonly facets!: readonly FacetShape[];
  @Member('What conditional needs depend on. None can be declared yet.', listOf(ConditionShape))
  readonly conditions!: readonly ConditionShape[];
  @Member('Far sides on the internet.', listOf(CatalogEndpointShape))
  readonly endpoints!: readonly CatalogEndpointShape[];
  @Member('The documents that it was written from.', listOf(DocumentShape))
  readonly documents!: readonly DocumentShape[];
  @Member('Their running text.', listOf(NoteShape))
  readonly notes!: readonly NoteShape[];
  @Member('What the vendor promises.', listOf(PromiseShape))
  readonly promises!: readonly PromiseShape[];
}

@Noun('TaskList', 'The tasks of a selection.')
export class TaskListShape extends ListShape {
  @Member('Those that the selection has requirements for; without one, all.', listOf(TaskShape), 'nodes')
  readonly tasks!: readonly TaskShape[];
}

@Noun('ModeList', 'The modes of a selection.')
export class ModeListShape extends ListShape {
  @Member('Those that the selection has requirements for; without one, all.', listOf(ModeShape), 'nodes')
  readonly modes!: readonly ModeShape[];
}
