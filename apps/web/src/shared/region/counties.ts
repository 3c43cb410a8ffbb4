import { provinces } from '@shiming/domain';

/** A city, with its counties: 6 digits of GB/T 2260 each. */
export type City = { name: string; counties: readonly { code: string; name: string }[] };

/**
 * One list for each province, as `<city>:<county>,<county>;<city>:…`, a county as its last 4 digits and its name. Only
 * counties of GB/T 2260: no development zones, which keep no household register (statistics number them from 70). A city
 * without counties (东莞市, 中山市, 儋州市, 嘉峪关市) stands for itself.
 */
const lists = import.meta.glob<string>('./counties/*.ts', { import: 'counties' });

/** The cities of a province, by the first 2 digits of its code; none of one that is not known. */
export async function citiesOf(province: string): Promise<readonly City[]> {
  const list = await lists[`./counties/${province}.ts`]?.();
  if (list === undefined) return [];
  return list.split(';').map((city) => {
    const [name = '', counties = ''] = city.split(':');
    return {
      name,
      counties: counties.split(',').map((county) => ({
        code: `${province}${county.slice(0, 4)}`,
        name: county.slice(4),
      })),
    };
  });
}

/** The name of a county with its province and city; its code where the lists do not have it. */
export async function nameOfCounty(code: string): Promise<string> {
  const province = code.slice(0, 2);
  for (const { name, counties } of await citiesOf(province)) {
    const found = counties.find((county) => county.code === code);
    if (found === undefined) continue;
    // Counties of no city stand below a heading that is no place.
    const isPlace = !/^县$|直辖/.test(name) && provinces[province] !== name;
    const city = isPlace && name !== found.name ? name : '';
    return `${provinces[province] ?? ''}${city}${found.name}`;
  }
  return code;
}
