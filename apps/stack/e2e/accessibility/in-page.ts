import type { Finding } from './findings.ts';

/**
 * What is measured inside a page. Each of these functions is sent into the browser by itself, with the helpers that `install` leaves
 * there, and answers how many things it looked at and what is wrong.
 */

type Helpers = {
  isSeen(element: Element): boolean;
  /** How the element is named in a finding: no text that a person typed. */
  nameOf(element: Element): string;
  /** The contrast of two colours as CSS computes them. */
  contrast(one: string, other: string): number;
  /** The colour behind an element. */
  behind(element: Element | null): string;
  /** What can be reached by Tab. */
  reachable(): HTMLElement[];
  /** Whether everything that an attribute points at is there. */
  isThere(attribute: string): boolean;
  /** Where part of a text stands, line by line. */
  linesOf(text: Text, from: number, to: number): DOMRect[];
};

declare global {
  interface Window {
    a11y: Helpers;
  }
}

/** Leaves the helpers in the page. */
export function install(): void {
  type Colour = [red: number, green: number, blue: number, alpha: number];
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const colourOf = (text: string): Colour => {
    if (pen === null) throw new Error('no canvas');
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha];
  };
  const lightOf = (text: string) => {
    const [red, green, blue] = colourOf(text).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  };
  window.a11y = {
    isSeen(element) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        return false;
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1;
    },
    nameOf(element) {
      const id = element.id && `#${element.id}`;
      const classes = Array.from(element.classList, (name) => `.${name}`).join('');
      const words = element.matches('a, button, summary, label, h1, h2, th')
        ? ` “${(element.textContent ?? '').trim().slice(0, 30)}”`
        : '';
      const within = element.parentElement?.className.split(' ', 1)[0] ?? '';
      return `${within && `.${within} > `}${element.localName}${id}${classes}${words}`;
    },
    contrast(one, other) {
      const [low = 0, high = 0] = [lightOf(one), lightOf(other)].toSorted((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    },
    behind(element) {
      for (let at = element; at !== null; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (colourOf(backgroundColor)[3] === 255) return backgroundColor;
      }
      return 'Canvas';
    },
    linesOf(text, from, to) {
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, to);
      return Array.from(range.getClientRects());
    },
    isThere: (attribute) =>
      Array.from(document.querySelectorAll(`[${attribute}]`)).every((element) =>
        (element.getAttribute(attribute) ?? '')
          .split(' ')
          .every((id) => id === '' || document.getElementById(id) !== null),
      ),
    reachable() {
      const within = document.querySelector('dialog:modal') ?? document;
      const may = within.querySelectorAll<HTMLElement>(
        'a[href], button:not(:disabled), input:not(:disabled, [type=hidden]), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]',
      );
      return Array.from(may).filter(
        (element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
      );
    },
  };
}

