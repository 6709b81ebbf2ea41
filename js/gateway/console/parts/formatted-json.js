// JSON with line breaks and indentation added between tokens; no token is changed, unlike by a parser.

/** `undefined` where the text is no JSON, or would look the same. */
export function formattedJson(source) {
  try {
    JSON.parse(source);
  } catch {
    return undefined;
  }
  let depth = 0;
  const newline = () => `\n${"  ".repeat(depth)}`;
  const tokens = source.match(/"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  const out = tokens.map((token, index) => {
    if (token === "{" || token === "[") {
      depth++;
      return tokens[index + 1] === "}" || tokens[index + 1] === "]" ? token : token + newline();
    }
    if (token === "}" || token === "]") {
      depth--;
      return tokens[index - 1] === "{" || tokens[index - 1] === "[" ? token : newline() + token;
    }
    if (token === ",") return token + newline();
    return token === ":" ? ": " : token;
  });
  const text = out.join("");
  return text === source ? undefined : text;
}
