// Preloaded before a snippet runs. The snippet is not changed: its `fetch` is. What it sends to a documentation host lands
// at the test's upstream, what it asks of `localhost:4100` at the test's gateway, and nothing else is contacted.
// interven sees the URL as the snippet has it, because it decides before it calls this `fetch`.

const { README_UPSTREAM, README_GATEWAY } = process.env;
const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const to = /(^|\.)example\.com$/.test(url.hostname)
    ? README_UPSTREAM
    : url.host === "localhost:4100"
      ? README_GATEWAY
      : undefined;
  if (to === undefined) throw new Error(`${url.host} must not be contacted`);
  return await send(`${to}${url.pathname}${url.search}`, init);
};
