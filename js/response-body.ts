// An answer with another body: all else about it stays.

/** What says something about bytes that are not the same any more. */
const OF_THE_BYTES = ["content-length", "content-md5", "digest", "content-digest", "repr-digest"];

/** The same answer with another body; `error` says what ended it, once something has. */
export function withBody(response: Response, body: ReadableStream<Uint8Array<ArrayBuffer>>, error: () => unknown): Response {
  const headers = new Headers(response.headers);
  for (const name of OF_THE_BYTES) headers.delete(name);
  const { status, statusText, url, redirected, type } = response;
  const made = new Response(body, { status, statusText, headers });
  return told(made, { url, redirected, type }, error);
}

const BODY_METHODS = ["arrayBuffer", "blob", "bytes", "formData", "json", "text"];

/** An answer that was made here says where it came from, and why it cannot be read: Chromium would say that it could not fetch. */
function told(response: Response, origin: Pick<Response, "url" | "redirected" | "type">, error: () => unknown): Response {
  const own = response as unknown as Record<string, (() => Promise<unknown>) | undefined>;
  const define = (name: string, value: unknown) => Object.defineProperty(response, name, { value, configurable: true });
  for (const [name, value] of Object.entries(origin)) define(name, value);
  for (const name of BODY_METHODS) {
    const method = own[name];
    if (typeof method !== "function") continue;
    define(name, () =>
      method.call(response).catch((other) => {
        throw error() ?? other;
      }),
    );
  }
  const { clone } = response;
  define("clone", () => told(clone.call(response), origin, error));
  return response;
}
