#!/usr/bin/env bash
# Spreadsheet libraries and rare characters that the file writes by number
#
# One would guess: a rare character of a name (𠮷, 𬭚) comes out of a cell the same whichever way the file writes it: in XML the
#   character itself and its number (&#134071; or &#x20BB7;) mean the same. If not, one sees at a glance that it is broken.
# What happens: of a number beyond FFFF, xlsx 0.18.5, its later 0.20.3 (as @e965/xlsx) and read-excel-file 9.3.17 keep the last four
#   hexadecimal digits. 王𦙶 (26676) is read as 王晶, 李𥖨 (255A8) as 李喨, 张𠮷 with a letter of Tamil, 赵𬭚 with one of Korean.
#   exceljs 4.4.0 reads all of them. The same names written as characters, and numbers up to FFFF (陈娜, 刘㶊), are read by all.
#   Excel writes characters; writers that keep to ASCII, such as Python's ElementTree unless told otherwise, write numbers.
# Whom it hurts: a person with such a name, on a list that an office exports from a program of its own. 王𦙶 becomes somebody else, with
#   a name that passes every check of names; the account is opened, or refused by the check against the authority, under it. A
#   trial with rare characters typed into Excel passes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  exceljs@4.4.0 fflate@0.8.3 read-excel-file@9.3.17 xlsx@0.18.5 @e965/xlsx@0.20.3
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import later from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import xlsx from 'xlsx';

// Made up.
const names = ['王𦙶', '李𥖨', '张𠮷', '赵𬭚', '陈娜', '刘㶊'];
const ways = {
  'as characters': (name) => name,
  'by decimal number': (name) => [...name].map((c) => `&#${c.codePointAt(0)};`).join(''),
  'by hexadecimal number': (name) => [...name].map((c) => `&#x${c.codePointAt(0).toString(16).toUpperCase()};`).join(''),
};
const open = 'http://schemas.openxmlformats.org';
const sheetml = `xmlns="${open}/spreadsheetml/2006/main"`;
const relations = (rows) => `<Relationships xmlns="${open}/package/2006/relationships">${rows
  .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${open}/officeDocument/2006/relationships/${type}" Target="${target}"/>`)
  .join('')}</Relationships>`;
const part = (name, type) =>
  `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
const file = new URL('list.xlsx', import.meta.url).pathname;
function write(way) {
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${open}/package/2006/content-types">
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
      ${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/worksheets/sheet1.xml', 'worksheet')}${part('/xl/sharedStrings.xml', 'sharedStrings')}</Types>`,
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook ${sheetml} xmlns:r="${open}/officeDocument/2006/relationships">
      <sheets><sheet name="people" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([['worksheet', 'worksheets/sheet1.xml'], ['sharedStrings', 'sharedStrings.xml']]),
    'xl/sharedStrings.xml': `<sst ${sheetml} count="${names.length}" uniqueCount="${names.length}">${names
      .map((name) => `<si><t>${way(name)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${sheetml}><sheetData>${names
      .map((_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i}</v></c></row>`).join('')}</sheetData></worksheet>`,
  };
  writeFileSync(file, zipSync(Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)]))));
}
const bySheetJs = (library) => () =>
  library.utils.sheet_to_json(library.read(readFileSync(file)).Sheets.people, { header: 1 }).flat();
const libraries = {
  'exceljs 4.4.0': async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(file);
    return names.map((_, i) => workbook.worksheets[0].getCell(i + 1, 1).value);
  },
  'xlsx 0.18.5': bySheetJs(xlsx),
  'xlsx 0.20.3': bySheetJs(later),
  'read-excel-file 9.3.17': async () => (await readSheets(file))[0].data.flat(),
};
const seen = {};
for (const [how, way] of Object.entries(ways)) {
  write(way);
  for (const [library, read] of Object.entries(libraries)) seen[`${how}, ${library}`] = await read();
}
console.log('node', process.version);
for (const [what, read] of Object.entries(seen)) console.log(what.padEnd(46), read.join(' '));
const cut = names.map((name) => [...name].map((c) => String.fromCharCode(c.codePointAt(0) & 0xffff)).join(''));
assert.deepStrictEqual(cut.slice(0, 2), ['王晶', '李喨']);
assert.deepStrictEqual(cut.slice(4), names.slice(4));
for (const [what, read] of Object.entries(seen)) {
  const isRight = what.startsWith('as characters') || what.includes('exceljs');
  assert.deepStrictEqual(read, isRight ? names : cut, what);
}
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }
