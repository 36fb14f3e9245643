import { schemaPath } from '../answer/openapi-decorators.js';
import { ChangeShape } from '../answer/shapes/change.js';
import { AsOfShape, SelectionShape } from '../answer/shapes/selection.js';

type Schema = Readonly<Record<string, unknown>>;

const text = (description: string): Schema => ({ type: 'string', description });
const link = (description: string): Schema => ({ type: 'string', format: 'uri', description });
const instant = (description: string): Schema => ({ type: 'string', format: 'date-time', description });
const object = (required: readonly string[], properties: Schema, description: string): Schema => ({
  type: 'object',
  required,
  properties,
  description,
});

const ITEM = object(
  ['id', 'title', 'content_text', 'date_published', 'tags', '_gatepost'],
  {
    id: text('Stable for ever, and the same in Atom.'),
    url: link('All that its revision changed. Only where PUBLIC_URL is set.'),
    title: text('What to know and to do, in one line.'),
    content_text: text('All that the change says, a sentence a line.'),
    date_published: instant('When the revision was published.'),
    tags: { type: 'array', items: { type: 'string' }, description: 'Subject, kind, reason and actions, to filter by.' },
    _gatepost: { $ref: schemaPath(ChangeShape) },
  },
  'A change.',
);

/** What /feed.json answers. Unlike other answers it leaves out what it has not, because JSON Feed asks for that. */
export const JSON_FEED_SCHEMA = object(
  ['version', 'title', 'description', 'authors', '_gatepost', 'items'],
  {
    version: { const: 'https://jsonfeed.org/version/1.1', description: 'The version of the format.' },
    title: text('The product and the selection.'),
    description: text('What the feed is for.'),
    home_page_url: link('Where the service is. Only where PUBLIC_URL is set.'),
    feed_url: link('The first page. Only where PUBLIC_URL is set.'),
    next_url: link('The next page; absent at the end. Only where PUBLIC_URL is set.'),
    authors: {
      type: 'array',
      items: object(['name'], { name: text('The title of the product.') }, 'An author.'),
      description: 'Whose network requirements these are.',
    },
    _gatepost: object(
      ['id', 'product', 'asOf', 'selection', 'nextCursor'],
      {
        id: text('Names the feed, whatever its page and format.'),
        product: text('The product.'),
        asOf: { $ref: schemaPath(AsOfShape) },
        selection: { $ref: schemaPath(SelectionShape) },
        nextCursor: { type: ['string', 'null'], description: 'For `after`, to go on; null at the end.' },
      },
      'What JSON Feed has no member for.',
    ),
    items: { type: 'array', items: ITEM, description: 'Newest first.' },
  },
  'JSON Feed 1.1.',
);
