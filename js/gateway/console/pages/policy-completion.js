// Keys that can stand where somebody writes, by the schema of policies.

/** The keys of the object that the end of `text` stands in, from the outermost; list places have no name. */
function pathAt(text) {
  const stack = [];
  let key;
  let literal;
  for (const [token] of text.matchAll(/"(?:\\.|[^"\\])*"?|[{}[\],:]/g)) {
    if (token === "{" || token === "[") {
      stack.push({ list: token === "[", name: key });
      key = undefined;
    } else if (token === "}" || token === "]") stack.pop();
    else if (token === ":") key = literal;
    else if (token === ",") key = undefined;
    else literal = token.slice(1, token.endsWith('"') && token.length > 1 ? -1 : undefined);
  }
  return {
    names: stack.map(({ name }) => name).filter((name) => name !== undefined),
    isList: stack.at(-1)?.list === true,
    inValue: key !== undefined,
  };
}

/** What may follow: `{ label, about }` for keys that are not there yet, and for values of a key that has a choice. */
export function completions(schema, text) {
  const open = /"([A-Za-z_$]*)$/.exec(text);
  if (!open) return { typed: "", found: [] };
  const before = text.slice(0, open.index);
  const { names, isList, inValue } = pathAt(before);
  const node = nodeAt(schema, names);
  const all = inValue || isList ? valuesOf(schema, node, before, isList) : Object.entries(node?.properties ?? {});
  const found = all
    .filter(([label]) => label.startsWith(open[1]) && label !== open[1])
    .map(([label, one]) => ({ label, about: resolve(schema, one)?.description ?? "", isValue: inValue || isList }));
  return { typed: open[1], found: found.slice(0, 12) };
}

function nodeAt(schema, names) {
  let node = schema;
  for (const name of names) {
    node = resolve(schema, node?.properties?.[name]);
    if (node?.items) node = resolve(schema, node.items);
  }
  return node;
}

function valuesOf(schema, node, before, isList) {
  const key = /"([A-Za-z_$]+)"\s*:[^:]*$/.exec(before)?.[1];
  const at = isList ? node : resolve(schema, node?.properties?.[key]);
  const values =
    at?.enum ??
    at?.items?.enum ??
    (at?.anyOf ?? at?.oneOf ?? []).flatMap((one) => resolve(schema, one)?.enum ?? resolve(schema, one)?.items?.enum ?? []);
  return values.filter((value) => typeof value === "string").map((value) => [value, {}]);
}

function resolve(schema, node) {
  const name = /^#\/\$defs\/(\w+)$/.exec(node?.$ref ?? "")?.[1];
  return name === undefined ? node : { ...schema.$defs[name], ...node };
}
