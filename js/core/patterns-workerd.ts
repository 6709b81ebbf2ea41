// Workers forbid compiling from bytes: the bundler hands over a compiled module.
import module from "./patterns_bg.wasm";

export default module;
