// The tables of operations, held against what the engine knows of the same services.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../../../dist/engine.js";
import { serviceOf } from "../../../dist/gateway/services.js";
import { Params } from "../../../dist/gateway/tools/params.js";
import { requestOf } from "../../../dist/gateway/tools/request.js";
import { TABLES } from "../../../dist/gateway/tools/table/index.js";
import { codeIn, tableRows } from "../readme/blocks.mjs";

test("each operation is a request that the engine takes for that operation of that tool", () => {
  const engine = new Engine();
  let count = 0;
  for (const [tool, table] of TABLES) {
    const base = serviceOf(tool).base ?? table.example;
    for (const [name, operation] of Object.entries(table.operations)) {
      const names = [...operation.path.matchAll(/\{(\w+)/g)].map(([, parameter]) => parameter);
      const given = [...names, ...Object.values(operation.headers ?? {})].map((parameter) => [parameter, "x1"]);
      const params = Params.read(new TextEncoder().encode(JSON.stringify(Object.fromEntries(given))));
      const request = requestOf(base, table, operation, params);
      const { report } = engine.explain(request);
      assert.equal(new URL(request.url).href, request.url);
      assert.deepEqual([report.tool_name, report.operation], [tool, name], request.url);
      assert.ok(request.method !== "GET" || report.verb === "READ", `${tool} ${name}`);
      count += 1;
    }
  }
  assert.ok(count >= 150, String(count));
  assert.equal(TABLES.size, 14);
});

test("the page lists every operation, with what stands in its path", () => {
  const listed = tableRows("docs/tools.md", "tool").map(([tool, operations]) => [codeIn(tool)[0], operations]);
  const written = [...TABLES].map(([tool, { operations }]) => {
    const each = Object.entries(operations).map(([name, { path }]) => {
      const names = [...path.matchAll(/\{(\w+)/g)].map(([, parameter]) => parameter);
      return names.length > 0 ? `\`${name}\` {${names.join(", ")}}` : `\`${name}\``;
    });
    return [tool, each.join(", ")];
  });
  assert.deepEqual(listed, written);
});
