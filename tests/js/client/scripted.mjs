// A gateway that says what a test wants, on a real socket.

import { createServer } from "node:http";

/**
 * Starts one until the end of the test. `answer` gets `{ method, path, body, headers }`, with the body parsed, and gives
 * `[status, body, headers?]`: the body as an object, or as text to be sent as it is; `undefined` closes the connection.
 */
export async function scriptedGateway(t, answer) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString();
    const seen = { method: request.method, path: request.url, raw, body: raw === "" ? undefined : JSON.parse(raw) };
    requests.push({ ...seen, headers: request.headers });
    const said = await answer({ ...seen, headers: request.headers }, requests.length);
    if (said === undefined) return request.socket.destroy();
    const [status, body, headers = {}] = said;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { gatewayUrl: `http://127.0.0.1:${server.address().port}`, requests };
}

/** The fields that every scan has. */
export const scanned = (decision, more = {}) => ({
  decision,
  risk_score: 0.1,
  risk_band: "LOW",
  reason_codes: decision === "DENY" ? ["POLICY_MATCH"] : [],
  trace_id: "trace-1",
  tool_name: "slack",
  operation: "post_message",
  classifications: [],
  signals: [],
  ...more,
});
