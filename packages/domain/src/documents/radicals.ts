/**
 * Each CJK radical beside the ideograph that it looks like (⻢ U+2EE2 and 马 U+9A6C), in one text. Property
 * Equivalent_Unified_Ideograph of Unicode 14.0.0 (https://www.unicode.org/Public/14.0.0/ucd/EquivalentUnifiedIdeograph.txt)
 * for the block CJK Radicals Supplement; those of the block Kangxi Radicals decompose. Generated:
 *
 *     perl -CS -MUnicode::UCD=prop_invmap -e '
 *       my ($from, $to) = prop_invmap("EqUIdeo");
 *       for my $i (0 .. $#$from) {
 *         for ($from->[$i] .. $from->[$i + 1] - 1) { print chr, chr $to->[$i] if $to->[$i] && $_ < 0x2F00 }
 *       }'
 */
export const radicals = [
  '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵',
  '⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁',
  '⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶',
  '⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼',
  '⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟',
].join('');
