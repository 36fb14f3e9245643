import type { Cause, Revision } from '../../model/revision.js';
import { DIGEST, INSTANT, Member, Noun, ORDINAL, TEXT, listOf, nullable } from './member.js';
import { ListShape } from './selection.js';
import { CAUSE } from './words.js';

@Noun('Version', 'What is served, in four members.')
export class VersionShape {
  @Member('The product.')
  readonly product!: string;
  @Member('The newest revision.', ORDINAL)
  readonly revision!: number;
  @Member('The digest of its content.', DIGEST)
  readonly digest!: string;
  @Member('When it was published.', INSTANT)
  readonly publishedAt!: string;
}

@Noun('RevisionUpstream', 'The list that the addresses were read from.')
export class RevisionUpstreamShape {
  @Member('Where it was.')
  readonly url!: string;
  @Member('SHA-256 of its bytes.')
  readonly sha256!: string;
  @Member('When it was read.', INSTANT)
  readonly fetchedAt!: string;
}

@Noun('RevisionCatalog', 'The catalog that a revision holds.')
export class RevisionCatalogShape {
  @Member("SHA-256 of the file's bytes.")
  readonly sha256!: string;
}

@Noun('Revision', 'The record of one revision.')
export class RevisionShape implements Revision {
  @Member('Its number: 1, 2, 3 …', ORDINAL)
  readonly revision!: number;
  @Member('The digest of its content: equal content, equal digest.', DIGEST)
  readonly digest!: string;
  @Member('When it was published.', INSTANT)
  readonly publishedAt!: string;
  @Member('The one before; null for the first.', nullable(ORDINAL))
  readonly previous!: number | null;
  @Member('What made it.', CAUSE)
  readonly cause!: Cause;
  @Member('The operator who asked for it, where one did.', nullable(TEXT))
  readonly by!: string | null;
  @Member('A remark.', nullable(TEXT))
  readonly note!: string | null;
  @Member('The list that its addresses were read from; null where none was.', nullable(RevisionUpstreamShape))
  readonly upstream!: RevisionUpstreamShape | null;
  @Member('The catalog that it holds.', RevisionCatalogShape)
  readonly catalog!: RevisionCatalogShape;
}

@Noun('RevisionList', 'A page of revisions.')
export class RevisionListShape extends ListShape {
  @Member('Newest first.', listOf(RevisionShape))
  readonly revisions!: readonly RevisionShape[];
  @Member('For `after`, to go on; null at the end.', nullable(TEXT))
  readonly nextCursor!: string | null;
}
