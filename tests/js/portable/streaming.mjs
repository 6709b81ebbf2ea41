import { equal, throws } from "./assert.mjs";
import { awsKey, ssn } from "./values.mjs";

const places = (findings) => findings.map(({ rule_id, start, end }) => [rule_id, start, end]);

export default {
  "a text in pieces gives what the whole gives": async ({ interven }) => {
    const text = `€ ssn ${ssn()} \u{1f600} key ${awsKey()} ${"and so on ".repeat(70_000)}ssn ${ssn()} end`;
    const whole = new interven.Detector();
    const want = [...places(whole.push(text)), ...places(whole.finish().findings)];
    equal(
      want.map(([id]) => id),
      ["us_ssn", "aws_access_key_id", "us_ssn"],
    );
    const bytes = new TextEncoder().encode(text);
    for (const size of [7, 4_099, 300_000]) {
      const [fromText, fromBytes] = [new interven.Detector(), new interven.Detector(new interven.Engine())];
      const [gotText, gotBytes] = [[], []];
      for (let at = 0; at < text.length; at += size) gotText.push(...places(fromText.push(text.slice(at, at + size))));
      for (let at = 0; at < bytes.length; at += size) gotBytes.push(...places(fromBytes.push(bytes.subarray(at, at + size))));
      equal([...gotText, ...places(fromText.finish().findings)], want, `text in pieces of ${size}`);
      const { findings, coverage } = fromBytes.finish();
      equal([...gotBytes, ...places(findings)], want, `bytes in pieces of ${size}`);
      equal(coverage, { bytes: bytes.length, skipped: [] });
    }
  },

  "a text that has ended takes no more": async ({ interven }) => {
    const detector = new interven.Detector();
    detector.push("text");
    detector.finish();
    equal((await throws(() => detector.push("more"))).code, "ERR_INTERVEN_ENGINE");
    equal((await throws(() => detector.finish())).code, "ERR_INTERVEN_ENGINE");
  },
};
