// Bodies to scan. They are the same in every run, and hold nothing that looks live before they are made.

const WORDS = (
  "the agent reads a ticket and writes an answer for the customer who asked about an order that has not arrived yet so the " +
  "team checks stock shipping dates invoices and notes then updates the record with status owner priority and a short summary"
).split(" ");

/** Numbers that look random and are not. */
function sequence(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** JSON of about `bytes` bytes as agents send it: nested records of prose, numbers and identifiers; nothing to find. */
export function cleanBody(bytes) {
  const next = sequence(bytes);
  const prose = (count) => Array.from({ length: count }, () => WORDS[next(WORDS.length)]).join(" ");
  return fill(bytes, (index) => ({
    id: index + 1,
    title: prose(6),
    state: { open: next(2) === 1, priority: next(5), labels: [prose(1), prose(1)] },
    text: prose(24),
  }));
}

/** JSON of about `bytes` bytes with something to find and to redact in every field. */
export function denseBody(bytes) {
  const next = sequence(bytes + 1);
  const digits = (count) => Array.from({ length: count }, () => next(10)).join("");
  return fill(bytes, () => ({
    contact: `${WORDS[next(WORDS.length)]}.${digits(3)}@${["mail", "example", "org"].join(".")}`,
    ssn: ["536", `${next(80) + 10}`, `${1000 + next(8999)}`].join("-"),
    card: card(digits(14)),
  }));
}

/** A number of sixteen digits with a good check digit. */
function card(payload) {
  const digits = `4${payload}`;
  const sum = [...digits].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
}

function fill(bytes, record) {
  const records = [];
  for (let size = 14; size < bytes; ) {
    records.push(record(records.length));
    size += JSON.stringify(records.at(-1)).length + 1;
  }
  return JSON.stringify({ records });
}

const ALPHABETS = {
  digits: "0123456789",
  hex: "0123456789abcdef",
  base64: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
};

/** So many characters that look random. */
export function randomText(alphabet, length) {
  const next = sequence(length);
  return Array.from({ length }, () => ALPHABETS[alphabet][next(ALPHABETS[alphabet].length)]).join("");
}

/** The request that carries a body, as `Engine.scan` takes it. */
export function request(body, type = "application/json") {
  const headers = [["content-type", type]];
  return { method: "POST", url: "https://api.example.com/v1/notes", headers, body: new TextEncoder().encode(body) };
}
