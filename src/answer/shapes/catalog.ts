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
import { INSTANT, Member } from './member.js';
import { AsOfShape, ListShape } from './selection.js';

const TEXT = { type: String, nullable: true } as const;

/** An old name that still answers. */
export class AliasShape implements Alias {
  @Member('The old name.')
  readonly name!: string;
  @Member('Since when it is old.', { ...INSTANT, nullable: true })
  readonly deprecated!: string | null;
  @Member('When it will stop answering.', { ...INSTANT, nullable: true })
  readonly sunset!: string | null;
}

/** What a customer may be doing. */
export class TaskShape implements Task {
  @Member('Its name in refs and parameters.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('What it means, as CommonMark.', TEXT)
  readonly description!: string | null;
  @Member('The document that describes it.', TEXT)
  readonly document!: string | null;
  @Member('The heading there.', TEXT)
  readonly section!: string | null;
  @Member('Old names.', { type: [AliasShape] })
  readonly aliases!: readonly AliasShape[];
}

/** How the software reaches the customer. */
export class ModeShape implements Mode {
  @Member('Its name in refs and parameters.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('What it means, as CommonMark.', TEXT)
  readonly description!: string | null;
  @Member('Old names.', { type: [AliasShape] })
  readonly aliases!: readonly AliasShape[];
}

/** Where a far side is. */
export class ZoneShape implements Zone {
  @Member('Its name.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('What it means, as CommonMark.', TEXT)
  readonly description!: string | null;
  @Member("Whether ports towards it may be exposed outside the installed hosts' own network.")
  readonly external!: boolean;
  @Member('Old names.', { type: [AliasShape] })
  readonly aliases!: readonly AliasShape[];
}

/** A far side on the internet. */
export class CatalogEndpointShape implements CatalogEndpoint {
  @Member('Its name.')
  readonly name!: string;
  @Member('What it is.', { enum: ['host', 'wildcard', 'service', 'placeholder'] })
  readonly kind!: Exclude<EndpointKind, 'zone'>;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('Its DNS names.', { type: [String] })
  readonly hosts!: readonly string[];
  @Member('Names that it needs in practice beside its own.', { type: [CompanionShape] })
  readonly companions!: readonly CompanionShape[];
  @Member('Whether the upstream list has its addresses.')
  readonly published!: boolean;
  @Member('Who runs it.', TEXT)
  readonly operator!: string | null;
  @Member('For a placeholder: what the customer has to fill in.', TEXT)
  readonly fill!: string | null;
  @Member('The document that its hosts were taken from.', TEXT)
  readonly document!: string | null;
  @Member('Old names.', { type: [AliasShape] })
  readonly aliases!: readonly AliasShape[];
}

/** A document that the catalog was written from. */
export class DocumentShape implements CatalogDocument {
  @Member('Its short name.')
  readonly name!: string;
  @Member('Its title.')
  readonly title!: string;
  @Member('Where it can be read.', TEXT)
  readonly url!: string | null;
  @Member('When it was published.', { type: String, format: 'date', nullable: true })
  readonly published!: string | null;
  @Member('When it was last changed.', { type: String, format: 'date', nullable: true })
  readonly modified!: string | null;
}

/** A paragraph of a document's running text. */
export class NoteShape implements Note {
  @Member('The document.')
  readonly document!: string;
  @Member('The heading that it stands under; null before the first.', TEXT)
  readonly section!: string | null;
  @Member('The paragraph, as CommonMark.')
  readonly text!: string;
}

/** What the vendor promises. */
export class PromiseShape {
  @Member("The promise in the vendor's words.")
  readonly text!: string;
  @Member('Whether the requirements keep it.')
  readonly holds!: boolean;
}

/** The whole catalog, requirements aside. */
export class CatalogShape {
  @Member('The product.')
  readonly product!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('The revision that the answer follows from.', { type: AsOfShape })
  readonly asOf!: AsOfShape;
  @Member('In the order of every answer.', { type: [TaskShape] })
  readonly tasks!: readonly TaskShape[];
  @Member('In the order of every answer.', { type: [ModeShape] })
  readonly modes!: readonly ModeShape[];
  @Member('Where far sides are.', { type: [ZoneShape] })
  readonly zones!: readonly ZoneShape[];
  @Member('Further dimensions of requirements. None is declared yet.', { type: [String] })
  readonly facets!: readonly string[];
  @Member('What conditional needs depend on. None is declared yet.', { type: [String] })
  readonly conditions!: readonly string[];
  @Member('Far sides on the internet.', { type: [CatalogEndpointShape] })
  readonly endpoints!: readonly CatalogEndpointShape[];
  @Member('The documents that it was written from.', { type: [DocumentShape] })
  readonly documents!: readonly DocumentShape[];
  @Member('Their running text.', { type: [NoteShape] })
  readonly notes!: readonly NoteShape[];
  @Member('What the vendor promises.', { type: [PromiseShape] })
  readonly promises!: readonly PromiseShape[];
}

export class TaskListShape extends ListShape {
  @Member('Those that the selection has requirements for; without one, all.', { type: [TaskShape] })
  readonly tasks!: readonly TaskShape[];
}

export class ModeListShape extends ListShape {
  @Member('Those that the selection has requirements for; without one, all.', { type: [ModeShape] })
  readonly modes!: readonly ModeShape[];
}
