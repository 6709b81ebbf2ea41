// A build for engines without vector instructions, if one was brought along.

export const fallback: { text: string | undefined } = { text: undefined };
