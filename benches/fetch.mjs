// What the guard adds to a call that goes out.

import { IntervenClient } from "interven";
import { cleanBody } from "./support/bodies.mjs";
import { fetchTable } from "./support/fetch-pairs.mjs";

export const about = "what the guard adds to a call";

export default async () => [await fetchTable(new IntervenClient({ allowPrivate: ["127.0.0.1"] }), cleanBody(1024))];
