// A certificate for 127.0.0.1, signed by itself and made when a test runs: no key stands in the repository.

import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

function der(tag, ...contents) {
  const body = Buffer.concat(contents.map((content) => Buffer.from(content)));
  const size =
    body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...contents) => der(0x30, ...contents);
const time = (date) => der(0x18, date.toISOString().replace(/[-:T]|\.\d+/g, ""));
/** ecdsa-with-SHA256, commonName, subjectAltName. */
const [ECDSA, NAME, ALTERNATIVE] = ["2a8648ce3d040302", "550403", "551d11"].map((hex) => der(6, Buffer.from(hex, "hex")));

let made;

/** `{ key, cert }`, as `https.createServer` takes them. */
export function selfSigned() {
  if (made !== undefined) return made;
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const name = sequence(der(0x31, sequence(NAME, der(0x0c, "interven test"))));
  const day = 86_400_000;
  const [from, until] = [new Date(Date.now() - day), new Date(Date.now() + day)];
  const address = sequence(der(0x87, [127, 0, 0, 1]));
  const content = sequence(
    der(0xa0, der(2, [2])),
    der(2, [1, ...randomBytes(8)]),
    sequence(ECDSA),
    name,
    sequence(time(from), time(until)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(sequence(ALTERNATIVE, der(4, address)))),
  );
  const signature = der(3, [0], sign("sha256", content, privateKey));
  const certificate = sequence(content, sequence(ECDSA), signature);
  const lines = certificate.toString("base64").match(/.{1,64}/g);
  made = {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
  return made;
}
