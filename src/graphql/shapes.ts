import { ChangeShape } from '../answer/shapes/change.js';
import { FLAG, Member, Noun, ORDINAL, TEXT, listOf, nullable } from '../answer/shapes/member.js';
import { RevisionShape, VersionShape } from '../answer/shapes/revision.js';
import { ListShape } from '../answer/shapes/selection.js';

@Noun('FacetValue', 'A value of a further dimension that the catalog declares.')
export class FacetValueShape {
  @Member('The dimension.')
  readonly name!: string;
  @Member('The value.')
  readonly value!: string;
}

@Noun('Product', 'What the requirements are of.')
export class ProductShape {
  @Member('Its name in refs and parameters.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('What is served of it.', VersionShape)
  readonly version!: VersionShape;
}

@Noun('RevisionEdge', 'A revision in a page.')
export class RevisionEdgeShape {
  @Member('The place after it: for `after`.')
  readonly cursor!: string;
  @Member('Its record.', RevisionShape)
  readonly node!: RevisionShape;
}

@Noun('PageInfo', 'Where a page is. Source: GraphQL Cursor Connections Specification.')
export class PageInfoShape {
  @Member('Whether there are more after it.', FLAG)
  readonly hasNextPage!: boolean;
  @Member('Whether there are more before it.', FLAG)
  readonly hasPreviousPage!: boolean;
  @Member('The cursor of its first edge; null where it is empty.', nullable(TEXT))
  readonly startCursor!: string | null;
  @Member('The cursor of its last edge; null where it is empty.', nullable(TEXT))
  readonly endCursor!: string | null;
}

@Noun('RevisionConnection', 'A page of revisions, newest first.')
export class RevisionConnectionShape {
  @Member('The revisions, each with its place.', listOf(RevisionEdgeShape))
  readonly edges!: readonly RevisionEdgeShape[];
  @Member('The revisions alone.', listOf(RevisionShape))
  readonly nodes!: readonly RevisionShape[];
  @Member('Where the page is.', PageInfoShape)
  readonly pageInfo!: PageInfoShape;
}

@Noun('ChangeEdge', 'A change in a page.')
export class ChangeEdgeShape {
  @Member('The place after it: for `after`.')
  readonly cursor!: string;
  @Member('The change.', ChangeShape)
  readonly node!: ChangeShape;
}

@Noun('ChangeConnection', 'A page of the changes of a selection, oldest first.')
export class ChangeConnectionShape extends ListShape {
  @Member('The revision after which they begin.', ORDINAL)
  readonly from!: number;
  @Member('The revision up to which the pages go: after the last of them, ask `since` it next time.', ORDINAL)
  readonly to!: number;
  @Member('The changes, each with its place.', listOf(ChangeEdgeShape))
  readonly edges!: readonly ChangeEdgeShape[];
  @Member('The changes alone.', listOf(ChangeShape))
  readonly nodes!: readonly ChangeShape[];
  @Member('Where the page is.', PageInfoShape)
  readonly pageInfo!: PageInfoShape;
}
