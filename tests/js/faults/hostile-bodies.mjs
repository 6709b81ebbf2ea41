// Bodies that are more than they look. Each holds a key somewhere, at some time: sent, it would be seen. `make` gives what
// `fetch` and `scan` are told, and `later`, which happens once the call has begun.

const text = (key) => `the key is ${key}, keep it`;
const bytesOf = (string) => new TextEncoder().encode(string);
const HARMLESS = "nothing of note here, nothing at all to see, so there";
const harmless = (length) => bytesOf(HARMLESS.padEnd(length).slice(0, length));

/** One answer the first time, another ever after. */
function changing(first, then) {
  let reads = 0;
  return () => {
    reads += 1;
    return reads === 1 ? first : then;
  };
}

const nested = (levels, key) => `${"[".repeat(levels)}"${key}"${"]".repeat(levels)}`;

function utf16(string, mark) {
  const units = Uint16Array.from((mark ? "\ufeff" : "") + string, (letter) => letter.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

function shared(key) {
  const bytes = new Uint8Array(new SharedArrayBuffer(64));
  bytes.set(bytesOf(key));
  return bytes;
}

function detached(key) {
  const bytes = bytesOf(text(key));
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function streamOf(...chunks) {
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk instanceof Error) return controller.error(chunk);
      if (chunk === undefined) return controller.close();
      controller.enqueue(chunk);
    },
  });
}

/** A stream that gives one buffer again and again, and writes the key into it when it was given. */
function reused(key) {
  const buffer = harmless(text(key).length);
  let given = 0;
  return new ReadableStream({
    pull(controller) {
      given += 1;
      if (given === 2) buffer.set(bytesOf(text(key)));
      if (given > 3) return controller.close();
      controller.enqueue(buffer);
    },
  });
}

/** Bytes that say they were others. */
class LyingBytes extends Uint8Array {
  static over(key) {
    return new LyingBytes(bytesOf(text(key)));
  }
  get buffer() {
    return harmless(this.length).buffer;
  }
  get byteOffset() {
    return 0;
  }
  slice() {
    return harmless(8);
  }
  [Symbol.iterator]() {
    return harmless(8)[Symbol.iterator]();
  }
}

class ShorterBytes extends Uint8Array {
  get byteLength() {
    return 4;
  }
  get length() {
    return 4;
  }
}

class LyingParameters extends URLSearchParams {
  toString() {
    return HARMLESS;
  }
  *[Symbol.iterator]() {}
}

class LyingBlob extends Blob {
  stream() {
    return streamOf(harmless(8));
  }
  async arrayBuffer() {
    return harmless(8).buffer;
  }
  async text() {
    return HARMLESS;
  }
}

class Hidden {
  #text;
  constructor(key) {
    this.#text = text(key);
  }
  toString() {
    return this.#text;
  }
}

function form(key) {
  const fields = new FormData();
  fields.set("file", new Blob([text(key)]), "notes.txt");
  fields.set("field", "hello");
  return fields;
}

function cycle(key) {
  const value = { key };
  value.self = value;
  return value;
}

/** An object that is harmless when it is read first. */
function proxied(key) {
  const read = changing(HARMLESS, key);
  return new Proxy({ note: "" }, { get: (target, name) => (name === "note" ? read() : Reflect.get(target, name)) });
}

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

