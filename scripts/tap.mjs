// What of a report of `node --test` is told when something fails: all about what failed, and all that was printed.

const RESULT = /^(not )?ok \d+/;

/** Leaves out the tests that passed. In the report, which is TAP, a test ends with `ok` or `not ok` and a block of YAML. */
export function failures(report) {
  const told = [];
  let test = [];
  let [ended, passed, inBlock] = [false, false, false];
  for (const line of report.split("\n")) {
    const opens = ended && !inBlock && line === "  ---";
    if (ended && !inBlock && !opens) close();
    test.push(line);
    if (opens) inBlock = true;
    else if (inBlock) inBlock = line !== "  ...";
    else if (RESULT.test(line)) [ended, passed] = [true, line.startsWith("ok")];
  }
  close();
  return told.join("\n");

  function close() {
    // What a test prints is a comment.
    told.push(...(passed ? test.filter((line) => /^# (?!Subtest: )/.test(line)) : test));
    test = [];
    [ended, passed] = [false, false];
  }
}
