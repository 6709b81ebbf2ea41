// Connections that carry what nobody can read: WebSockets and tunnels.

/** Why they are refused. */
export const TUNNEL =
  "The call opens a tunnel (CONNECT or Upgrade) whose content cannot be scanned, so nothing was sent. " +
  "If that is meant, install with dangerouslyAllowTunnels: true.";
