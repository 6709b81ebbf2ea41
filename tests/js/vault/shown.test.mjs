// What Node shows of a vault, and how a vault ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { IntervenClient, Vault } from "../../../dist/index.js";
import { ssn } from "../portable/values.mjs";

function filled() {
  const vault = new Vault();
  const value = ssn();
  assert.equal(new IntervenClient().redact(`ssn ${value}`, { vault }), "ssn [US_SSN:1]");
  return { vault, value };
}

test("no way of writing a value down writes what a vault holds", () => {
  const { vault, value } = filled();
  const shown = [
    inspect(vault, { showHidden: true, depth: null, getters: true }),
    inspect({ deep: { vault } }, { depth: null }),
    inspect(vault, { customInspect: false, showHidden: true, depth: null }),
    format("%o %O %j %s", vault, vault, vault, vault),
    serialize(structuredClone(vault)).toString("latin1"),
    JSON.stringify([vault, Object.entries(vault), Object.getOwnPropertyDescriptors(vault)]),
  ];
  for (const text of shown) assert.ok(!text.includes(value) && !text.includes(value.slice(-4)), text);
  assert.equal(inspect(vault), "[Vault]");
  assert.equal(vault.restore("[US_SSN:1]"), value);
});

test("a vault is emptied when its scope ends", () => {
  const { vault } = filled();
  vault[Symbol.dispose]();
  assert.equal(vault.restore("[US_SSN:1]"), "[US_SSN:1]");
  assert.equal(vault.size, 0);
});

test("vaults do not know each other's values", () => {
  const { vault } = filled();
  const other = new Vault();
  assert.equal(other.restore("[US_SSN:1]"), "[US_SSN:1]");
  assert.equal(vault.size, 1);
});

test("a copy of a vault is no vault", () => {
  const { vault } = filled();
  assert.throws(() => Vault.prototype.restore.call({ ...vault }, "[US_SSN:1]"), TypeError);
  assert.throws(() => new IntervenClient().redact("text", { vault: structuredClone(vault) }), {
    code: "ERR_INTERVEN_CONFIGURATION",
  });
});
