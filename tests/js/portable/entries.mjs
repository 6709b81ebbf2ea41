// The other entries: builds of their own, and the same errors, clients and decisions.

import { equal, ok, throws } from "./assert.mjs";
import { awsKey } from "./values.mjs";

const url = "https://api.example.com/notes";
const scan = ({ Engine }, text) => new Engine().scan({ method: "POST", url, headers: [], body: new TextEncoder().encode(text) });
const local = { env: {} };

/** Where an engine lacks vector instructions only the default entry works, and the others say so. */
async function refused(interven) {
  for (const entry of Object.values(interven.entries)) {
    const error = await throws(() => new entry.Engine());
    ok(error instanceof interven.EngineError, `not an engine error: ${error}`);
  }
}

export default {
  async "every entry decides and redacts"({ interven, scalar }) {
    const { entries } = interven;
    if (scalar) return refused(interven);
    for (const entry of Object.values(entries)) {
      const key = awsKey();
      equal(scan(entry, `key ${key}`).decision, "DENY");
      equal(scan(entry, "nothing of note").decision, "ALLOW");
      const client = new entry.IntervenClient(local);
      equal((await client.scan({ url, body: { note: key } })).decision, "DENY");
      equal(client.redact(`key ${key}`), "key [AWS_ACCESS_KEY_ID:1]");
      equal(entry.redactText("nothing of note"), "nothing of note");
    }
  },

  async "errors have one identity in all entries"({ interven, scalar }) {
    if (scalar) return refused(interven);
    for (const entry of Object.values(interven.entries)) {
      const names = Object.keys(interven).filter((name) => name.endsWith("Error"));
      ok(names.length > 10, "no errors to compare");
      for (const name of names) ok(entry[name] === interven[name], `another ${name}`);
      const error = await throws(() => new entry.IntervenClient(local).fetch(url, { method: "POST", body: awsKey() }));
      ok(error instanceof interven.IntervenBlockedError, `not a block error: ${error}`);
    }
  },

  async "text in text is for the other entries"({ interven, scalar }) {
    if (scalar) return refused(interven);
    const text = `the key is ${awsKey()}, keep it`;
    for (const entry of [interven, ...Object.values(interven.entries)]) equal(scan(entry, btoa(text)).decision, "DENY");
    // The same text in letters of full width.
    const wrapped = Array.from(awsKey(), (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join("");
    equal(scan(interven, wrapped).decision, "DENY");
    equal(scan(interven.entries.patterns, wrapped).decision, "DENY");
    equal(scan(interven.entries.slim, wrapped).decision, "ALLOW");
  },

  async "regular expressions are for the entry with patterns"({ interven, scalar }) {
    if (scalar) return refused(interven);
    const options = { detectors: [{ id: "badge", class: "PII", regex: "B-[0-9]{6}" }] };
    equal(new interven.entries.patterns.Engine(options).redact("my B-123456"), "my [BADGE:1]");
    for (const entry of [interven.entries.slim, ...(interven.Engine === interven.entries.patterns.Engine ? [] : [interven])]) {
      const error = await throws(() => new entry.Engine(options));
      ok(error instanceof interven.ConfigurationError, `not a configuration error: ${error}`);
      ok(/interven\/patterns/.test(error.message), error.message);
    }
  },

  async "a vault belongs to one entry"({ interven, scalar }) {
    if (scalar) return refused(interven);
    const vault = new interven.Vault();
    equal(vault.size, 0);
    const redacted = new interven.entries.slim.Engine().redact("write to jane.doe@corp-mail.org", { vault });
    equal(vault.restore(redacted), "write to jane.doe@corp-mail.org");
    const error = await throws(() => new interven.Engine().redact("a", { vault }));
    ok(error instanceof interven.ConfigurationError, `not a configuration error: ${error}`);
  },

  async "the slim entry refuses a gateway"({ interven, scalar }) {
    if (scalar) return refused(interven);
    const options = { ...local, gatewayUrl: "https://gateway.example.com" };
    const error = await throws(() => new interven.entries.slim.IntervenClient(options));
    ok(error instanceof interven.ConfigurationError, `not a configuration error: ${error}`);
  },
};
