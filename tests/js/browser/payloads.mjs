// What an agent may put into any field: markup that would run, and characters that make one text look like another.

const CALL = "window.hit(1)";

const HANDLERS = [
  "img src=x onerror",
  "svg onload",
  "body onload",
  "input autofocus onfocus",
  "details open ontoggle",
  "video src=x onerror",
  "audio src=x onerror",
  "iframe onload",
  "object data=x onerror",
  "marquee onstart",
  "select autofocus onfocus",
  "style onload",
  "link rel=stylesheet href=x onerror",
  "script src=x onerror",
  "math onmouseover",
  "a href=x autofocus onfocus",
];
const OPENINGS = ["", '">', "'>", "</script>", "</style>", "</title>", "</textarea>", "-->", "]]>"];
const OTHERS = [
  `javascript:${CALL}`,
  `JaVaScRiPt:${CALL}//`,
  `java\tscript:${CALL}`,
  `data:text/html,<script>${CALL}</script>`,
  `<a href="javascript:${CALL}">x</a>`,
  `<form action="javascript:${CALL}"><button>x</button></form>`,
  `<iframe srcdoc="<script>${CALL}</script>">`,
  `<iframe src="javascript:${CALL}">`,
  `<script>${CALL}</script>`,
  `<script type=module>${CALL}</script>`,
  `<scr<script>ipt>${CALL}</script>`,
  `<svg><script>${CALL}</script></svg>`,
  `<svg><animate onbegin=${CALL} attributeName=x></svg>`,
  `<svg><a xlink:href="javascript:${CALL}"><text>x</text></a></svg>`,
  `<math><mtext></mtext><img src=x onerror=${CALL}></math>`,
  `<template><img src=x onerror=${CALL}></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${CALL}>">`,
  `<meta http-equiv=refresh content="0;url=javascript:${CALL}">`,
  `<base href="javascript:${CALL}//">`,
  `<object data="javascript:${CALL}">`,
  `<embed src="javascript:${CALL}">`,
  `<style>@import 'javascript:${CALL}';</style>`,
  `<img src="x\` \`<script>${CALL}</script>"\` \`>`,
  `{{constructor.constructor('${CALL}')()}}`,
  `\${${CALL}}`,
  `<%= ${CALL} %>`,
  `';${CALL};//`,
  `";${CALL};//`,
  `\\";${CALL};//`,
  `&lt;img src=x onerror=${CALL}&gt;`,
  `&#60;script&#62;${CALL}&#60;/script&#62;`,
  `\\u003cscript\\u003e${CALL}\\u003c/script\\u003e`,
  `%3Cscript%3E${CALL}%3C/script%3E`,
  `<img src=x onerror&#61;${CALL}>`,
  `<dialog open onclose=${CALL}><form method=dialog><button>x</button></form></dialog>`,
  `__proto__`,
  `constructor`,
  `<a href="#/keys" id=page name=body>x</a>`,
  `<form id=main name=getElementById>`,
];

/** Markup and code. */
export const MARKUP = [
  ...HANDLERS.map((handler, index) => `${OPENINGS[index % OPENINGS.length]}<${handler}=${CALL}>`),
  ...OPENINGS.filter((opening) => opening !== "").map((opening) => `${opening}<script>${CALL}</script>`),
  ...HANDLERS.map((handler, index) => `${OPENINGS[(index + 4) % OPENINGS.length]}<${handler}=\`${CALL}\`>`),
  ...HANDLERS.map((handler) => `<${handler.toUpperCase()}="${CALL}"/x=`),
  ...OTHERS,
];

const INVISIBLE = [
  0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x00ad, 0x180e, 0x034f, 0x061c, 0x115f, 0x3164, 0xffa0, 0x2061, 0x2063, 0xfe0f, 0xe0061,
  0xe007f, 0xe000, 0x0085, 0x2028, 0x2029, 0x00a0, 0x2009, 0x202f, 0x3000, 0x1d173, 0x200a, 0x205f, 0x17b4, 0x1bca0,
];
const DIRECTIONS = [0x202a, 0x202b, 0x202d, 0x202e, 0x202c, 0x2066, 0x2067, 0x2068, 0x2069, 0x200e, 0x200f];
/** Letters by the plain ones that they pass for. */
const ALIKE = {
  a: "аɑαａ𝐚",
  c: "сϲᴄｃ",
  e: "еｅ𝖾",
  i: "іιⅰｉ",
  o: "оοօｏ𝗈",
  p: "рρｐ",
  s: "ѕｓ",
  x: "хｘ",
  y: "уү",
  A: "АΑᎪ",
  B: "ВΒ",
  E: "ЕΕ",
  H: "НΗ",
  K: "КΚ",
  M: "МΜ",
  T: "ТΤ",
  P: "РΡ",
  0: "𝟎０",
  1: "１𝟏",
};
const MARKS = ["∕", "⁄", "／", "․", "։", "：", "＠", "？", "＃", "‐", "–", "−", "＝"];
const PLAIN_MARKS = {
  "∕": "/",
  "⁄": "/",
  "／": "/",
  "․": ".",
  "։": ":",
  "：": ":",
  "＠": "@",
  "？": "?",
  "＃": "#",
  "‐": "-",
  "–": "-",
  "−": "-",
  "＝": "=",
};

const letters = Object.entries(ALIKE).flatMap(([plain, others]) =>
  [...others]
    .filter((other) => !/\p{Script=Latin}/u.test(other) || other.normalize("NFKC") !== other)
    .map((other) => [`pay${other}pal`, `pay${plain}pal`]),
);
const words = [
  ["сосо", "coco"],
  ["раса", "paca"],
  ["аррӏе", "apple"],
  ["ＡＤＭＩＮ", "ADMIN"],
  ["𝗮𝗱𝗺𝗶𝗻", "admin"],
  ["a\u0337dmin", "admin"],
];

/** Texts beside the ones that they look like. */
export const LOOK_ALIKE = [
  ...INVISIBLE.map((code) => [`to${String.fromCodePoint(code)}day`, "today"]),
  ...DIRECTIONS.map((code) => [`pay ${String.fromCodePoint(code)}0021 now`, "pay 0021 now"]),
  ...MARKS.map((mark) => [`one${mark}two`, `one${PLAIN_MARKS[mark]}two`]),
  ...letters,
  ...words,
];

const PASSES_FOR = new Map([
  ...Object.entries(ALIKE).flatMap(([plain, others]) => [...others].map((other) => [other, plain])),
  ...Object.entries(PLAIN_MARKS),
  ["ӏ", "l"],
]);

/** What is left for whoever takes every character for the plain one that it passes for, and does not see the others. */
export const glance = (text) =>
  [...text]
    .map((character) => PASSES_FOR.get(character) ?? character.normalize("NFKC"))
    .join("")
    .replaceAll(/[^\x20-\x7e]/g, "");

/** Hosts beside the ones that they look like. */
export const HOSTS = [
  ["аpple.example", "apple.example"],
  ["paypаl.example", "paypal.example"],
  ["gооgle.example", "google.example"],
  ["mıcrosoft.example", "microsoft.example"],
  ["exαmple.example", "example.example"],
];
