// Runs on every runtime: makes the calls that it is told to make, and says how each ended.

const AT_ONCE = 12;

/** Makes every call of a job through a client of its own. */
export async function run(interven, { calls }) {
  const results = [];
  const waiting = [...calls];
  const worker = async () => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) results.push(await made(interven, call));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

async function made(interven, { id, url, body, options }) {
  const clock = new interven.testing.FakeClock();
  const client = new interven.IntervenClient({ ...options, clock });
  const init = { method: "POST", headers: { "content-type": "application/json" }, body };
  try {
    const response = await client.fetch(url, init);
    return { id, ended: `sent, ${response.status}` };
  } catch (error) {
    return { id, ended: interven.IntervenError.isInstance(error) ? error.code : `${error?.name}: ${error?.message}` };
  }
}
