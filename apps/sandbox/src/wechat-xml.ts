import { parseXml, XmlElement } from '@rgrove/parse-xml';

/** The fields of one `<xml>` element, in order: texts become CDATA, numbers do not. */
export type XmlFields = Readonly<Record<string, string | number | bigint>>;

export function writeXml(fields: XmlFields): string {
  const elements = Object.entries(fields).map(([name, value]) => {
    const content = typeof value === 'string' ? cdata(value) : String(value);
    return `<${name}>${content}</${name}>`;
  });
  return `<xml>${elements.join('')}</xml>`;
}

/** The texts of the elements directly in `<xml>`, or `null` when that is not what it is. */
export function readXml(text: string): Partial<Record<string, string>> | null {
  try {
    const { root } = parseXml(text);
    if (root?.name !== 'xml') return null;
    const elements = root.children.filter((node) => node instanceof XmlElement);
    return elements.length === 0
      ? null
      : Object.fromEntries(elements.map(({ name, text: said }) => [name, said]));
  } catch {
    return null;
  }
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
