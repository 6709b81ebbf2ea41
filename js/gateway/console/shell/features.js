// What the gateway behind this page can do, by its own description.

let paths;

/** Whether a path is served. */
export async function serves(path) {
  paths ??= fetch("/openapi.json", { cache: "no-store" })
    .then((response) => response.json())
    .then((document) => document.paths ?? {})
    .catch(() => ({}));
  return Object.hasOwn(await paths, path);
}
