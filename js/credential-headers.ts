// Headers that carry credentials by their name. The core keeps the same list (`src/detect/place.rs`).

const WHOLE =
  /^(auth|token|key|apikey|sig|signature|session|sessionid|password|passwd|secret|credential|credentials|cookie|set-cookie)$/;
const ENDING = /(-(auth|token|key|apikey|secret|password|session|session-id|signature|credentials?)|authorization)$/;

/** True for headers that carry a credential by their name; runtimes know only four of them. */
export function isCredentialHeader(name: string): boolean {
  const plain = name.toLowerCase().replaceAll("_", "-");
  return WHOLE.test(plain) || ENDING.test(plain);
}
