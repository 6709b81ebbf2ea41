// Time that passes faster, for the client and for the gateway alike.

/** Clocks that are `factor` times as fast as the wall's. */
export function quickened(factor) {
  const began = Date.now();
  const first = performance.now();
  return {
    now: () => began + Math.round((performance.now() - first) * factor),
    clock: {
      now: () => performance.now() * factor,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, Math.max(1, ms / factor));
          signal?.addEventListener("abort", () => resolve(clearTimeout(timer)), { once: true });
        }),
    },
  };
}

export const quick = quickened(200);
