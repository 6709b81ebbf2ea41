// Characters that could make a request look like another one: those that do not show, and those that look like others.

const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Letters of other scripts that are drawn like Latin ones. */
const LIKE_LATIN = new Set(
  "аеорсухіјѕһԁԛԝѵԍӏАВЕЅІЈКМНОРСТУХԌԚԜҮүҺոսօցհյզԱՕՍՏοανρτικυωϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᏔᏃᗅᗷᑕᗞᗴᖴꓐꓑꓓꓔꓖꓗꓜꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳ",
);
/** Marks that are drawn like those that mean something in an address. */
const LIKE_MARKS = new Set("∕⁄⧸／⟋․։ː∶꞉ꓽ˸‚٫؍∙⋅ᐧ‐‑‒–−﹣⁃‹›〈〉⟨⟩❨❩❲❳॥ǃ❗＠＃？＆＝");

/**
 * Cuts a text into what shows as itself and what would not; `why` says what is wrong with a piece, whose text then names
 * its characters. Line breaks and tabs of a body show as themselves.
 */
export function pieces(text, lines = false) {
  const odd = lookAlikes(text);
  const result = [];
  let plain = "";
  let at = 0;
  for (const character of text) {
    const why = reason(character, odd.has(at), lines);
    at += character.length;
    if (why === undefined) {
      plain += character;
      continue;
    }
    if (plain !== "") result.push({ text: plain });
    plain = "";
    result.push({ why, text: why === UNSEEN ? named(character) : `${character}${named(character)}` });
  }
  if (plain !== "") result.push({ text: plain });
  return result;
}

/** How many characters of a text do not show, and how many look like others. */
export function oddities(text, lines = false) {
  const odd = pieces(text, lines).filter((piece) => piece.why !== undefined);
  const unseen = odd.filter((piece) => piece.why === UNSEEN).length;
  return { unseen, alike: odd.length - unseen };
}

const UNSEEN = "invisible character";
const ALIKE = "looks like another character";

function reason(character, alike, lines) {
  if (HIDDEN.test(character)) return lines && (character === "\n" || character === "\t") ? undefined : UNSEEN;
  return alike || LIKE_MARKS.has(character) || isForm(character) ? ALIKE : undefined;
}

const named = (character) => `‹U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`;

/** Offsets of letters that pass for Latin ones, in words that Latin letters are in or that hold nothing else. */
function lookAlikes(text) {
  const found = new Set();
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (/^[\x00-\x7f]*$/.test(word)) continue;
    const characters = [...word];
    const letters = characters.filter((character) => /\p{L}/u.test(character));
    const mixed = letters.some((letter) => /\p{Script=Latin}/u.test(letter));
    const whole = letters.length > 1 && letters.every((letter) => LIKE_LATIN.has(letter));
    let at = index;
    for (const character of characters) {
      if (isAlike(character, mixed, whole)) found.add(at);
      at += character.length;
    }
  }
  return found;
}

/** Wide, bold, circled and other forms of a plain character. */
function isForm(character) {
  return character.codePointAt(0) > 127 && /^[\x21-\x7e]$/.test(character.normalize("NFKC"));
}

function isAlike(character, mixed, whole) {
  if (character.codePointAt(0) < 128) return false;
  if (/\p{M}/u.test(character)) return mixed;
  return whole || (mixed && !/\p{Script=Latin}/u.test(character));
}
