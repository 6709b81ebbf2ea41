// Medians: one slow run, and there is always one, must not move a figure.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Smallest, median, largest. */
export const spread = (values) => [Math.min(...values), median(values), Math.max(...values)];
