// Requests of every kind, from a seed: what one runtime is given, every other is given too.

/** Numbers from 0 up to 1 (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS = [
  ...[
    "note",
    "hello",
    "caf\u00e9",
    "na\u00efve",
    "\u65e5\u672c",
    "\u{1f600}",
    "a+b",
    "50%",
    "x=y&z",
    "tab\there",
    "line\nbreak",
    "\r\n",
  ],
  ...[
    "<p>",
    "'quoted'",
    '"quoted"',
    "back\\slash",
    "\u0000",
    "\u00a0",
    "\u202e",
    "e\u0301",
    "\ud800",
    "%41%zz",
    "&amp;",
    "\\u0041",
    "",
  ],
];
/** What a header may hold. */
const PLAIN = WORDS.filter((word) => /^[\x20-\x7e]*$/.test(word));
const PARTS = [
  "notes",
  "v1",
  "a%20b",
  "%E2%82%AC",
  "caf\u00e9",
  "x;y=1",
  "~tilde",
  "a,b",
  "(c)",
  "dot.dot",
  "..",
  ".",
  "",
  "%2e%2e",
  "|",
  "^",
];
const NAMES = ["x-note", "x-trace-note", "accept", "content-language", "x-a", "idempotency-key", "user-agent"];

/** One request: `[input, init]` for `fetch`. */
export function generated(random, base) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const some = (most, make) => Array.from({ length: Math.floor(random() * (most + 1)) }, make);
  const text = () => some(12, () => pick(WORDS)).join(pick(["", " ", ", "]));
  const bytes = () => Uint8Array.from(some(200, () => Math.floor(random() * 256)));
  const json = (depth = 0) => {
    const kind = Math.floor(random() * (depth > 3 ? 4 : 6));
    if (kind === 4) return some(4, () => json(depth + 1));
    if (kind === 5) return Object.fromEntries(some(4, () => [pick(WORDS), json(depth + 1)]));
    return [text(), Math.floor(random() * 100), random() < 0.5, null][kind];
  };
  const fields = (made) => {
    for (const name of some(4, () => pick(WORDS))) made.append(name, text());
    return made;
  };
  const form = () => {
    const made = fields(new FormData());
    if (random() < 0.5) made.append("file", new Blob([text()], { type: "text/plain" }), "notes.txt");
    return made;
  };
  const inside = () => {
    const whole = bytes();
    return whole.subarray(Math.min(2, whole.length), Math.max(whole.length - 3, 0));
  };
  const stream = () => new Blob([text(), bytes()]).stream();
  const blob = () => new Blob([text()], { type: pick(["", "text/plain", "application/json"]) });
  const query = some(3, () => `${encodeURIComponent(pick(WORDS).replace("\ud800", ""))}=${pick(PARTS)}`).join("&");
  const url = `${base}/${some(4, () => pick(PARTS)).join("/")}?${query}&id=`;
  const method = pick(["GET", "HEAD", "OPTIONS", "POST", "POST", "POST", "PUT", "PATCH", "DELETE"]);
  const headers = new Headers();
  for (const name of some(3, () => pick(NAMES))) headers.append(name, some(4, () => pick(PLAIN)).join(" "));
  const init = { method, headers };
  if (["POST", "PUT", "PATCH"].includes(method))
    init.body = pick([
      text,
      () => JSON.stringify(json()),
      bytes,
      () => bytes().buffer,
      inside,
      () => fields(new URLSearchParams()),
      form,
      blob,
      stream,
    ])();
  const asRequest = random() < 0.2;
  return { url, init, asRequest };
}
