import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { unannounced } from './breaking.js';

const RELEASED = `
  directive @beta(since: String) repeatable on FIELD | QUERY
  interface Named { name: String! }
  type Host implements Named { name: String!, kind: Kind!, note: String, count: Int, addresses(family: String): [String!]! }
  type Port { from: Int! }
  union Side = Host | Port
  enum Kind { HOST WILDCARD }
  input Chosen { name: String }
  type Query { host(name: String!): Host, side: Side, port(chosen: Chosen): Port }
`;

const CHANGELOG = `# Changes

## 0.2.0

- Something new.

## 0.1.0

- Breaking: Host.name, Kind.HOST
`;

/** The coordinates of what is broken by writing `next` for `released`, and not announced. */
function broken(released: string, next: string, changelog = CHANGELOG): readonly string[] {
  expect(RELEASED).toContain(released);
  const changes = unannounced(buildSchema(RELEASED), buildSchema(RELEASED.replace(released, next)), changelog);
  return changes.map(({ coordinate }) => coordinate);
}

describe('a change that breaks operations is found, and told by its coordinate:', () => {
  it.each([
    ['a field removed', 'note: String, ', '', 'Host.note'],
    ['a field that may be null now', 'kind: Kind!', 'kind: Kind', 'Host.kind'],
    ['an argument made required', 'family: String', 'family: String!', 'Host.addresses(family:)'],
    ['an argument removed', '(family: String)', '', 'Host.addresses(family:)'],
    ['a required argument added', 'family: String', 'family: String, at: String!', 'Host.addresses(at:)'],
    ['a required member of an input added', 'input Chosen {', 'input Chosen { at: Int!', 'Chosen.at'],
    ['a value of an enum removed', 'HOST WILDCARD', 'HOST', 'Kind.WILDCARD'],
    ['a member of a union removed', 'Host | Port', 'Host', 'Side'],
    ['an interface no longer kept', 'Host implements Named', 'Host', 'Host'],
    ['a type of another kind', 'enum Kind { HOST WILDCARD }', 'scalar Kind', 'Kind'],
    ['a directive removed', 'directive @beta', 'directive @gamma', '@beta'],
    ['an argument of a directive removed', '@beta(since: String)', '@beta', '@beta(since:)'],
    ['an argument of a directive made new', '(since: String)', '(since: String, at: Int!)', '@beta(at:)'],
    ['a directive no longer repeatable', ' repeatable', '', '@beta'],
    ['a place of a directive removed', 'FIELD | QUERY', 'FIELD', '@beta'],
  ])('%s', (_what, released, next, coordinate) => {
    expect(broken(released, next)).toEqual([coordinate]);
  });

  it('a type removed, and with it what led to it', () => {
    const without = RELEASED.replace('type Port { from: Int! }', '')
      .replace(' | Port', '')
      .replace(/, port\(.*\): Port/, '');
    const changes = unannounced(buildSchema(RELEASED), buildSchema(without), CHANGELOG);
    expect(changes.map(({ coordinate }) => coordinate)).toEqual(['Port', 'Side', 'Query.port']);
  });
});

describe('a change that breaks nothing needs no announcement:', () => {
  it.each([
    ['nothing', '', ''],
    ['a field added', 'note: String', 'note: String, more: String'],
    ['an optional argument added', 'family: String', 'family: String, at: String'],
    ['an optional member of an input added', 'input Chosen {', 'input Chosen { at: Int'],
    ['a value of an enum added', 'HOST WILDCARD', 'HOST WILDCARD ZONE'],
    ['a field that is never null now', 'note: String', 'note: String!'],
    ['a type added', 'type Port', 'type More { name: String } type Port'],
  ])('%s', (_what, released, next) => {
    expect(broken(released, next)).toEqual([]);
  });
});

describe('an announcement', () => {
  const announcing = (line: string) => CHANGELOG.replace('- Something new.', line);

  it.each([
    ['by the coordinate alone', '- Breaking: Host.note'],
    ['in a sentence', '- Breaking: `Host.note` is gone; ask for `Host.kind`.'],
    ['at the end of a sentence', '- Breaking: gone is Host.note.'],
  ])('is heard %s', (_where, line) => {
    expect(broken('note: String, ', '', announcing(line))).toEqual([]);
  });

  it.each([
    ['without the word', '- Host.note is gone.'],
    ['of the type around it', '- Breaking: Host'],
    ['of one that begins like it', '- Breaking: Host.notes'],
    ['of one that ends like it', '- Breaking: Ghost.note'],
    ['of its argument', '- Breaking: Host.note(at:)'],
    ['in another line', '- Breaking:\n- Host.note'],
  ])('is not heard %s', (_where, line) => {
    expect(broken('note: String, ', '', announcing(line))).toEqual(['Host.note']);
  });

  it('of an argument is of that argument', () => {
    const line = announcing('- Breaking: Host.addresses(family:) has to be given.');
    expect(broken('family: String', 'family: String!', line)).toEqual([]);
    expect(broken('family: String', 'family: String, at: String!', line)).toEqual(['Host.addresses(at:)']);
  });

  it('of an earlier release is no longer heard', () => {
    expect(broken('HOST WILDCARD', 'WILDCARD')).toEqual(['Kind.HOST']);
  });

  it('is missed where there is no changelog', () => {
    expect(broken('HOST WILDCARD', 'WILDCARD', '')).toEqual(['Kind.HOST']);
  });
});
