// The other entries: builds of their own, and the same errors, clients and decisions.

import { equal, ok, throws } from "./assert.mjs";
import { awsKey } from "./values.mjs";

const url = "https://api.example.com/notes";
const scan = ({ Engine }, text) => new Engine().scan({ method: "POST", url, headers: [], body: new TextEncoder().encode(text) });
const local = { env: {} };

export default {
  async "every entry decides and redacts"({ interven: { entries } }) {
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

  async "errors have one identity in all entries"({ interven }) {
    for (const entry of Object.values(interven.entries)) {
      const names = Object.keys(interven).filter((name) => name.endsWith("Error"));
      ok(names.length > 10, "no errors to compare");
      for (const name of names) ok(entry[name] === interven[name], `another ${name}`);
      const error = await throws(() => new entry.IntervenClient(local).fetch(url, { method: "POST", body: awsKey() }));
      ok(error instanceof interven.IntervenBlockedError, `not a block error: ${error}`);
    }
  },

  async "text in text is for the other entries"({ interven }) {
    const wrapped = btoa(`the key is ${awsKey()}, keep it`);
    equal(scan(interven, wrapped).decision, "DENY");
    equal(scan(interven.entries.patterns, wrapped).decision, "DENY");
    equal(scan(interven.entries.slim, wrapped).decision, "ALLOW");
  },

  async "the slim entry refuses a gateway"({ interven }) {
    const options = { ...local, gatewayUrl: "https://gateway.example.com" };
    const error = await throws(() => new interven.entries.slim.IntervenClient(options));
    ok(error instanceof interven.ConfigurationError, `not a configuration error: ${error}`);
  },
};
