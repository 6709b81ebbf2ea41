// Small enough to run anywhere.

const show = (value) => (typeof value === "string" ? value : JSON.stringify(value));

export function equal(got, want, what = "value") {
  if (show(got) !== show(want)) throw new Error(`${what}: got ${show(got)}, want ${show(want)}`);
}

export function ok(value, what) {
  if (!value) throw new Error(what);
}

/** Runs something that must throw, and returns what it threw. */
export async function throws(action) {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
