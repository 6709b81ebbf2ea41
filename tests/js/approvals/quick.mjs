// Time that passes two hundred times as fast, for the client and for the gateway alike.

const FACTOR = 200;
const began = Date.now();

export const quick = {
  now: () => began + Math.round((performance.now() - first) * FACTOR),
  clock: {
    now: () => performance.now() * FACTOR,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, ms / FACTOR));
        signal?.addEventListener("abort", () => resolve(clearTimeout(timer)), { once: true });
      }),
  },
};
const first = performance.now();
