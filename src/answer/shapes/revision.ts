import { CAUSES, type Cause, type Revision } from '../../model/revision.js';
import { INSTANT, Member } from './member.js';
import { ListShape } from './selection.js';

const DIGEST = { type: String, pattern: '^sha256-[0-9a-f]{64}$' } as const;
const NUMBER = { type: 'integer', minimum: 1 } as const;

/** What is served, in four members. */
export class VersionShape {
  @Member('The product.')
  readonly product!: string;
  @Member('The newest revision.', NUMBER)
  readonly revision!: number;
  @Member('The digest of its content.', DIGEST)
  readonly digest!: string;
  @Member('When it was published.', INSTANT)
  readonly publishedAt!: string;
}

/** The list that the addresses were read from. */
export class RevisionUpstreamShape {
  @Member('Where it was.')
  readonly url!: string;
  @Member('SHA-256 of its bytes.')
  readonly sha256!: string;
  @Member('When it was read.', INSTANT)
  readonly fetchedAt!: string;
}

export class RevisionCatalogShape {
  @Member("SHA-256 of the file's bytes.")
  readonly sha256!: string;
}

/** The record of one revision. */
export class RevisionShape implements Revision {
  @Member('Its number: 1, 2, 3 …', NUMBER)
  readonly revision!: number;
  @Member('The digest of its content: equal content, equal digest.', DIGEST)
  readonly digest!: string;
  @Member('When it was published.', INSTANT)
  readonly publishedAt!: string;
  @Member('The one before; null for the first.', { ...NUMBER, nullable: true })
  readonly previous!: number | null;
  @Member('What made it.', { enum: CAUSES, enumName: 'Cause' })
  readonly cause!: Cause;
  @Member('The operator who asked for it, where one did.', { type: String, nullable: true })
  readonly by!: string | null;
  @Member('A remark.', { type: String, nullable: true })
  readonly note!: string | null;
  @Member('The list that its addresses were read from; null where none was.', {
    type: RevisionUpstreamShape,
    nullable: true,
  })
  readonly upstream!: RevisionUpstreamShape | null;
  @Member('The catalog that it holds.', { type: RevisionCatalogShape })
  readonly catalog!: RevisionCatalogShape;
}

export class RevisionListShape extends ListShape {
  @Member('Newest first.', { type: [RevisionShape] })
  readonly revisions!: readonly RevisionShape[];
  @Member('For `after`, to go on; null at the end.', { type: String, nullable: true })
  readonly nextCursor!: string | null;
}
