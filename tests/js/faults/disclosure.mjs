// Runs on every runtime: asks a gateway about calls that hold what the rules find, and looks for it in what was asked.

/** Shorter values, and words, stand in anything by chance. */
const telling = (value) => value.length >= 8 && /[^a-z_]/.test(value);
const HIDDEN = ["SECRETS", "PII", "PHI"];
const API = "https://api.example.com";
const JSON_TYPE = ["content-type", "application/json"];
const encoder = new TextEncoder();

const post = (body, headers = []) => ({ method: "POST", url: `${API}/notes`, headers, body });
const get = (path, headers = []) => ({ method: "GET", url: `${API}${path}`, headers, body: "" });

/** Name → the call that holds a text there. */
const PLACES = {
  "a JSON text": (text) => post(JSON.stringify({ note: text }), [JSON_TYPE]),
  "a JSON key": (text) => post(JSON.stringify({ deep: [{ [text]: [true] }] }), [JSON_TYPE]),
  "a text": (text) => post(text, [["content-type", "text/plain"]]),
  "a form": (text) =>
    post(new URLSearchParams({ note: text }).toString(), [["content-type", "application/x-www-form-urlencoded"]]),
  base64: (text) => post(JSON.stringify({ note: base64(text) }), [JSON_TYPE]),
  hex: (text) => post(JSON.stringify({ note: hex(text) }), [JSON_TYPE]),
  "percent in JSON": (text) => post(JSON.stringify({ note: encodeURIComponent(text) }), [JSON_TYPE]),
  "a path": (text) => get(`/a/${encodeURIComponent(text)}`),
  "a query": (text) => get(`/?q=${encodeURIComponent(text)}`),
  "a fragment": (text) => get(`/#${encodeURIComponent(text)}`),
  "a header": (text) => get("/", [["x-note", text]]),
  authorization: (text) => get("/", [["authorization", `Bearer ${text}`]]),
  "a cookie": (text) => get("/", [["cookie", `s=${text}`]]),
};

const base64 = (text) => btoa(Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join(""));
const hex = (text) => Array.from(encoder.encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The values that the findings of a call stand on, and what those are when their writing is undone. */
function values(request, findings) {
  const body = encoder.encode(request.body);
  const cut = ({ part, header, start, end }) => {
    const whole = { url: request.url, header: request.headers[header]?.[1], header_name: request.headers[header]?.[0] }[part];
    return new TextDecoder().decode((whole === undefined ? body : encoder.encode(whole)).subarray(start, end));
  };
  const found = findings.filter((one) => HIDDEN.includes(one.class) && !one.placeholder).map(cut);
  return [...new Set(found.flatMap((value) => [value, ...undone(value)]))].filter(telling);
}

function undone(value) {
  const attempts = [() => JSON.parse(`"${value}"`), () => decodeURIComponent(value)];
  return attempts.flatMap((attempt) => {
    try {
      return [attempt()];
    } catch {
      return [];
    }
  });
}

/** @returns how often the gateway was asked, how many values that was about, and where one of them was. */
export async function run(interven, { examples }) {
  const gateway = new interven.testing.ScriptedGateway();
  // Expected at this host: what would be a DENY otherwise, and so asked nobody, is asked about.
  const options = { allowlist: [{ reason: "expected in this test", host: "api.example.com" }] };
  const clock = new interven.testing.FakeClock();
  const client = new interven.IntervenClient({ ...options, env: {}, gatewayUrl: gateway.url, fetch: gateway.fetch, clock });
  const engine = new interven.Engine(options);
  const total = { calls: 0, asked: 0, values: 0, leaks: [] };
  for (const [at, { rule, text }] of examples.entries())
    for (const [place, make] of Object.entries(PLACES)) {
      const request = make(text);
      const url = new URL(request.url).href;
      const { findings } = engine.scan({ ...request, url, body: encoder.encode(request.body) }).report;
      const hidden = values({ ...request, url }, findings);
      gateway.requests.length = 0;
      gateway.sent.length = 0;
      const held = place === "a JSON text" && at % 20 === 0;
      if (held) gateway.scan({ decision: "REQUIRE_APPROVAL" });
      // Both ways: one decides, the other waits for the approval and sends.
      if (held) await client.fetch(url, { method: "POST", headers: request.headers, body: request.body }).catch(() => {});
      else await client.scan({ ...request, body: request.method === "GET" ? undefined : request.body });
      total.calls += 1;
      total.asked += gateway.requests.length;
      if (gateway.requests.length > 0) total.values += hidden.length;
      const leaks = gateway.leaksOf(...hidden).map(({ form, where }) => `${rule}/${at} in ${place}: ${form} in ${where}`);
      total.leaks.push(...leaks);
    }
  return { ...total, leaks: total.leaks.slice(0, 50), found: total.leaks.length };
}
