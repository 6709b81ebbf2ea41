// What a runtime imports: the default entry, and beside it the others, for what must be the same in all of them.

/** Source text that defines `interven`. */
export const ENTRIES = `import * as main from "interven";
import * as slim from "interven/slim";
import * as patterns from "interven/patterns";
import * as testing from "interven/testing";
const interven = { ...main, testing, entries: { slim, patterns } };`;
