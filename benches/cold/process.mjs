// A process that does one thing once: `process.mjs SUBJECT [ENTRY]` prints how long loading and doing it took, in ms.

const start = performance.now();
const { run } = await import(process.argv[2]);
const loaded = performance.now();
run();
const done = performance.now();
console.log(JSON.stringify({ load: loaded - start, "first verdict": done - loaded, both: done - start }));
