// A directory that lasts as long as a test.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Its path. */
export function temporaryDirectory(test) {
  const path = mkdtempSync(join(tmpdir(), "interven-test-"));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
