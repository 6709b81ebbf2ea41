// Medians: one slow run, and there is always one, must not move a figure.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Smallest, median, largest. */
export const spread = (values) => [Math.min(...values), median(values), Math.max(...values)];

/** Between these two of the values the median of what they were drawn from lies, 95 times in 100. */
export function interval(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = 0.98 * Math.sqrt(sorted.length);
  const at = (rank) => sorted[Math.max(0, Math.min(sorted.length - 1, Math.round(rank)))];
  return [at(sorted.length / 2 - half - 1), at(sorted.length / 2 + half)];
}
