import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { parseBlock } from '../../model/cidr.js';
import { parseHostName } from '../../model/host-name.js';

/** RFC 3339, UTC. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** An IPv4 or IPv6 block. */
export const CidrScalar = textScalar(
  'CIDR',
  'An IPv4 or IPv6 block in canonical CIDR text: RFC 5952, host bits zero. One address is a /32 or a /128.',
  'https://datatracker.ietf.org/doc/html/rfc4632',
  (text) => parseBlock(text).ok,
);

/** An instant. */
export const DateTimeScalar = textScalar(
  'DateTime',
  'An instant, as RFC 3339 writes it, in UTC: `2026-01-31T12:00:00.000Z`.',
  'https://datatracker.ietf.org/doc/html/rfc3339#section-5.6',
  (text) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
);

/** A day. */
export const DateScalar = textScalar(
  'Date',
  'A day, as RFC 3339 writes a full-date: `2026-01-31`.',
  'https://datatracker.ietf.org/doc/html/rfc3339#section-5.6',
  (text) => DATE.test(text) && !Number.isNaN(Date.parse(text)),
);

/** A DNS name, or a wildcard. */
export const HostNameScalar = textScalar(
  'HostName',
  'A DNS name in lower case without a trailing dot. `*.` in front stands for one or more labels. As the host of an address, `general` stands for ranges that may serve any host.',
  'https://datatracker.ietf.org/doc/html/rfc1123#section-2.1',
  (text) => parseHostName(text.replace(/^\*\./, '')) !== undefined,
);

/** Any value of JSON. It is answered, and never asked. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any value of JSON. What it holds is told by the members beside it.',
  specifiedByURL: 'https://datatracker.ietf.org/doc/html/rfc8259',
  serialize: (value) => value,
});

/** A port. */
export const PortNumberScalar = new GraphQLScalarType<number, number>({
  name: 'PortNumber',
  description: 'A TCP or UDP port: a whole number from 1 to 65535.',
  specifiedByURL: 'https://datatracker.ietf.org/doc/html/rfc6335#section-6',
  serialize: (value) => portNumber(value),
  parseValue: (value) => portNumber(value),
  parseLiteral: (node) => portNumber(node.kind === Kind.INT ? Number(node.value) : undefined, node),
});

function portNumber(value: unknown, node?: ValueNode): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  throw new GraphQLError('A PortNumber is a whole number from 1 to 65535.', node === undefined ? {} : { nodes: node });
}

/** A scalar that is a string of a certain form, on the wire and in the model. */
function textScalar(
  name: string,
  description: string,
  specifiedByURL: string,
  isOne: (text: string) => boolean,
): GraphQLScalarType<string, string> {
  const read = (value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && isOne(value)) return value;
    throw new GraphQLError(`This is no ${name}. ${description}`, node === undefined ? {} : { nodes: node });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    // What is answered comes from the model, which has checked it.
    serialize: (value) => String(value),
    parseValue: (value) => read(value),
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}
