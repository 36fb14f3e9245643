import { MOST_CHANGES } from '../answer/changes.js';
import { One, WholeNumber } from '../answer/parameter.js';
import { SelectionQuery } from '../answer/queries.js';
import { USUAL_PAGE } from '../answer/revision-log.js';

/** A page of the feed of a selection. */
export class FeedQuery extends SelectionQuery {
  @WholeNumber(`How many entries a page has. Default ${USUAL_PAGE}.`, 1, MOST_CHANGES)
  first?: string;

  @One('Where the page before ended; its link to the next page has it.')
  after?: string;
}