/** Title, headings, language, landmarks, skip link, help, and that nothing changes or covers the page by itself. */
export function structure({
  language,
  isConsole,
  isOpened,
}: {
  language: string;
  isConsole: boolean;
  isOpened: boolean;
}): Finding {
  const heads = Array.from(document.querySelectorAll('h1')).filter((head) =>
    window.a11y.isSeen(head),
  );
  const head = heads[0]?.textContent?.trim() ?? '';
  const content = document.querySelector<HTMLMetaElement>('meta[name=viewport]')?.content ?? '';
  const floats = Array.from(document.querySelectorAll('body *')).filter(
    (element) =>
      ['fixed', 'sticky'].includes(getComputedStyle(element).position) &&
      window.a11y.isSeen(element) &&
      element.closest('dialog') === null,
  );
  const reordered = Array.from(document.querySelectorAll('body *')).filter((element) => {
    const { order, flexDirection } = getComputedStyle(element);
    return order !== '0' || flexDirection.endsWith('reverse');
  });
  const levels = Array.from(document.querySelectorAll('h1, h2, h3, h4')).map((each) =>
    Number(each.localName[1]),
  );
  const checks: [string, boolean][] = [
    ['one h1', heads.length === 1],
    [
      'the title has the heading and the site',
      head !== '' && document.title.includes(head) && document.title.length > head.length,
    ],
    [`lang is ${language}`, document.documentElement.lang === language],
    ['one main', document.querySelectorAll('main').length === 1],
    ['a header', document.querySelector('header') !== null],
    [
      'navigation with a name',
      Array.from(document.querySelectorAll('nav')).every((nav) => nav.hasAttribute('aria-label')),
    ],
    [
      'a link that skips to the content',
      document.querySelector('body a[href]')?.getAttribute('href') === '#main',
    ],
    [
      'a live region that stands before it speaks',
      document.querySelector('[role=status], [aria-live]') !== null,
    ],
    ['the page may be zoomed', !/user-scalable\s*=\s*no|maximum-scale/.test(content)],
    [
      'nothing refreshes or leads on by itself',
      document.querySelector(
        'meta[http-equiv=refresh], marquee, audio[autoplay], video[autoplay]:not(.finder *)',
      ) === null,
    ],
    [
      'what describes an element is there',
      window.a11y.isThere('aria-describedby') && window.a11y.isThere('aria-labelledby'),
    ],
    [
      'no level of heading is left out',
      levels.every((level, at) => at === 0 || level <= (levels[at - 1] ?? 0) + 1),
    ],
    ['nothing opens by itself', isOpened || document.querySelector('dialog[open]') === null],
    ...floats.map((element): [string, boolean] => [
      `nothing floats: ${window.a11y.nameOf(element)}`,
      false,
    ]),
    ...reordered.map((element): [string, boolean] => [
      `the order is that of the document: ${window.a11y.nameOf(element)}`,
      false,
    ]),
    ...(isConsole
      ? []
      : ([
          [
            'help is the first link of the foot',
            document.querySelector('footer a')?.getAttribute('href')?.endsWith('/help') === true,
          ],
        ] as [string, boolean][])),
  ];
  return { looked: checks.length, wrong: checks.flatMap(([what, holds]) => (holds ? [] : [what])) };
}

/** What tells a browser and a person what a field is for, and that nothing stops a password from being pasted. */
export function forms({ isConsole }: { isConsole: boolean }): Finding {
  const fields = Array.from(
    document.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
      'input:not([type=hidden]), select, textarea',
    ),
  ).filter((field) => field.checkVisibility());
  const tokens: Record<string, RegExp> = {
    tel: /^(?:tel|tel-national|one-time-code|off)$/,
    email: /^(?:email|username|off)$/,
    password: /^(?:current-password|new-password)$/,
  };
  const wrong: string[] = [];
  let looked = 0;
  const look = (holds: boolean, what: string, field: Element) => {
    looked += 1;
    if (!holds) wrong.push(`${what}: ${window.a11y.nameOf(field)}`);
  };
  for (const field of fields) {
    look(
      (field.labels?.length ?? 0) > 0 ||
        field.hasAttribute('aria-label') ||
        field.hasAttribute('aria-labelledby'),
      'no label',
      field,
    );
    const token = tokens[field.type];
    if (token !== undefined && !isConsole)
      look(token.test(field.getAttribute('autocomplete') ?? ''), 'no token of autocomplete', field);
    if (field.type === 'password') {
      const paste = new ClipboardEvent('paste', {
        bubbles: true,
        cancelable: true,
        clipboardData: new DataTransfer(),
      });
      look(field.dispatchEvent(paste), 'cannot be pasted into', field);
    }
    look(
      !field.hasAttribute('placeholder') || (field.labels?.length ?? 0) > 0,
      'a placeholder is its label',
      field,
    );
  }
  // The name that is seen is part of the name that is heard (2.5.3).
  for (const named of document.querySelectorAll(
    'a[aria-label], button[aria-label], summary[aria-label]',
  )) {
    const seen = (named.textContent ?? '').replaceAll(/\s+/g, '').toLowerCase();
    // A sign, such as an arrow, is not read out.
    if (!/[\p{L}\p{N}]/u.test(seen)) continue;
    const heard = (named.getAttribute('aria-label') ?? '').replaceAll(/\s+/g, '').toLowerCase();
    look(heard.includes(seen), 'its name lacks what is seen', named);
  }
  return { looked, wrong };
}

