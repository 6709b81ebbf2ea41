// How much a test does: a share of it in `npm test`, all of it in `npm run test:soak`.

/** The first number, or the second one in a soak. */
export const amount = (share, full) => (process.env.INTERVEN_SOAK === "1" ? full : share);
