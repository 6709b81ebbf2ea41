// Builds `benches/engines` with one of its engines, and loads it.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { FEATURES, FLAGS, SIMD } from "../../scripts/build.mjs";
import { must } from "../../scripts/run.mjs";

const TARGET = "wasm32-unknown-unknown";
const OUT = "target/bench/engines";

/** The rule scan alone, as it is in the package: all rules, their checks, no parsing. */
export const ruleScan = async () => loaded(await compiled("rules", "."));

/** The rule scan with the rules of some families only. */
export const ruleScanOf = async (families) => loaded(await compiled("rules", subset(families), "subset"));

/** One-pass `regex_automata` with patterns; see `regexps.mjs`. */
export async function metaEngine(patterns) {
  const engine = await loaded(await compiled("meta", "."));
  engine.write(new TextEncoder().encode(patterns.join("\n")));
  if (engine.load() !== patterns.length) throw new Error("regex_automata does not take the patterns");
  return engine;
}

async function compiled(feature, root, name = feature) {
  const what = `Compiling the engine \`${name}\` to WebAssembly`;
  const args = ["build", "--release", "--target", TARGET, "--features", feature, "--manifest-path"];
  const env = { CARGO_TARGET_DIR: `target/wasm-bench-${name}`, CARGO_ENCODED_RUSTFLAGS: [...FLAGS, ...SIMD].join("\u001f") };
  await must(what, "cargo", [...args, `${root}/benches/engines/Cargo.toml`], { log: `target/build-logs/bench-${name}.log`, env });
  mkdirSync(OUT, { recursive: true });
  const [from, to] = [`target/wasm-bench-${name}/${TARGET}/release/bench_engines.wasm`, `${OUT}/${name}.wasm`];
  const optimise = [
    "node_modules/binaryen/bin/wasm-opt",
    "-O3",
    ...["simd", ...FEATURES].map((one) => `--enable-${one}`),
    from,
    "-o",
    to,
  ];
  await must(what, process.execPath, optimise, { log: `target/build-logs/bench-${name}-opt.log` });
  return to;
}

/** A copy of the sources whose list of families is shorter: nothing in the package is there for a benchmark. */
function subset(families) {
  const root = "target/bench/subset";
  rmSync(root, { recursive: true, force: true });
  for (const path of ["Cargo.toml", "src", "README.md", "benches/engines"].filter(existsSync))
    cpSync(path, `${root}/${path}`, { recursive: true });
  const file = `${root}/src/detect/mod.rs`;
  const source = readFileSync(file, "utf8");
  const list = /(?<=static FAMILIES: &\[&\[&Rule\]\] = &\[\n)[\s\S]*?(?=\];\n)/;
  const kept = families.map((family) => `    ${family}::RULES,\n`);
  for (const line of kept) if (!list.exec(source)?.[0].includes(line)) throw new Error(`there is no family ${line.trim()}`);
  writeFileSync(file, source.replace(list, kept.join("")));
  return root;
}

async function loaded(path) {
  const { instance } = await WebAssembly.instantiate(readFileSync(path));
  const { input, load, scan, memory } = instance.exports;
  // Asking for room may replace the buffer.
  const room = (length) => {
    const at = input(length);
    return new Uint8Array(memory.buffer, at, length);
  };
  const write = (bytes) => room(bytes.length).set(bytes);
  /** A string straight into the engine's memory: a unit of UTF-16 takes at most three bytes. */
  const writeText = (text) => input(encoder.encodeInto(text, room(text.length * 3)).written);
  return { write, writeText, load, scan };
}

const encoder = new TextEncoder();