/** What is pressed, and is smaller than `least` on a side. A link in a sentence is as high as its line. */
export function targets({ least }: { least: number }): Finding {
  const pressed = Array.from(
    document.querySelectorAll(
      'a[href], button, summary, select, input:not([type=hidden]), textarea',
    ),
  );
  const wrong: string[] = [];
  let looked = 0;
  for (const target of pressed) {
    const area = target.matches('[type=radio], [type=checkbox], [type=file]')
      ? (target.closest('label') ?? target)
      : target;
    if (!window.a11y.isSeen(area)) continue;
    const around = target.parentElement;
    const isInSentence =
      target.matches('a, button.link') &&
      around !== null &&
      Array.from(around.childNodes).some(
        (node) => node !== target && node instanceof Text && node.data.trim() !== '',
      );
    if (isInSentence) continue;
    looked += 1;
    const { width, height } = area.getBoundingClientRect();
    if (Math.min(width, height) < least - 0.5)
      wrong.push(`${Math.round(width)} × ${Math.round(height)}: ${window.a11y.nameOf(target)}`);
  }
  return { looked, wrong };
}

/** Whether all of the page is on the screen: nothing to scroll sideways, and no text that is cut off. */
export function reflow(): Finding {
  const html = document.documentElement;
  const wrong: string[] = [];
  if (html.scrollWidth > html.clientWidth) {
    const widest = Array.from(document.querySelectorAll('body *')).findLast(
      (element) => element.getBoundingClientRect().right > html.clientWidth + 1,
    );
    wrong.push(
      `wider than the screen by ${html.scrollWidth - html.clientWidth}: ${widest ? window.a11y.nameOf(widest) : 'body'}`,
    );
  }
  const cut = Array.from(document.querySelectorAll<HTMLElement>('body *')).filter((element) => {
    const { overflowX, overflowY, clipPath, textOverflow } = getComputedStyle(element);
    if (clipPath !== 'none' || !window.a11y.isSeen(element)) return false;
    if (element.matches('select, option')) return false;
    const isCutX = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
    const isCutY = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1;
    const hasText = (element.textContent ?? '').trim() !== '';
    return hasText && (isCutX || isCutY || (textOverflow === 'ellipsis' && isCutX));
  });
  wrong.push(...cut.map((element) => `text is cut off: ${window.a11y.nameOf(element)}`));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    const around = text.parentElement;
    if (text.data.trim().length < 2 || around === null || !window.a11y.isSeen(around)) continue;
    if (around.closest('svg, option, [aria-hidden=true]') !== null) continue;
    const lines = window.a11y.linesOf(text, 0, text.length);
    const size = Number.parseFloat(getComputedStyle(around).fontSize);
    const isColumn = lines.every(
      ({ left, width }) => width < 1.5 * size && Math.abs(left - (lines[0]?.left ?? 0)) < 1,
    );
    if (lines.length > 1 && isColumn)
      wrong.push(`one character stands below the other: ${window.a11y.nameOf(around)}`);
    // Where there is room, a word is whole; ids have no words.
    if (innerWidth < 1280 || lines.length < 2 || around.closest('[translate=no]') !== null)
      continue;
    for (const { 0: word, index } of text.data.matchAll(/[a-z]{2,}/gi)) {
      const tops = window.a11y
        .linesOf(text, index, index + word.length)
        .map(({ top }) => Math.round(top));
      if (new Set(tops).size > 1) wrong.push(`a word is broken: ${window.a11y.nameOf(around)}`);
    }
  }
  return { looked: 1 + document.querySelectorAll('body *').length, wrong };
}

/** The lines around fields, which alone show where they are (1.4.11). */
export function edges(): Finding {
  const fields = Array.from(
    document.querySelectorAll(
      'input[type=text], input[type=password], input[type=tel], input[type=email], select, textarea',
    ),
  ).filter((field) => window.a11y.isSeen(field));
  const wrong = fields.flatMap((field) => {
    const { borderBottomColor, borderBottomWidth, borderBottomStyle } = getComputedStyle(field);
    const ratio = window.a11y.contrast(borderBottomColor, window.a11y.behind(field.parentElement));
    const isThere = borderBottomStyle !== 'none' && Number.parseFloat(borderBottomWidth) >= 1;
    return isThere && ratio >= 3
      ? []
      : [`its edge has ${ratio.toFixed(2)}:1: ${window.a11y.nameOf(field)}`];
  });
  return { looked: fields.length, wrong };
}

