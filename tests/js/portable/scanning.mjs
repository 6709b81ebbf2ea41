import { equal, ok } from "./assert.mjs";
import { awsKey, ssn } from "./values.mjs";

const url = "https://api.example.com/notes";

export default {
  "scan allows an ordinary call": async ({ interven }) => {
    const result = await new interven.IntervenClient().scan({ method: "POST", url, body: { title: "hello" } });
    // A destination that is not known yet.
    equal([result.decision, result.allowed, result.riskScore, result.sanitizedBody], ["ALLOW", true, 0.15, undefined]);
  },

  "scan denies a secret and shows nothing of it": async ({ interven }) => {
    const key = awsKey();
    const result = await new interven.IntervenClient().scan({ url, headers: { "x-a": "b" }, body: { key } });
    equal([result.decision, result.blocked, result.reasonCodes], ["DENY", true, ["SECRET_DETECTED"]]);
    ok(!JSON.stringify(result).includes(key), "the key is in the result");
  },

  "scan gives the redacted body in the form of the body": async ({ interven }) => {
    const client = new interven.IntervenClient();
    const value = ssn();
    equal((await client.scan({ url, body: { value, n: 1 } })).sanitizedBody, { value: "[US_SSN:1]", n: 1 });
    equal((await client.scan({ url, body: `ssn ${value}` })).sanitizedBody, "ssn [US_SSN:1]");
    const bytes = (await client.scan({ url, body: new TextEncoder().encode(`ssn ${value}`) })).sanitizedBody;
    equal(new TextDecoder().decode(bytes), "ssn [US_SSN:1]");
  },

  "scan says when a person is needed": async ({ interven }) => {
    const policy = { name: "p", rules: [{ rule_id: "r", match: { verbs: ["WRITE"] }, action: "REQUIRE_APPROVAL" }] };
    const result = await new interven.IntervenClient({ policy }).scan({ url, body: {} });
    equal([result.decision, result.needsApproval], ["REQUIRE_APPROVAL", true]);
  },

  "redact replaces everything sensitive and nothing else": async ({ interven }) => {
    const client = new interven.IntervenClient();
    equal(client.redact("nothing here \u{1f600}"), "nothing here \u{1f600}");
    equal(client.redact(`key ${awsKey()} of jo.doe@corp-mail.com`), "key [AWS_ACCESS_KEY_ID:1] of [EMAIL:1]");
  },

  "errors in a policy name line, key and remedy": async ({ interven }) => {
    const policy = '{"name":"p",\n "rules":[{"rule_id":"r","acton":"DENY"}]}';
    let error;
    try {
      new interven.IntervenClient({ policy, policySource: "p.json" });
    } catch (thrown) {
      error = thrown;
    }
    ok(error instanceof interven.PolicyError, "not a PolicyError");
    equal([error.code, error.source, error.line, error.key], ["ERR_INTERVEN_POLICY", "p.json", 2, "rules[0].acton"]);
    equal(error.suggestion, "did you mean `action`?");
  },

  "options are checked": async ({ interven }) => {
    for (const options of [
      { polcy: {} },
      { failMode: "ajar" },
      { timeoutMs: -1 },
      { gatewayUrl: "http://gateway.example.com" },
      { gatewayUrl: "x" },
    ]) {
      let code;
      try {
        new interven.IntervenClient(options);
      } catch (error) {
        code = error.code;
      }
      equal(code, "ERR_INTERVEN_CONFIGURATION", JSON.stringify(options));
    }
  },

  "addresses are classified": async ({ interven }) => {
    const classes = ["8.8.8.8", "10.0.0.1", "::1", "169.254.169.254", "::ffff:a9fe:a9fe", "localhost"].map(
      interven.classifyAddress,
    );
    equal(classes, ["public", "private", "loopback", "metadata", "metadata", "reserved"]);
  },
};
