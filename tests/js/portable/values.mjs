// Values that look live, made at run time: none stands in the repository.

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function awsKey() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return ["AK", "IA", ...Array.from(random, (byte) => BASE32[byte % 32])].join("");
}

export const ssn = () => ["536", "22", String(1200 + Math.floor(Math.random() * 8000))].join("-");

/** Lets clients reach the loopback server of these tests. */
export const LOCAL = { allowPrivate: ["127.0.0.1"] };