/** Where the focus is, how it is shown, and what is in front of it. `null` at the end of the page. */
export function stop(): { at: number; wrong: string[] } | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return null;
  const all = Array.from(document.querySelectorAll('*'));
  const wrong: string[] = [];
  const name = window.a11y.nameOf(focused);
  const shown = [focused, focused.closest('label'), focused.parentElement].filter(
    (each) => each !== null,
  );
  const rings = shown.flatMap((element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    const under = window.a11y.behind(element.parentElement);
    const shadow = /^(?:rgba?|color)\([^)]*\)/.exec(boxShadow)?.[0];
    const isInset = boxShadow.includes('inset');
    const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    return [
      ...(hasOutline ? [window.a11y.contrast(outlineColor, under)] : []),
      ...(shadow !== undefined && !isInset ? [window.a11y.contrast(shadow, under)] : []),
    ];
  });
  const best = Math.max(0, ...rings);
  if (best < 3) wrong.push(`focus is shown with ${best.toFixed(2)}:1: ${name}`);
  const area = window.a11y.isSeen(focused) ? focused : (focused.closest('label') ?? focused);
  const rect = area.getClientRects()[0] ?? area.getBoundingClientRect();
  const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
  const isOnScreen =
    rect.bottom > 0 && rect.top < innerHeight && rect.right > 0 && rect.left < innerWidth;
  const front = document.elementFromPoint(
    Math.min(Math.max(x, 1), innerWidth - 1),
    Math.min(Math.max(y, 1), innerHeight - 1),
  );
  const isFree = front !== null && (area.contains(front) || front.contains(area));
  if (!isOnScreen) wrong.push(`the focus is off the screen: ${name}`);
  else if (!isFree) wrong.push(`the focus is behind something: ${name}`);
  focused.dataset['reached'] = '';
  return { at: all.indexOf(focused), wrong };
}

/** What Tab has not come to, and forgets what it came to. */
export function unreached(): Finding {
  const all = window.a11y.reachable();
  const wrong = all.flatMap((element) => {
    if (element.dataset['reached'] !== undefined) return [];
    // Of a group of radio buttons one is on the way.
    if (element instanceof HTMLInputElement && element.type === 'radio') {
      const group = document.querySelector(
        `input[type=radio][name="${CSS.escape(element.name)}"][data-reached]`,
      );
      if (group !== null) return [];
    }
    return [`Tab does not come to it: ${window.a11y.nameOf(element)}`];
  });
  for (const element of document.querySelectorAll<HTMLElement>('[data-reached]'))
    delete element.dataset['reached'];
  return { looked: all.length, wrong };
}

/** What moves although the person asked for less motion. */
export function motion(): Finding {
  const moving = document.getAnimations().filter((animation) => {
    const { duration, iterations } = animation.effect?.getComputedTiming() ?? {};
    return Number(duration) > 1 || iterations === Infinity;
  });
  return {
    looked: document.querySelectorAll('body *').length,
    wrong: moving.map(() => 'something moves'),
  };
}

/** In forced colours: what is drawn by its background alone is not seen. */
export function forced(): Finding {
  const parts = Array.from(
    document.querySelectorAll(
      '.btn, .choice, .chip, .note, .card, .summary, .solved, input[type=text], input[type=password], input[type=tel], input[type=email], select, textarea',
    ),
  ).filter((part) => window.a11y.isSeen(part));
  const wrong = parts.flatMap((part) => {
    const { borderLeftWidth, borderLeftStyle } = getComputedStyle(part);
    const isDrawn = borderLeftStyle !== 'none' && Number.parseFloat(borderLeftWidth) >= 1;
    return isDrawn ? [] : [`has no edge in forced colours: ${window.a11y.nameOf(part)}`];
  });
  return { looked: parts.length, wrong };
}

