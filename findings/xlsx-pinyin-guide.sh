#!/usr/bin/env bash
# exceljs and names with a pinyin guide (拼音指南)
#
# One would guess: a spreadsheet library has one idea of what a cell says, however the file is read; and the small
#   pinyin that Excel can show above a name (rPh beside the text in a shared string) is no part of the name.
# What happens (exceljs 4.4.0): `workbook.xlsx.readFile` gives the name. The streaming reader of the same library, the
#   one for large files, gives the last piece of pinyin *instead of* the name: 单雄 reads as xióng. Names that the
#   clerk has not annotated come through, so only some rows are wrong. xlsx 0.18.5 gives the names.
# Whom it hurts: an office imports a list of people, annotated where a surname is easily misread (单 is shàn as a
#   surname). Exactly those people's names become one syllable, are refused by the check against the authority, and
#   two of them with the same syllable look like one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" exceljs@4.4.0 fflate@0.8.3 xlsx@0.18.5
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import XLSX from 'xlsx';

const open = 'http://schemas.openxmlformats.org';
const sheetml = `xmlns="${open}/spreadsheetml/2006/main"`;
const relations = (rows) => `<Relationships xmlns="${open}/package/2006/relationships">${rows
  .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${open}/officeDocument/2006/relationships/${type}" Target="${target}"/>`)
  .join('')}</Relationships>`;
const part = (name, type) =>
  `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
const piece = (from, pinyin) => `<rPh sb="${from}" eb="${from + 1}"><t>${pinyin}</t></rPh>`;
const file = new URL('list.xlsx', import.meta.url).pathname;
writeFileSync(file, zipSync(Object.fromEntries(Object.entries({
  '[Content_Types].xml': `<Types xmlns="${open}/package/2006/content-types">
    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
    ${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/worksheets/sheet1.xml', 'worksheet')}${part('/xl/sharedStrings.xml', 'sharedStrings')}</Types>`,
  '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
  'xl/workbook.xml': `<workbook ${sheetml} xmlns:r="${open}/officeDocument/2006/relationships">
    <sheets><sheet name="names" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relations([['worksheet', 'worksheets/sheet1.xml'], ['sharedStrings', 'sharedStrings.xml']]),
  'xl/sharedStrings.xml': `<sst ${sheetml} count="3" uniqueCount="3">
    <si><t>单雄</t>${piece(0, 'shàn')}${piece(1, 'xióng')}<phoneticPr fontId="1"/></si>
    <si><t>仇雄</t>${piece(0, 'qiú')}${piece(1, 'xióng')}<phoneticPr fontId="1"/></si>
    <si><t>张三</t></si></sst>`,
  'xl/worksheets/sheet1.xml': `<worksheet ${sheetml}><sheetData>${[0, 1, 2]
    .map((i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i}</v></c></row>`).join('')}</sheetData></worksheet>`,
}).map(([name, text]) => [name, strToU8(text)]))));

const workbook = new ExcelJS.Workbook();
await workbook.xlsx.readFile(file);
const whole = [1, 2, 3].map((row) => workbook.worksheets[0].getCell(row, 1).value);
const streamed = [];
for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, { sharedStrings: 'cache', worksheets: 'emit' })) {
  for await (const row of sheet) streamed.push(row.getCell(1).value);
}
const other = XLSX.utils.sheet_to_json(XLSX.readFile(file).Sheets.names, { header: 1 }).flat();
console.log('node', process.version);
console.table({ 'exceljs, whole file': whole, 'exceljs, streamed': streamed, xlsx: other });
assert.deepStrictEqual(whole, ['单雄', '仇雄', '张三']);
assert.deepStrictEqual(other, whole);
assert.deepStrictEqual(streamed, ['xióng', 'xióng', '张三']);
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }
