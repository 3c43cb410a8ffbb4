import { XMLParser } from 'fast-xml-parser';

/** The fields of one `<xml>` element, in order: texts become CDATA, numbers do not. */
export type XmlFields = Readonly<Record<string, string | number | bigint>>;

export function writeXml(fields: XmlFields): string {
  const elements = Object.entries(fields).map(([name, value]) => {
    const content = typeof value === 'string' ? cdata(value) : String(value);
    return `<${name}>${content}</${name}>`;
  });
  return `<xml>${elements.join('')}</xml>`;
}

const parser = new XMLParser({ parseTagValue: false, trimValues: false });

/** The texts of the elements directly in `<xml>`, or `null` when that is not what it is. */
export function readXml(text: string): Partial<Record<string, string>> | null {
  let document: unknown;
  try {
    document = parser.parse(text, true);
  } catch {
    return null;
  }
  const root: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, 'xml') : null;
  if (typeof root !== 'object' || root === null) return null;
  return Object.fromEntries(
    Object.entries(root).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
