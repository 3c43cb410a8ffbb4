#!/usr/bin/env bash
# exceljs and dates in the formats that Chinese Excel has built in
#
# One would guess: a library that reads a date in one cell reads the same day in another cell that only shows it as 1995年8月15日.
# What happens: a date is a number with a number format. The formats 27 to 36 and 50 to 58 are built in where the language is
#   Chinese; ECMA-376 (Part 1, 18.8.30) has 31 as yyyy"年"m"月"d"日" and says that the file names the number alone, without the
#   format. For such cells exceljs 4.4.0 gives 34926, by both its readers, and a date for the same day in format 14 or in one
#   that the file spells out. xlsx 0.18.5 and read-excel-file 9.3.17 know that they are dates.
# Whom it hurts: an office imports a list of people whose birthdays, or days of validity, were typed into a column formatted as
#   date in Chinese. They come as 34926, are refused as no date, or, read as a number by the next step (new Date(34926)), become
#   1 January 1970. A list that was made elsewhere, or a cell with a format of one's own, comes through.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  exceljs@4.4.0 fflate@0.8.3 read-excel-file@9.3.17 xlsx@0.18.5
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import XLSX from 'xlsx';

const DAY = 34926;
const chinese = [27, 28, 31, 36, 50, 57, 58];
const formats = [14, 176, ...chinese];
const open = 'http://schemas.openxmlformats.org';
const sheetml = `xmlns="${open}/spreadsheetml/2006/main"`;
const relations = (rows) => `<Relationships xmlns="${open}/package/2006/relationships">${rows
  .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${open}/officeDocument/2006/relationships/${type}" Target="${target}"/>`)
  .join('')}</Relationships>`;
const part = (name, type) =>
  `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
const style = (format) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`;
const file = new URL('list.xlsx', import.meta.url).pathname;
writeFileSync(file, zipSync(Object.fromEntries(Object.entries({
  '[Content_Types].xml': `<Types xmlns="${open}/package/2006/content-types">
    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
    ${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/worksheets/sheet1.xml', 'worksheet')}${part('/xl/styles.xml', 'styles')}</Types>`,
  '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
  'xl/workbook.xml': `<workbook ${sheetml} xmlns:r="${open}/officeDocument/2006/relationships">
    <sheets><sheet name="people" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relations([['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml']]),
  'xl/styles.xml': `<styleSheet ${sheetml}>
    <numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
    <fonts count="1"><font><sz val="11"/><name val="SimSun"/></font></fonts>
    <fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>
    <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
    <cellXfs count="${formats.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${formats.map(style).join('')}</cellXfs>
    </styleSheet>`,
  'xl/worksheets/sheet1.xml': `<worksheet ${sheetml}><sheetData>${formats
    .map((_, i) => `<row r="${i + 1}"><c r="A${i + 1}" s="${i + 1}"><v>${DAY}</v></c></row>`).join('')}</sheetData></worksheet>`,
}).map(([name, text]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)]))));

const workbook = new ExcelJS.Workbook();
await workbook.xlsx.readFile(file);
const whole = formats.map((_, i) => workbook.worksheets[0].getCell(i + 1, 1).value);
const streamed = [];
for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, { styles: 'cache', worksheets: 'emit' })) {
  for await (const row of sheet) streamed.push(row.getCell(1).value);
}
const cells = XLSX.readFile(file, { cellDates: true }).Sheets.people;
const [{ data }] = await readSheets(file);
const read = {
  'exceljs, whole file': whole,
  'exceljs, streamed': streamed,
  'read-excel-file': data.map(([value]) => value),
  xlsx: formats.map((_, i) => cells[`A${i + 1}`].v),
};
const shown = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value);
const seen = Object.fromEntries(formats.map((format, i) =>
  [`format ${format}`, Object.fromEntries(Object.entries(read).map(([library, values]) => [library, shown(values[i])]))]));
console.log('node', process.version);
console.table(seen);
for (const format of formats) {
  const { 'exceljs, whole file': one, 'exceljs, streamed': other, ...rest } = seen[`format ${format}`];
  const expected = chinese.includes(format) ? DAY : '1995-08-15';
  assert.deepStrictEqual([one, other], [expected, expected], String(format));
  assert.deepStrictEqual(Object.values(rest), ['1995-08-15', '1995-08-15'], String(format));
}
console.log('as described');
EOF
TZ=UTC node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }
