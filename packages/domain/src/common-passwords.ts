/**
 * Words that people in China build passwords around, in lower case: words and phrases in pinyin, place
 * names, English words of the usual breach lists, numbers that read as words, and patterns that are
 * not walks. Own list; it grows by what the product's own users would try first.
 */
const words = `
woaini woaiwo woainima aini woxiangni woxihuanni xihuanni aiqing aiwo wode nide women nihao nihaoma xiexie
baobao baobei baby laopo laogong qinqin xiaobao mama baba laoma laoba erzi nver jiejie meimei gege didi
zhongguo zhonghua zhongguoren huaxia woaizhongguo jiayou xuexi haohaoxuexi tiantianxiangshang nuli fendou
laoshi jiaoshi jiaoyu jiaoyuju jiaoshizige zige zigezheng xuesheng xuexiao daxue zhongxue xiaoxue gaokao kaoshi
kaoyan shangan banzhuren xiaozhang youeryuan yuwen shuxue yingyu jszg chsi xuexin shiming
mima denglu zhuce zhanghao yonghu yonghuming guanli guanliyuan ceshi putonghua shenfenzheng
facai gongxi gongxifacai zhaocai pingan jixiang ruyi xingfu kuaile shengri shengrikuaile xinnian xinniankuaile
tiankong yueliang taiyang xingxing haiyang shijie pengyou dashen laoda wangzhe rongyao meinv shuaige nvshen
tianshi xiaoxiao buzhidao suibian wangle wangji nimei caonima shabi
beijing shanghai tianjin chongqing guangzhou shenzhen hangzhou nanjing wuhan chengdu xian suzhou changsha
zhengzhou jinan qingdao dalian shenyang haerbin changchun xiamen fuzhou ningbo hefei nanchang kunming guiyang
nanning haikou lanzhou taiyuan shijiazhuang xining yinchuan wulumuqi huhehaote lasa wuxi dongguan foshan
hebei shanxi shaanxi liaoning jilin heilongjiang jiangsu zhejiang anhui fujian jiangxi shandong henan hubei hunan
guangdong guangxi hainan sichuan guizhou yunnan xizang gansu qinghai ningxia xinjiang neimenggu
xianggang aomen taiwan hongkong macao macau taibei
baidu tencent alibaba taobao alipay zhifubao weixin wechat weibo douyin huawei xiaomi jingdong wangyi
password passwd pass pwd pw admin administrator root user username test testing guest login logon welcome
hello helloworld teacher teach student school class university education exam computer internet windows google
apple iphone android samsung microsoft letmein changeme default secret master access system server manager
love iloveyou loveyou loveme lovely forever angel sunshine princess flower shadow monkey dragon tiger panda
superman batman spiderman pokemon starwars football baseball basketball soccer hockey freedom whatever trustno
summer winter spring autumn monday tuesday wednesday thursday friday saturday sunday january february march
april june july august september october november december china chinese happy lucky money family friend
michael jordan kobe james jackson david daniel thomas charlie jessica ashley jennifer nicole michelle jack tom
lucy lily mary tony kevin jerry peter alex
aa aaa aabb aabbcc abc abcd a1b2c3d4 a1b2c3 q1w2e3r4 q1w2e3 qw as zx qq qaz qazwsx zaq xsw abcabc asd zxc
1314 1314520 520 5201314 521 5211314 584520 3344520 7758521 7758258 666 888 168 518 110 119 120 911 007 147258369
147258 258369 159753 159357 10086 10010 12306 112233 123321 123123 5418 886
`
  .trim()
  .split(/\s+/);

const surnames = `
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang
deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv lu ding ren yao shen
zhong cui tan fan wan jin shi liao jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan lei long duan hao
shao qian kong kang mao gu lai wen gong chang niu ge gan ouyang
`
  .trim()
  .split(/\s+/);

const givenSyllables = `
wei fang na min jing xiu ying li qiang lei jun yang yong yan jie juan tao ming chao lan xia ping gang gui san si
wu liu hua hong ting hui bin bo hao yu xin jia yi zi han xuan chen mei ning peng fei kai long feng hai dong sheng
guo zhi wen jian qing yun xue lin ling lu na ni ping qi rong rui shan shu tian xiang xiao xing ya yuan yue ze zhen
zhong bao cheng chun da de fu guang jin le liang meng mo qin ran ruo shi si ting wan yao ye yin ying zhe zhu
`
  .trim()
  .split(/\s+/);

const longestFirst = (syllables: string[]) =>
  syllables.toSorted((a, b) => b.length - a.length).join('|');
const pinyinName = new RegExp(
  `(?:${longestFirst(surnames)})(?:${longestFirst(givenSyllables)}){1,2}`,
  'y',
);

// Runs along the keyboard and the alphabet; each also backwards.
const runs = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz',
  '2wsx',
  '3edc',
  '4rfv',
  '5tgb',
  '6yhn',
  '7ujm',
  '8ik',
  '9ol',
].flatMap((run) => [run, Array.from(run).toReversed().join('')]);

// The digit on the key of each special that a password may hold.
const unshifted = pairs('!1 @2 #3 $4 %5 &7 *8');
// The letters that a digit or special is typed for.
const lookAlikes = pairs('@a 4a 3e 1il !il 0o $s 5s 7t 8b 9g');

// A year or a date: 2024, 19950815, 950815, 0815.
const dates = [
  /(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?/y,
  /(?:\d\d)?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/y,
];

/** A password that costs no more guesses-in-parts than this is common. */
const commonCost = 4;

/**
 * Whether a password is one of those that are tried first. The password is cut into the fewest parts:
 * a word of the list (look-alikes such as P@ssw0rd included), a frequent surname with a given name in
 * pinyin, a run on the keyboard or in the alphabet, a repetition, a date, or one single character. With
 * four parts or fewer it is common. For the server: the list has no business in the browser.
 * Source: NIST SP 800-63B-4 (blocklist), DOMAIN 3.
 */
export function isCommonPassword(pw: string): boolean {
  const text = pw.slice(0, 64).toLowerCase();
  const costs = Array.from({ length: text.length + 1 }, (_, end) => end);
  for (let start = 0; start < text.length; start++) {
    const soFar = costs[start] ?? start;
    for (const part of [{ length: 1, cost: 1 }, ...partsAt(text, start)]) {
      const end = start + part.length;
      costs[end] = Math.min(costs[end] ?? end, soFar + part.cost);
    }
  }
  return text.length > 0 && (costs[text.length] ?? text.length) <= commonCost;
}

function pairs(list: string): Map<string, string> {
  return new Map(list.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)]));
}

function partsAt(text: string, start: number): { length: number; cost: number }[] {
  const lengths = [
    ...words.filter((word) => isWordAt(text, start, word)).map((word) => word.length),
    ...[pinyinName, ...dates].map((pattern) => matchLength(pattern, text, start)),
    ...runLengths(text, start),
  ];
  return [
    ...lengths.filter((length) => length > 1).map((length) => ({ length, cost: 1 })),
    ...repetitions(text, start),
  ];
}

function isWordAt(text: string, start: number, word: string): boolean {
  if (start + word.length > text.length) return false;
  for (let at = 0; at < word.length; at++) {
    const typed = text.charAt(start + at);
    const wanted = word.charAt(at);
    if (typed !== wanted && !lookAlikes.get(typed)?.includes(wanted)) return false;
  }
  return true;
}

function matchLength(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0].length ?? 0;
}

function runLengths(text: string, start: number): number[] {
  const keys = Array.from(text.slice(start), (key) => unshifted.get(key) ?? key).join('');
  return runs.map((run) => {
    let length = 3;
    while (length <= keys.length && run.includes(keys.slice(0, length))) length++;
    return length - 1 < 3 ? 0 : length - 1;
  });
}

function repetitions(text: string, start: number): { length: number; cost: number }[] {
  return [1, 2, 3, 4].flatMap((size) => {
    const unit = text.slice(start, start + size);
    let length = size;
    while (unit.length === size && text.startsWith(unit, start + length)) length += size;
    return length >= 3 && length > size ? [{ length, cost: size }] : [];
  });
}
