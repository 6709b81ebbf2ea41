// Follows what happens at the gateway for as long as somebody is signed in.
import { ApiError, readEvents } from "./api.js";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8000;

/**
 * Follows events until `signal` ends it. `onOpen` is called each time the stream stands: what was read before may have
 * missed something. `onRefused` is called when the credential is not taken, which ends it as well.
 */
export async function follow({ signal, onOpen, onEvent, onLost, onRefused }) {
  for (let wait = FIRST_RETRY_MS; !signal.aborted; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
    const opened = () => {
      wait = FIRST_RETRY_MS;
      onOpen();
    };
    try {
      await readEvents({ signal, onOpen: opened, onEvent });
    } catch (error) {
      if (!signal.aborted && error instanceof ApiError && error.status === 401) return onRefused();
    }
    if (signal.aborted) return;
    onLost();
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
