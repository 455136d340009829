// Report the window's width and the theme, only when they differ from what the page was last drawn
// for.
export default function({ data, setStateValue }) {
  const app = document.querySelector('[data-testid="stApp"]');
  const seen = { theme: data.theme, narrow: data.narrow };
  const look = () => {
    const [r, g, b] = getComputedStyle(app).backgroundColor.match(/[0-9.]+/g).map(Number);
    const now = {
      theme: (r * 299 + g * 587 + b * 114) / 1000 < 128 ? "dark" : "light",
      narrow: window.innerWidth <= data.narrowWidth,
    };
    for (const name of ["theme", "narrow"]) {
      if (now[name] !== seen[name]) { seen[name] = now[name]; setStateValue(name, now[name]); }
    }
  };
  const soon = () => [50, 300, 900].forEach((ms) => setTimeout(look, ms));
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const width = matchMedia(`(max-width: ${data.narrowWidth}px)`);
  const head = new MutationObserver(soon);
  scheme.addEventListener("change", soon);
  width.addEventListener("change", soon);
  head.observe(document.head, { childList: true });
  const isConnected = () => app.dataset.testConnectionState === "CONNECTED";
  let wasConnected = isConnected();
  const connection = new MutationObserver(() => {
    if (isConnected() && !wasConnected) setStateValue("reconnected", Date.now());
    wasConnected = isConnected();
  });
  connection.observe(app, {
    attributes: true, attributeFilter: ["data-test-connection-state"],
  });
  look();
  // A report that met a busy page can get lost; it is said once more if nothing came of it.
  const again = setTimeout(() => { Object.assign(seen, data); look(); }, 2000);
  return () => {
    clearTimeout(again);
    scheme.removeEventListener("change", soon);
    width.removeEventListener("change", soon);
    head.disconnect();
    connection.disconnect();
  };
}
