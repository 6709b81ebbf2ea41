// What may travel in the clear: what stays on this machine.

/** Whether nobody on a network can read what is sent there: `https:`, or `http:` on loopback. */
export function isConfidential({ protocol, hostname }: URL): boolean {
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return protocol === "https:" || (protocol === "http:" && loopback);
}
