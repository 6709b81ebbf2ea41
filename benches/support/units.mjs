// Numbers as people read them. A column's name ends in its unit, and the unit decides the digits.

const DIGITS = { bytes: 0, µs: 1, ms: 2, "MB/s": 1, "×": 2, "%": 1 };

/** The text of a cell. Nothing was measured where there is `null`. */
export function cell(value, column) {
  if (value === null) return "–";
  if (typeof value !== "number") return String(value);
  if (value > 0 && value < 0.1) return value.toLocaleString("en-US", { maximumSignificantDigits: 2 });
  const digits = DIGITS[column.split(", ").at(-1)] ?? 0;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
