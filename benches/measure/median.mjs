// Middle of several runs: one slow run, of which a busy machine has many, does not move it.

/** The median, to two places. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const value = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return Math.round(value * 100) / 100;
}

/** Medians of the numbers in samples that have the same keys, and the lowest and highest of one of them. */
export function summary(samples, rangeOf) {
  const result = {};
  for (const key of Object.keys(samples[0])) result[key] = median(samples.map((sample) => sample[key]));
  const range = samples.map((sample) => sample[rangeOf]);
  return { ...result, [`${rangeOf}, lowest`]: median([Math.min(...range)]), highest: median([Math.max(...range)]) };
}

/** Takes turns between the subjects, so that what disturbs the machine disturbs them alike. Gives samples by name. */
export async function inTurns(subjects, runs) {
  const samples = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, sample] of Object.entries(subjects)) samples[name].push(await sample());
  }
  return samples;
}
