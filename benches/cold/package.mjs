// From the bytes to the first verdict: decode, compile, instantiate, make an engine, scan.

const entry = process.argv[3];
const { Engine } = await import(entry);
const body = new TextEncoder().encode('{"note":"hello"}');
const request = { method: "POST", url: "https://api.example.com/notes", headers: [["content-type", "application/json"]], body };

export function run() {
  const { decision } = new Engine().scan(request);
  if (decision !== "ALLOW") throw new Error(`unexpected ${decision}`);
}
