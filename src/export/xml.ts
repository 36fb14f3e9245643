import { DOMImplementation, XMLSerializer, type Document, type Element } from '@xmldom/xmldom';

/** An element to be written: its name, its attributes, and its text or the elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content?: string | readonly XmlElement[];
}

/** An XML document in UTF-8 without namespaces, an element a line. */
export function xmlFile(root: XmlElement): string {
  const document = new DOMImplementation().createDocument(null, root.name);
  fill(document, document.documentElement!, root, '\n');
  const text = new XMLSerializer().serializeToString(document, { requireWellFormed: true });
  return `<?xml version="1.0" encoding="utf-8"?>\n${text}\n`;
}

function fill(document: Document, made: Element, { attributes = {}, content = '' }: XmlElement, line: string): void {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  const say = (text: string) => made.appendChild(document.createTextNode(text));
  if (typeof content === 'string') {
    if (content !== '') say(content);
    return;
  }
  for (const child of content) {
    const inner = document.createElement(child.name);
    fill(document, inner, child, `${line}  `);
    say(`${line}  `);
    made.appendChild(inner);
  }
  if (content.length > 0) say(line);
}
