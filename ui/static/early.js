// Before anything is drawn: the language and the theme that this browser chose. Gradio reads both from the browser.
{
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const language = kept("hibari.language");
  if (language === "en" || language === "fr") {
    Object.defineProperty(navigator, "language", { get: () => language });
    Object.defineProperty(navigator, "languages", { get: () => [language] });
  }
  const theme = kept("hibari.theme"), address = new URL(location.href);
  if ((theme === "dark" || theme === "light") && address.searchParams.get("__theme") !== theme) {
    address.searchParams.set("__theme", theme); // how Gradio is told
    history.replaceState(history.state, "", address);
  }
}
