export * from "./core_bg.js";
