// Characters that could make a request look like another one.

const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** Cuts a text into what shows and what would not; line breaks and tabs of a body show as themselves. */
export function pieces(text, lines = false) {
  const result = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (lines && (match[0] === "\n" || match[0] === "\t")) continue;
    if (match.index > from) result.push({ hidden: false, text: text.slice(from, match.index) });
    result.push({ hidden: true, text: `‹U+${match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›` });
    from = match.index + match[0].length;
  }
  if (from < text.length) result.push({ hidden: false, text: text.slice(from) });
  return result;
}

/** How many characters of a text do not show. */
export function hiddenCount(text, lines = false) {
  return pieces(text, lines).filter((piece) => piece.hidden).length;
}
