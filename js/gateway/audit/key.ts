/** The key that signs the record's head. It is made at the first start and stays in the data directory. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { join } from "node:path";
import { ConfigurationError } from "../../errors.js";
import { readKeyFile, writeKeyFile } from "../store/key-file.js";

/** An Ed25519 key. */
export interface AuditKey {
  /** SubjectPublicKeyInfo in base64: a PEM file without its first and last line. */
  publicKey: string;
  /** Signature of a text, base64. */
  sign(text: string): string;
}

const KEY_FILE = "audit.key";

/** The key of a data directory, made where there is none and `makes` allows it; `undefined` otherwise. */
export function openAuditKey(directory: string, makes: boolean): AuditKey | undefined {
  const path = join(directory, KEY_FILE);
  const pem = readKeyFile(path, "the key of the audit record");
  if (pem !== undefined) return keyFrom(pem, path);
  if (!makes) return undefined;
  const made = newPem();
  writeKeyFile(path, made);
  return keyFrom(made, path);
}

/** A key that is kept nowhere. */
export const passingAuditKey = (): AuditKey => keyFrom(newPem(), "");

const newPem = (): string => generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** Whether a signature over a text is by this public key. What is no key or no signature is not. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" && verify(null, Buffer.from(text), key, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}

function keyFrom(pem: string, path: string): AuditKey {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw unusable(path);
  }
  if (key.asymmetricKeyType !== "ed25519") throw unusable(path);
  return {
    publicKey: createPublicKey(key).export({ type: "spki", format: "der" }).toString("base64"),
    sign: (text) => sign(null, Buffer.from(text), key).toString("base64"),
  };
}

function unusable(path: string): ConfigurationError {
  return new ConfigurationError(
    `${path} is not the Ed25519 key of an audit record. Put the right file back, or move it away and run: interven audit reseal`,
  );
}
