// The vault, and the file or variable that holds its key.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openVaultKey, SealBrokenError, Vault } from "../../../dist/gateway/index.js";
import { temporaryDirectory } from "../gateway/running.mjs";

const key = () => Uint8Array.from(randomBytes(32));

test("what is sealed opens with the same key in the same place, and nowhere else", async () => {
  const [own, same] = [key(), await Vault.of(key())];
  const vault = await Vault.of(own);
  for (const text of ["", "a", "é\u0000🜁", "x".repeat(10_000), "\ufeffbom"]) {
    const sealed = await vault.seal(text, "t/a/b");
    assert.match(sealed, /^v1\.[\w-]{16}\.[\w-]+$/);
    assert.ok(text.length < 4 || !sealed.includes(text));
    assert.equal(await vault.open(sealed, "t/a/b"), text);
    assert.equal(await (await Vault.of(own)).open(sealed, "t/a/b"), text);
    for (const place of ["t/a/c", "t/a", "", "t/a/b "]) await assert.rejects(vault.open(sealed, place), SealBrokenError);
    await assert.rejects(same.open(sealed, "t/a/b"), SealBrokenError);
  }
  assert.notEqual(await vault.seal("a", "p"), await vault.seal("a", "p"));
});

test("a seal with any bit changed, any character put in or left out does not open", async () => {
  const vault = await Vault.of(key());
  const sealed = await vault.seal("a credential of some length", "p");
  const [form, iv, bytes] = sealed.split(".");
  const [nonce, cipher] = [Buffer.from(iv, "base64url"), Buffer.from(bytes, "base64url")];
  let tried = 0;
  for (const [part, other] of [
    [nonce, (changed) => `${form}.${changed}.${bytes}`],
    [cipher, (changed) => `${form}.${iv}.${changed}`],
  ])
    for (let bit = 0; bit < part.length * 8; bit++) {
      const changed = Buffer.from(part);
      changed[bit >> 3] ^= 1 << (bit & 7);
      await assert.rejects(vault.open(other(changed.toString("base64url")), "p"), SealBrokenError);
      tried += 1;
    }
  assert.equal(tried, (12 + 27 + 16) * 8);
  for (let at = 0; at < sealed.length; at++) {
    await assert.rejects(vault.open(sealed.slice(0, at) + sealed.slice(at + 1), "p"), SealBrokenError, `left out ${at}`);
    await assert.rejects(vault.open(`${sealed.slice(0, at)}A${sealed.slice(at)}`, "p"), SealBrokenError, `put in ${at}`);
    await assert.rejects(vault.open(sealed.slice(0, at), "p"), SealBrokenError, `cut at ${at}`);
  }
  for (const text of ["", "v1", "v1.", "v1..", "v1.a", "v1.a.b.c", "v2.a.b", `v1.${iv}.`, `v1..${bytes}`, "€", `${sealed}\n`])
    await assert.rejects(vault.open(text, "p"), SealBrokenError, text);
});

test("a key has 32 bytes", async () => {
  for (const length of [0, 16, 31, 33, 64]) await assert.rejects(Vault.of(new Uint8Array(length)), RangeError);
});

test("the key is made once, for its owner alone", (t) => {
  const directory = temporaryDirectory(t);
  const made = openVaultKey(directory, undefined);
  const path = join(directory, "vault.key");
  assert.equal(made.length, 32);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(openVaultKey(directory, undefined), made);
  assert.deepEqual(openVaultKey(directory, ""), made);
  assert.equal(readFileSync(path, "utf8"), `${Buffer.from(made).toString("base64")}\n`);
  const given = randomBytes(32);
  assert.deepEqual(Buffer.from(openVaultKey(directory, given.toString("base64"))), given);
  assert.deepEqual(openVaultKey(directory, undefined), made);
});

test("a key that is none is refused, and not said", (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, "vault.key");
  const good = randomBytes(32).toString("base64");
  const wrong = [
    ...["", "\n", "abc", randomBytes(31).toString("base64"), randomBytes(33).toString("base64"), randomBytes(32).toString("hex")],
    ...[`${good}x`, `x${good}`, good.slice(0, -1), `${good.slice(0, 10)} ${good.slice(10)}`, `${good}\n${good}`],
  ];
  for (const text of wrong) {
    writeFileSync(path, text);
    const inFile = (error) => error.code === "ERR_INTERVEN_CONFIGURATION" && (text.length < 4 || !error.message.includes(text));
    assert.throws(() => openVaultKey(directory, undefined), inFile, JSON.stringify(text));
    if (text !== "") assert.throws(() => openVaultKey(directory, text), /INTERVEN_VAULT_KEY must hold the base64/);
  }
  const other = temporaryDirectory(t);
  mkdirSync(join(other, "vault.key"));
  assert.throws(() => openVaultKey(other, undefined), /cannot be read \(EISDIR\)/);
  assert.throws(() => openVaultKey(join(other, "none"), undefined), { code: "ENOENT" });
  chmodSync(path, 0o600);
});
