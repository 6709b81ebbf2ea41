// Edge bundlers want the suffix to hand over a compiled module.
import module from "./slim_bg.wasm?module";

export default module;
