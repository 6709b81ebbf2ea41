/** Text from agents for people's eyes, where nothing may look like something else. */

const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** Writes every character that would not show as its code point. `lines` leaves line feeds and tabs as they are. */
export function readable(text: string, lines = false): string {
  return text.replace(HIDDEN, (character) => {
    if (lines && (character === "\n" || character === "\t")) return character;
    const code = character.codePointAt(0) ?? 0;
    return `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
  });
}

/** How many characters of a text do not show. */
export function hiddenCount(text: string, lines = false): number {
  const shown = (character: string) => lines && (character === "\n" || character === "\t");
  return (text.match(HIDDEN) ?? []).filter((character) => !shown(character)).length;
}

/** The beginning of a text, never half a character of it. */
export function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.slice(0, /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most);
}
