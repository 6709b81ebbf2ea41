// Light, dark, or what the system says. Kept by the browser.

export const THEMES = ["system", "light", "dark"];

export const theme = () => document.documentElement.dataset.theme;

export function setTheme(name) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem("interven.theme", name);
  dispatchEvent(new Event("themechange"));
}

/** Whether it is dark now. */
export const isDark = () => theme() === "dark" || (theme() === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
