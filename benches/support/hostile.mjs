// What has been slow for one scanner or another: each makes a text of so many bytes.

import { randomText } from "./bodies.mjs";
import { repeated } from "./inputs.mjs";

const of = (unit) => (bytes) => repeated(unit, bytes);

export const hostile = {
  "one base64 image": (bytes) => `data:image/png;base64,${randomText("base64", bytes - 22)}`,
  "an array of numbers": (bytes) => {
    const digits = randomText("digits", bytes);
    return repeated(
      digits.replace(/\d{9}/g, (nine) => `-0.${nine.slice(1)}, `),
      bytes,
    );
  },
  "hexadecimal without an end": (bytes) => randomText("hex", bytes),
  "letters and digits without an end": of("Aa1"),
  "JWT heads (eyJ, ten more, a dash)": of(`eyJ${"a".repeat(10)}-`),
  "JWT of two segments": of(`eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)} `),
  "@@@@": of("@"),
  "a@a@": of("a@"),
  "aaaa.aaaa@": of("aaaa.aaaa@"),
  "1111 1111 ": of("1111 1111 "),
  "1.1.1.": of("1."),
  "a:b:c:": of("a:b:c:"),
  "token: ": of("token: "),
  "token=token=": of("token="),
  "bearer bearer ": of("bearer "),
  "-----BEGIN ": of("-----BEGIN "),
  "private keys without an end": of(`-----BEGIN ${"PRIVATE KEY"}-----\n`),
  "sk-proj- heads": of("sk-proj-aaaaaaaaaaaa"),
  "32 hexadecimal digits": of(`${"0a".repeat(16)} `),
  "a-a-a-": of("a-"),
  "AA00 AA00 ": of("AA00 "),
  "://a:b": of("://a:b"),
  "sntrys_ heads": of("sntrys_eyJ"),
  "quotes and backslashes": of('\\"\\\\'),
  "(((( and digits": of("(1(2"),
  "+1+1+1": of("+1"),
  "<<<< of a passport": of("P<A<"),
  "12 Old Old Old …": of("12 Old Old Old Old "),
};