/** Name → what is the body. */
const BODIES = {
  "NaN in the JSON": (key) => `{"a":NaN,"b":"${key}"}`,
  "1e999 in the JSON": (key) => `{"a":1e999,"b":"${key}"}`,
  "a lone surrogate": (key) => `\ud800 ${text(key)}`,
  "a lone surrogate, escaped": (key) => `{"a":"\\ud800 ${key}"}`,
  "129 levels": (key) => nested(129, key),
  "100,000 levels": (key) => nested(100_000, key),
  "2 MiB": (key) => `${"x ".repeat(1_048_576)}${key}`,
  "the same key twice": (key) => `{"a":"${key}","a":"hello"}`,
  "NUL between": (key) => `hello\0${key}\0`,
  "a byte order mark": (key) => `\ufeff{"a":"${key}"}`,
  "bytes that begin like UTF-16, and are not": (key) => Uint8Array.of(0xff, 0xfe, 0xfd, ...bytesOf(` ${key} `), 0xc0),
  "UTF-16": (key) => utf16(text(key), false),
  "UTF-16 with its mark": (key) => utf16(text(key), true),
  gzip: (_key, { gzip }) => Uint8Array.from(atob(gzip), (letter) => letter.charCodeAt(0)),
  "shared memory": shared,
  "shared memory itself": (key) => shared(key).buffer,
  "a detached buffer": detached,
  "bytes that lie": LyingBytes.over,
  "bytes that say they are few": (key) => new ShorterBytes(bytesOf(text(key))),
  "a proxy of bytes": (key) => new Proxy(bytesOf(text(key)), {}),
  "parameters that lie": (key) => new LyingParameters({ note: text(key) }),
  "a blob that lies": (key) => new LyingBlob([text(key)]),
  "a form with a file": form,
  "a BigInt": (key) => ({ key, n: 1n }),
  "a cycle": cycle,
  "a getter that throws": (key) => ({
    key,
    get note() {
      throw new Error(key);
    },
  }),
  "a map": (key) => new Map([["key", key]]),
  "a class with a private field": (key) => new Hidden(key),
  "a revoked proxy": revoked,
  "a symbol": (key) => Symbol(key),
  "a list with three million holes": (key) => Object.assign(new Array(3_000_000), { 2999999: key }),
  "a stream that fails": (key) => streamOf(bytesOf(text(key)), new Error("no more")),
  "a stream of strings": (key) => streamOf(text(key)),
  "a stream that cuts it in two": (key) => streamOf(bytesOf(text(key).slice(0, 20)), bytesOf(text(key).slice(20))),
  "a stream that reuses its buffer": reused,
  "a stream of lies": (key) => streamOf(LyingBytes.over(key)),
};

/** What changes between two looks: harmless at the first, and then not. */
const CHANGES = {
  "a getter that changes": (key) => {
    const read = changing(HARMLESS, key);
    return {
      get note() {
        return read();
      },
    };
  },
  "toJSON that changes": (key) => ({ toJSON: changing({ note: HARMLESS }, { note: key }) }),
  "toString that changes": (key) => ({ toString: changing(HARMLESS, key), toJSON: changing(HARMLESS, key) }),
  "a proxy that changes": proxied,
};

/** Name → `(key, extra) => { body, init, later }`. */
export const hostile = {
  ...Object.fromEntries(
    Object.entries({ ...BODIES, ...CHANGES }).map(([name, make]) => [name, (...given) => ({ body: make(...given) })]),
  ),
  "gzip, and said so": (key, extra) => ({ body: BODIES.gzip(key, extra), init: { headers: { "content-encoding": "gzip" } } }),
  "bytes written into afterwards": (key) => {
    const body = harmless(text(key).length);
    return { body, later: () => body.set(bytesOf(text(key))) };
  },
  "shared memory written into afterwards": (key) => {
    const body = new Uint8Array(new SharedArrayBuffer(text(key).length));
    body.set(harmless(body.length));
    return { body, later: () => body.set(bytesOf(text(key))) };
  },
  "a form added to afterwards": (key) => {
    const body = form("none");
    return { body, later: () => body.set("field", key) };
  },
  "parameters added to afterwards": (key) => {
    const body = new URLSearchParams({ a: "hello" });
    return { body, later: () => body.set("b", key) };
  },
  "bytes written into while the options are read": (key) => {
    const body = harmless(text(key).length);
    const init = {
      get headers() {
        return { "x-note": "1" };
      },
      get signal() {
        body.set(bytesOf(text(key)));
        return undefined;
      },
    };
    return { body, init };
  },
  "a stream that never ends": (key) => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(bytesOf(text(key))) });
    // Not `AbortSignal.timeout`: its timer keeps no process alive.
    const ending = new AbortController();
    setTimeout(() => ending.abort(), 300);
    return { body, init: { signal: ending.signal } };
  },
  "options that change": (key) => {
    const read = changing("hello", text(key));
    return {
      init: {
        get body() {
          return read();
        },
      },
    };
  },
  "headers that change": (key) => {
    const pairs = changing([["x-note", "hello"]], [["x-note", key]]);
    return { body: "hello", init: { headers: { [Symbol.iterator]: () => pairs()[Symbol.iterator]() } } };
  },
};
