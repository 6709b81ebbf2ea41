// What an international host name reads as: a name that is sent as `xn--…` may be drawn like one that people trust.

const [BASE, T_MIN, T_MAX, SKEW, DAMP] = [36, 1, 26, 38, 700];

/** The host with its labels decoded (RFC 3492); `undefined` where there is nothing to decode. */
export function decodedHost(host) {
  const labels = host.split(".");
  if (!labels.some((label) => /^xn--/i.test(label))) return undefined;
  return labels.map((label) => (/^xn--/i.test(label) ? (decode(label.slice(4)) ?? label) : label)).join(".");
}

function decode(label) {
  const cut = label.lastIndexOf("-");
  const output = [...label.slice(0, Math.max(0, cut))];
  let [n, i, bias] = [128, 0, 72];
  for (let at = cut + 1; at < label.length; ) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(label[at++]);
      if (digit === undefined) return undefined;
      i += digit * weight;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    n += Math.floor(i / length);
    i %= length;
    if (n > 0x10ffff) return undefined;
    output.splice(i++, 0, String.fromCodePoint(n));
  }
  return output.join("");
}

function digitOf(character = "") {
  if (/^[a-z]$/i.test(character)) return character.toLowerCase().charCodeAt(0) - 97;
  return /^\d$/.test(character) ? Number(character) + 26 : undefined;
}

function adapt(delta, length, first) {
  let left = first ? Math.floor(delta / DAMP) : delta >> 1;
  left += Math.floor(left / length);
  let k = 0;
  for (; left > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) left = Math.floor(left / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}
