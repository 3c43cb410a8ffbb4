/** A row of a CSV file. `line` is where it ends, as an editor counts: CRLF, LF and CR each end one line. */
export type CsvRow = { line: number; values: string[] };

/** Why a text is not CSV, and the line on which that shows. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
  readonly line: number;
  constructor(line: number, fault: 'a quote inside a value' | 'text after a quote' | 'too long') {
    super(fault);
    this.line = line;
  }
}

const isBlank = (character: string): boolean => /\s/u.test(character);

/**
 * Reads CSV (RFC 4180) row by row. Lines may end as they like, one this way and the next that way; blanks around a
 * value, wide ones too, are no part of it; a row in which nothing stands, such as a line of commas, is left out.
 *
 * @param maxLength of a row: a quote that is never closed must not take in the rest of the file
 * @throws CsvFault
 */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  maxLength: number,
): AsyncGenerator<CsvRow> {
  let place: 'before' | 'plain' | 'quoted' | 'quote' | 'after' = 'before';
  let values: string[] = [];
  let value = '';
  let length = 0;
  let line = 1;
  let isAfterReturn = false;
  const endValue = () => {
    values.push(place === 'plain' ? value.trimEnd() : value);
    value = '';
    place = 'before';
  };
  const endRow = (): CsvRow | null => {
    endValue();
    const row = values.some((each) => each !== '') ? { line, values } : null;
    values = [];
    length = 0;
    return row;
  };
  for await (const chunk of chunks) {
    for (const character of chunk) {
      const isRestOfEnd = character === '\n' && isAfterReturn;
      isAfterReturn = character === '\r';
      if (isRestOfEnd) continue;
      const isEnd = character === '\n' || character === '\r';
      if (++length > maxLength) throw new CsvFault(line, 'too long');
      if (place === 'quoted') {
        if (character === '"') place = 'quote';
        else value += isEnd ? '\n' : character;
      } else if (isEnd) {
        const row = endRow();
        if (row !== null) yield row;
      } else if (character === ',') endValue();
      else if (character === '"') {
        if (place === 'plain' || place === 'after') {
          throw new CsvFault(line, 'a quote inside a value');
        }
        // A quote right after one that closes was not the close: it stands for itself.
        if (place === 'quote') value += '"';
        place = 'quoted';
      } else if (isBlank(character)) {
        if (place === 'plain') value += character;
        else if (place === 'quote') place = 'after';
      } else {
        if (place === 'quote' || place === 'after') throw new CsvFault(line, 'text after a quote');
        value += character;
        place = 'plain';
      }
      if (isEnd) line += 1;
    }
  }
  if (place === 'quoted') throw new CsvFault(line, 'too long');
  const row = endRow();
  if (row !== null) yield row;
}
