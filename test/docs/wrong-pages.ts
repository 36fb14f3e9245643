/** A page that says something wrong, by what is wrong with it, and what is said of that. */
export type WrongPage = readonly [what: string, page: string, said: string];

const block = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n`;
const curl = (words: string) => block('sh', `curl ${words}`);
const TITLE = '{ product { title } }';
const URL = 'http://localhost:3000';
const LEAST = [
  'product: own',
  'title: Own',
  'modes:',
  '  online: { title: Online }',
  'tasks:',
  '  install: { title: Installation }',
  'zones:',
  '  internet: { title: The internet }',
  'endpoints:',
  '  a.com: { kind: host }',
  'requirements:',
  '  - endpoint: a.com',
  '    tasks: all',
  '    need: required',
  '    direction: outbound',
  '    ports: [{ tcp: 443 }]',
  '    description: A.',
].join('\n');

export const WRONG_PAGES: readonly WrongPage[] = [
  // What a page is made of
  ['has a block that nothing executes', block('json', '{}'), 'not executed'],
  ['has a block in a language that is not known', block('python', 'print()'), 'not executed'],
  ['has a block without a language', '```\ncurl\n```\n', 'no fence with a language'],
  ['has a block inside a list', '- a\n\n  ```sh\n  curl\n  ```\n', 'no fence with a language'],
  ['has a block that does not end', '```sh\ncurl\n', 'does not end'],
  [
    'shows two answers',
    `${curl(`-s ${URL}/version`)}${block('json', '{ … }')}${block('json', '{ … }')}`,
    'not executed',
  ],

  // Commands
  ['runs a program that is not known', block('sh', 'rm -rf x'), 'not run here'],
  ['uses a flag that is not known', curl(`-L ${URL}/version`), 'not known here'],
  ['uses a pipe', curl(`-s ${URL}/version | jq .`), 'more than the reader'],
  ['uses a variable', curl(`-s "${URL}/$x"`), 'more than the reader'],
  ['forgets the quotes of an address with &', curl(`-s ${URL}/tasks?mode=online&task=run`), 'more than the reader'],
  ['asks another host', curl('-s http://example.com/'), 'is not at'],
  ['asks for nothing', block('sh', '# later'), 'no command'],
  ['asks for what is not there', curl(`-s ${URL}/taks`), 'answered 404'],
  ['names an ETag before there is one', curl(`-s ${URL}/version -H 'If-None-Match: "…"'`), 'no ETag'],
  [
    'runs a command that says something, and shows nothing',
    block('sh', 'npx gatepost catalog check x.yaml'),
    'not shown',
  ],

  // Answers
  [
    'shows another text',
    `${curl(`-s ${URL}/exports/plain/replicated/upgrade/online`)}${block('text', '192.0.2.1')}`,
    'the page shows',
  ],
  ['shows JSON as text', `${curl(`-s ${URL}/version`)}${block('text', '…')}`, 'no text'],
  ['shows another value', `${curl(`-s ${URL}/version`)}${block('json', '{ "product": "other", … }')}`, '/product'],
  [
    'leaves out a member in silence',
    `${curl(`-s ${URL}/version`)}${block('json', '{ "product": "replicated" }')}`,
    'members',
  ],
  ['shows a member that there is not', `${curl(`-s ${URL}/version`)}${block('json', '{ "name": "x", … }')}`, 'members'],
  [
    'leaves out items in silence',
    `${curl(`-s ${URL}/tasks`)}${block('json', '{ …, "tasks": [{ "name": "install", … }] }')}`,
    '1 items',
  ],
  [
    'says that items are left out where none are',
    `${curl(`-s '${URL}/tasks?task=run'`)}${block('json', '{ …, "tasks": [{ … }, …] }')}`,
    'stands for nothing',
  ],
  [
    'says that members are left out where none are',
    `${block('graphql', TITLE)}${block('json', '{ "data": { "product": { "title": "Replicated", … } } }')}`,
    'stands for no member',
  ],
  [
    'shows an item that there is not',
    `${curl(`-s ${URL}/tasks`)}${block('json', '{ …, "tasks": […, { "name": "fly", … }, …] }')}`,
    'not there',
  ],
  [
    'shows headers that were not asked for',
    `${curl(`-s ${URL}/version`)}${block('http', 'HTTP/1.1 200 OK\n…')}`,
    'asked for by -i',
  ],
  ['shows another status', `${curl(`-i ${URL}/version`)}${block('http', 'HTTP/1.1 404 Not Found\n…')}`, 'status'],
  ['shows another header', `${curl(`-i ${URL}/version`)}${block('http', 'HTTP/1.1 200 OK\nvary: Cookie\n…')}`, 'vary'],
  [
    'leaves out headers in silence',
    `${curl(`-i ${URL}/version`)}${block('http', 'HTTP/1.1 200 OK')}`,
    'not all headers',
  ],
  ['leaves out a body in silence', `${curl(`-i ${URL}/version`)}${block('http', 'HTTP/1.1 200 OK\n…')}`, 'no body'],

  // Operations
  ['asks for a field that there is not', block('graphql', '{ product { nam } }'), 'Cannot query field'],
  ['leaves out variables', block('graphql', 'query A($q: String!) { lookup(q: $q) { verdict } }'), '$q'],
  ['hides an error', block('graphql', '{ host(name: "nobody.example") { name } }'), 'no host'],
  ['shows an error that there is not', `${block('graphql', TITLE)}${block('json', '{ "errors": [], … }')}`, 'members'],
  [
    'has variables that are not called so',
    `${block('graphql', 'query A($q: String!) { lookup(q: $q) { verdict } }')}${block('json', '{ "q": "a.com" }')}`,
    'members',
  ],

  // Catalogs
  ['has a catalog that does not load', block('yaml', LEAST.replace('need: required', 'need: yes')), '"yes"'],
  ['has a part that does not fit', block('yaml', LEAST) + block('yaml', 'tasks:\n  all: { title: All }'), 'reserved'],
  [
    'shows another message',
    block('yaml', LEAST.replace('outbound', 'out')) + block('text', 'harbourline.yaml:15:16: It is wrong.'),
    'the page shows',
  ],
  [
    'shows a mistake that is none',
    block('yaml', LEAST) + block('text', 'harbourline.yaml:1:1: It is wrong.'),
    'the page shows',
  ],

  // Code
  ['has code that does not compile', block('ts', 'export const one: number = "1";'), 'not assignable'],
  ['has code that fails', block('ts', "throw new Error('It is no use.');\nexport {};"), 'It is no use.'],
  ['imports a package that is not there', block('ts', "import 'no-such-client';"), 'no-such-client'],
];
