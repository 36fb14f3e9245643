import { DOMImplementation, XMLSerializer, type Document, type Element } from '@xmldom/xmldom';

/** An element to be written: its name, its attributes, and its text or the elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content?: string | readonly XmlElement[];
}

/** What no XML 1.0 document can carry, however it is escaped: controls, lone surrogates, U+FFFE and U+FFFF. */
// oxlint-disable-next-line no-control-regex -- controls are what it is about
const UNCARRIABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/**
 * A text as it comes out of an XML document: what XML cannot carry is U+FFFD, and every line ends as XML's lines do.
 * Source: XML 1.0, 2.2 and 2.11.
 */
export function carriedByXml(text: string): string {
  return text.replaceAll(UNCARRIABLE, '\u{fffd}').replaceAll(/\r\n?/g, '\n');
}

/** An XML document in UTF-8, all of it in one namespace. */
export function xmlDocument(namespace: string, root: XmlElement): string {
  const document = new DOMImplementation().createDocument(namespace, root.name);
  fill(document, namespace, document.documentElement!, root);
  // It refuses what is not well-formed; by now there is none.
  const text = new XMLSerializer().serializeToString(document, { requireWellFormed: true });
  return `<?xml version="1.0" encoding="utf-8"?>\n${text}\n`;
}

function fill(
  document: Document,
  namespace: string,
  made: Element,
  { attributes = {}, content = '' }: XmlElement,
): void {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, carriedByXml(value));
  const say = (text: string) => made.appendChild(document.createTextNode(text));
  if (typeof content === 'string') {
    if (content !== '') say(carriedByXml(content));
    return;
  }
  for (const child of content) {
    const inner = document.createElementNS(namespace, child.name);
    fill(document, namespace, inner, child);
    // A line an element, for who looks at it.
    say('\n');
    made.appendChild(inner);
  }
  say('\n');
}
