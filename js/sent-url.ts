// What a runtime makes of a URL on the way out: that is what must be scanned.

const onBun = "Bun" in globalThis;

/** The URL as it will be sent. Bun sends one slash where a path begins with several, past any rule about that path. */
export const sentUrl = (url: string): string => (onBun ? url.replace(/^([a-z]+:\/\/[^/?#]*)\/{2,}/, "$1/") : url);
