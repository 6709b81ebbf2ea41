// The rules as JavaScript would have them: an expression each, or all in one.

/** Rules that are cut alike share an expression: nobody would run it twice. */
export function expressions(rules) {
  const distinct = new Map(rules.map(({ pattern, anyCase }) => [`${anyCase} ${pattern}`, { pattern, anyCase }]));
  return [...distinct.values()];
}

/** How much is found, expression by expression. */
export function oneByOne(rules) {
  const all = expressions(rules).map(({ pattern, anyCase }) => new RegExp(pattern, anyCase ? "gi" : "g"));
  return (text) => all.reduce((count, one) => count + found(one, text), 0);
}

/** How much is found by one expression of all alternatives (two: flags hold for all of an expression). */
export function alternation(rules) {
  const all = [false, true].map((anyCase) => {
    const alternatives = expressions(rules).filter((one) => one.anyCase === anyCase);
    return new RegExp(alternatives.map(({ pattern }) => `(?:${pattern})`).join("|"), anyCase ? "gi" : "g");
  });
  return (text) => all.reduce((count, one) => count + found(one, text), 0);
}

/** The same for `regex_automata`. */
export const patterns = (rules) => expressions(rules).map(({ pattern, anyCase }) => (anyCase ? `(?i)${pattern}` : pattern));

/** The share of the rules' evidence that the expressions find, each its own: whether they are the same rules. */
export function coverage(rules) {
  const texts = rules.flatMap((rule) => rule.positives.map((text) => ({ rule, text })));
  const hits = texts.filter(({ rule, text }) => new RegExp(rule.pattern, rule.anyCase ? "i" : "").test(text));
  return (100 * hits.length) / texts.length;
}

function found(expression, text) {
  expression.lastIndex = 0;
  let count = 0;
  while (expression.exec(text) !== null) count++;
  return count;
}
