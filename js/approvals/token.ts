// A waiting call as text: signed, and without payload unless that was asked for; then it is sealed in it.

import { base64url, fromBase64url } from "../encoding.js";
import { ConfigurationError } from "../errors.js";
import type { WireRequest } from "../types.js";
import { ApprovalTokenError } from "./errors.js";

/** What a token says. */
export interface TokenClaims {
  approvalId: string;
  /** What the approval was asked for with. */
  digest: string;
  agentId: string;
  /** Where the approval is, or null where the client's own store has it. */
  gateway: string | null;
  /** Milliseconds since 1970. */
  expiresAtMs: number;
  /** The call of a function: `resume` cannot make it. */
  isFunction?: boolean;
  /** Sealed: the key of the digest, where no process but this one has it. */
  digestKey?: string;
}

/** A token that was read. */
export interface Token {
  claims: TokenClaims;
  /** The call, if it travels along. */
  request: WireRequest | undefined;
}

const PREFIX = "interven1";
/** A token with a payload holds at most the largest body, as base64 of base64. */
const MAX_LENGTH = 200_000_000;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Signs and seals tokens. */
export class TokenKey {
  readonly #secret: Uint8Array<ArrayBuffer>;
  /** Whether the gateway has it too. */
  readonly isShared: boolean;

  private constructor(secret: Uint8Array<ArrayBuffer>, isShared: boolean) {
    this.#secret = secret;
    this.isShared = isShared;
  }

  /**
   * The key from an option, or from the key of the gateway.
   *
   * @throws {ConfigurationError} for a secret that could be guessed.
   */
  static from(option: string | Uint8Array | undefined, apiKey: string | undefined): TokenKey | undefined {
    const given = option ?? apiKey;
    if (given === undefined) return undefined;
    const secret = typeof given === "string" ? encoder.encode(given) : new Uint8Array(given);
    if (option !== undefined && secret.length < 32) throw new ConfigurationError("tokenKey must have at least 32 bytes.");
    return new TokenKey(secret, option === undefined || option === apiKey);
  }

  /** Another key of 32 bytes, for a use of its own. */
  async derive(info: string): Promise<Uint8Array<ArrayBuffer>> {
    const bits = await crypto.subtle.deriveBits(hkdf(info), await this.#imported("deriveBits"), 256);
    return new Uint8Array(bits);
  }

  /** Makes a token; with a request, that is sealed in it (AES-256-GCM). */
  async sign(claims: TokenClaims, request?: WireRequest): Promise<string> {
    const sealed = request === undefined ? "" : await this.seal(written(request));
    const head = base64url(encoder.encode(JSON.stringify(claims)));
    const text = `${PREFIX}.${head}.${sealed}`;
    const mac = await crypto.subtle.sign("HMAC", await this.#signing(["sign"]), encoder.encode(text));
    return `${text}.${base64url(new Uint8Array(mac))}`;
  }

  /** @throws {ApprovalTokenError} for anything that this key has not signed. */
  async read(token: string): Promise<Token> {
    if (typeof token !== "string" || token.length > MAX_LENGTH) throw new ApprovalTokenError("It is no token of an approval.");
    const cut = token.lastIndexOf(".");
    const [prefix, head, sealed, ...more] = token.slice(0, Math.max(0, cut)).split(".");
    const mac = bytes(token.slice(cut + 1));
    if (prefix !== PREFIX || head === undefined || sealed === undefined || more.length > 0 || mac === undefined)
      throw new ApprovalTokenError("It is no token of an approval.");
    const signed = encoder.encode(token.slice(0, cut));
    if (!(await crypto.subtle.verify("HMAC", await this.#signing(["verify"]), mac, signed)))
      throw new ApprovalTokenError(
        "The token was not signed with this key, or was changed: use the tokenKey that it was made with.",
      );
    const request = sealed === "" ? undefined : read(await this.open(sealed));
    return { claims: JSON.parse(decoder.decode(bytes(head))) as TokenClaims, request };
  }

  /** Seals bytes for who has the key. */
  async seal(plain: Uint8Array<ArrayBuffer>): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.#sealing(), plain);
    return base64url(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
  }

  /** @throws {ApprovalTokenError} for what was not sealed with this key. */
  async open(text: string): Promise<Uint8Array> {
    const sealed = bytes(text) ?? new Uint8Array();
    try {
      const iv = sealed.slice(0, 12);
      return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.#sealing(), sealed.slice(12)));
    } catch {
      throw new ApprovalTokenError("What the token holds cannot be opened.");
    }
  }

  #signing(use: ("sign" | "verify")[]): Promise<CryptoKey> {
    return this.#derived("interven token signature", { name: "HMAC", hash: "SHA-256", length: 256 }, use);
  }

  #sealing(): Promise<CryptoKey> {
    return this.#derived("interven token payload", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]);
  }

  /** A key for each use (HKDF, RFC 5869): what signs does not seal. */
  async #derived(info: string, kind: HmacKeyGenParams | AesKeyGenParams, use: KeyUsage[]): Promise<CryptoKey> {
    return crypto.subtle.deriveKey(hkdf(info), await this.#imported("deriveKey"), kind, false, use);
  }

  #imported(use: KeyUsage): Promise<CryptoKey> {
    return crypto.subtle.importKey("raw", this.#secret, "HKDF", false, [use]);
  }
}

const hkdf = (info: string) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(info) });

/** The head as JSON with its length before it, then the body as it is. */
function written({ method, url, headers, body }: WireRequest): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(JSON.stringify({ method, url, headers }));
  const out = new Uint8Array(4 + head.length + body.length);
  new DataView(out.buffer).setUint32(0, head.length);
  out.set(head, 4);
  out.set(body, 4 + head.length);
  return out;
}

function read(plain: Uint8Array): WireRequest {
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0);
  const head = JSON.parse(decoder.decode(plain.subarray(4, 4 + length))) as Omit<WireRequest, "body">;
  return { ...head, body: plain.slice(4 + length) };
}

function bytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  try {
    return fromBase64url(text);
  } catch {
    return undefined;
  }
}