/** The rules for older people, in the large version: sizes of text, line height, the gap between paragraphs, and fonts without serifs. */
export function elderly({ least, main }: { least: number; main: number }): Finding {
  const wrong: string[] = [];
  let looked = 0;
  const walk = document.createTreeWalker(
    document.querySelector('#main') ?? document.body,
    NodeFilter.SHOW_TEXT,
  );
  const parents = new Set<Element>();
  while (walk.nextNode()) {
    const { textContent, parentElement } = walk.currentNode;
    if (parentElement !== null && (textContent ?? '').trim() !== '') parents.add(parentElement);
  }
  for (const parent of parents) {
    if (
      !window.a11y.isSeen(parent) ||
      parent.closest('svg, .seen-by-readers, [aria-hidden=true]') !== null
    )
      continue;
    looked += 1;
    const { fontSize, lineHeight, fontFamily } = getComputedStyle(parent);
    const size = Number.parseFloat(fontSize);
    if (size < least) wrong.push(`text of ${size} px: ${window.a11y.nameOf(parent)}`);
    if (Number.parseFloat(lineHeight) / size < 1.295)
      wrong.push(`lines of ${lineHeight}: ${window.a11y.nameOf(parent)}`);
    if (!/sans-serif|monospace/.test(fontFamily))
      wrong.push(`a font with serifs: ${window.a11y.nameOf(parent)}`);
  }
  const body = Number.parseFloat(getComputedStyle(document.body).fontSize);
  looked += 1;
  if (body < main) wrong.push(`main text of ${body} px`);
  for (const next of document.querySelectorAll('#main p + p')) {
    const before = next.previousElementSibling;
    if (before === null || !window.a11y.isSeen(next) || !window.a11y.isSeen(before)) continue;
    const gap = next.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
    // Side by side they are no paragraphs of one text.
    if (gap < -1) continue;
    looked += 1;
    const line = Number.parseFloat(getComputedStyle(before).lineHeight);
    if ((gap + line) / line < 1.295)
      wrong.push(
        `paragraphs are ${((gap + line) / line).toFixed(2)} lines apart: ${window.a11y.nameOf(next)}`,
      );
  }
  return { looked, wrong };
}

/** The simplified view that the large version is: parts of the content with words of their own stand below each other. */
export function columns(): Finding {
  const parts = Array.from(
    document.querySelectorAll('#main :is(section, form, fieldset, h2, p, li, .card)'),
  ).filter(
    (part) => window.a11y.isSeen(part) && !getComputedStyle(part).display.startsWith('inline'),
  );
  const wrong = parts.flatMap((part) => {
    const [one, next] = [part, part.nextElementSibling].map((each) =>
      each?.getBoundingClientRect(),
    );
    if (
      one === undefined ||
      next === undefined ||
      !parts.includes(part.nextElementSibling as Element)
    )
      return [];
    const isBeside = next.top < one.bottom - 1 && next.left >= one.right - 1;
    return isBeside ? [`another part stands beside it: ${window.a11y.nameOf(part)}`] : [];
  });
  const own = document.querySelector('header .own:not(.open)');
  if (own !== null && window.a11y.isSeen(own))
    wrong.push('what is the person’s own is not behind its button');
  return { looked: parts.length, wrong };
}

/** After a form was sent with nothing in it: a summary that has the focus, and each mistake at its field. */
export function refused(): Finding {
  const summary = document.querySelector('.summary');
  const fields = Array.from(document.querySelectorAll('[aria-invalid=true]'));
  if (summary === null && fields.length === 0) return { looked: 0, wrong: [] };
  const checks: [string, boolean][] = fields.map((field) => {
    const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
    const said = ids.map((id) => document.getElementById(id)?.textContent ?? '').join('');
    return [`the mistake is said at its field: ${window.a11y.nameOf(field)}`, said.trim() !== ''];
  });
  if (summary !== null) {
    checks.push(['the summary has the focus', summary.contains(document.activeElement)]);
    // As the pages of applicants do; the console says it on the page alone.
    const isConsole = location.pathname.startsWith('/console');
    checks.push(['the title says it', isConsole || /^(?:错误|Error)/.test(document.title)]);
    for (const link of summary.querySelectorAll('a[href^="#"]')) {
      const id = decodeURIComponent(link.getAttribute('href')?.slice(1) ?? '');
      checks.push([`the link leads to a field: #${id}`, document.getElementById(id) !== null]);
    }
  }
  return { looked: checks.length, wrong: checks.flatMap(([what, holds]) => (holds ? [] : [what])) };
}
