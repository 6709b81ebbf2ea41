import { equal, ok, throws } from "./assert.mjs";
import { ssn } from "./values.mjs";

const url = "https://api.example.com/notes";
const codename = { id: "codename", class: "PII", literals: ["Blue Heron", "Grey Owl"], ignoreCase: true };

const sha256 = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

export default {
  "a detector of one's own finds, redacts and is reported": async ({ interven }) => {
    const client = new interven.IntervenClient({ detectors: [codename] });
    const result = await client.scan({ url, body: { note: "about blue heron" } });
    equal([result.decision, result.sanitizedBody], ["SANITIZE", { note: "about [CODENAME:1]" }]);
    equal([result.raw.findings[0].rule_id, result.raw.findings[0].allowed], ["codename", false]);
    equal(client.redact("Grey Owl and BLUE HERON"), "[CODENAME:1] and [CODENAME:2]");
    equal(interven.redactText("Grey Owl"), "Grey Owl");
  },

  "what is expected is allowed until it expires": async ({ interven }) => {
    const value = ssn();
    const allowlist = [{ reason: "ours", sha256: await sha256(value), path: "/ssn", expiresAtMs: Date.now() + 3_600_000 }];
    const client = new interven.IntervenClient({ allowlist });
    const result = await client.scan({ url, body: { ssn: value } });
    equal([result.decision, result.raw.findings[0].allowed, result.raw.findings[0].reason], ["ALLOW", true, "ours"]);
    equal((await client.scan({ url, body: { other: `ssn ${value}` } })).decision, "SANITIZE");
    const expired = new interven.IntervenClient({ allowlist: [{ ...allowlist[0], expiresAtMs: 1_000 }] });
    equal((await expired.scan({ url, body: { ssn: value } })).decision, "SANITIZE");
    const engine = new interven.Engine({ allowlist });
    const body = new TextEncoder().encode(JSON.stringify({ ssn: value }));
    const late = { timeMs: Date.now() + 7_200_000 };
    const headers = [["content-type", "application/json"]];
    equal(engine.scan({ method: "POST", url, headers, body }, late).decision, "SANITIZE");
  },

  "operators replace by class and by rule": async ({ interven }) => {
    const body = { ssn: ssn(), to: "jo.doe@corp-mail.com" };
    const sanitized = async (redaction) =>
      (await new interven.IntervenClient({ redaction }).scan({ url, body })).sanitizedBody.ssn;
    equal(await sanitized({ default: "mask" }), "****");
    equal(await sanitized({ classes: { PII: "drop" } }), "");
    const hash = await sanitized({ rules: { us_ssn: "hash" }, key: "a key of the tests" });
    ok(/^\[US_SSN:h[0-9a-f]{16}\]$/.test(hash), hash);
    equal(await sanitized({ rules: { us_ssn: "hash" }, key: "a key of the tests" }), hash);
  },

  "what is said to the detector is checked": async ({ interven }) => {
    for (const [options, words] of [
      [{ detectors: [{ ...codename, id: "email" }] }, "detectors[0].id"],
      [{ detectors: [{ id: "own", class: "PII" }] }, "needs either `literals` or `regex`"],
      [{ detectors: codename }, "detectors: must be a list"],
      [{ detectors: [null] }, "detectors[0]: must be an object"],
      [{ allowlist: [{ reason: "r", rule: "us_snn" }] }, "did you mean `us_ssn`?"],
      [{ redaction: { default: "hash" } }, "redaction.key"],
      [{ redaction: { default: "hide" } }, "unknown operator `hide`"],
    ]) {
      const error = await throws(() => new interven.IntervenClient(options));
      equal(error.code, "ERR_INTERVEN_CONFIGURATION", JSON.stringify(options));
      ok(error.message.includes(words), error.message);
      ok(!error.message.includes("Heron"), error.message);
    }
  },

  "a vault keeps numbers and restores": async ({ interven }) => {
    const client = new interven.IntervenClient({ detectors: [codename] });
    const vault = new interven.Vault();
    const [a, b] = [ssn(), "jo.doe@corp-mail.com"];
    equal(client.redact(`ssn ${a} of ${b}`, { vault }), "ssn [US_SSN:1] of [EMAIL:1]");
    equal(client.redact(`Grey Owl, ssn ${a}`, { vault }), "[CODENAME:1], ssn [US_SSN:1]");
    equal(vault.size, 3);
    equal(
      vault.restore("to [EMAIL:1] \u{1f600} about [CODENAME:1] [CODENAME:2]"),
      `to ${b} \u{1f600} about Grey Owl [CODENAME:2]`,
    );
    equal(new TextDecoder().decode(vault.restore(new TextEncoder().encode("[US_SSN:1]"))), a);
    vault.clear();
    equal([vault.size, vault.restore("[US_SSN:1]")], [0, "[US_SSN:1]"]);
    equal(client.redact(b, { vault }), "[EMAIL:1]");
  },

  "a vault is bounded": async ({ interven }) => {
    const client = new interven.IntervenClient();
    const vault = new interven.Vault({ maxEntries: 1 });
    client.redact("a.b@corp-mail.com", { vault });
    const error = await throws(() => client.redact("a.b@corp-mail.com c.d@corp-mail.com", { vault }));
    equal([error.code, error instanceof interven.VaultFullError], ["ERR_INTERVEN_VAULT_FULL", true]);
    ok(!error.message.includes("@"), error.message);
    equal([vault.size, vault.restore("[EMAIL:2]")], [1, "[EMAIL:2]"]);
    for (const maxEntries of [0, -1, 1.5, Number.NaN, "2"]) {
      equal((await throws(() => new interven.Vault({ maxEntries }))).code, "ERR_INTERVEN_CONFIGURATION");
    }
  },

  "a vault takes nothing but texts, bytes and its own kind": async ({ interven }) => {
    const client = new interven.IntervenClient();
    for (const options of [null, 5, { vaults: 1 }, { vault: null }, { vault: {} }, { vault: 1 }])
      equal((await throws(() => client.redact("text", options))).code, "ERR_INTERVEN_CONFIGURATION");
    for (const options of [null, 5, { most: 1 }])
      equal((await throws(() => new interven.Vault(options))).code, "ERR_INTERVEN_CONFIGURATION");
    for (const given of [undefined, null, 5, {}, [1]])
      equal((await throws(() => new interven.Vault().restore(given))).code, "ERR_INTERVEN_INVALID_REQUEST");
  },

  "a detector in a stream knows what the engine was told": async ({ interven }) => {
    const allowlist = [
      { reason: "ours", rule: "email" },
      { reason: "elsewhere", rule: "codename", host: "*" },
    ];
    const detector = new interven.Detector({ detectors: [codename], allowlist });
    const found = [...detector.push("about Blue "), ...detector.push("Heron to jo.doe@corp-mail.com")];
    found.push(...detector.finish().findings);
    equal(
      found.map(({ rule_id, start, allowed, reason }) => [rule_id, start, allowed, reason]),
      [
        ["codename", 6, false, undefined],
        ["email", 20, true, "ours"],
      ],
    );
  },

  "a vault shows nothing": async ({ interven }) => {
    const vault = new interven.Vault();
    const value = ssn();
    new interven.IntervenClient().redact(`ssn ${value}`, { vault });
    equal([JSON.stringify({ vault }), String(vault), `${vault}`], ['{"vault":"[Vault]"}', "[Vault]", "[Vault]"]);
    const own = [...Object.getOwnPropertyNames(vault), ...Object.getOwnPropertySymbols(vault), ...Object.keys({ ...vault })];
    equal(own, []);
    equal(JSON.stringify(structuredClone(vault)), "{}");
    vault.clear();
  },
};
