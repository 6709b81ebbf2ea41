/** Names of environments. */

/** Whether a text can name an environment, such as `production`. */
export const isEnvironment = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text);
