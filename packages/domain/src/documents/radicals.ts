/**
 * The ideographs that the CJK radicals from U+2E81 to U+2EF3 look like, in their order (⻢ U+2EE2 looks like 马 U+9A6C): half of the text that
 * pairs would be. Property Equivalent_Unified_Ideograph of Unicode 14.0.0
 * (https://www.unicode.org/Public/14.0.0/ucd/EquivalentUnifiedIdeograph.txt) for the block CJK Radicals Supplement; those of the
 * block Kangxi Radicals decompose. U+2E9A is unassigned and stands for itself. Generated:
 *
 *     perl -CS -MUnicode::UCD=prop_invmap -e '
 *       my ($from, $to) = prop_invmap("EqUIdeo");
 *       for my $i (0 .. $#$from) {
 *         for ($from->[$i] .. $from->[$i + 1] - 1) { print chr($to->[$i] || $_) if $_ > 0x2E80 && $_ < 0x2EF4 }
 *       }'
 */
const equivalents = Array.from(
  '厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀' +
    '聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟',
);

const firstRadical = 0x2e81;

/** The ideograph that a character of the block CJK Radicals Supplement looks like, or `undefined`. */
export const ideographOfRadical = (character: string): string | undefined =>
  equivalents[(character.codePointAt(0) ?? 0) - firstRadical];
