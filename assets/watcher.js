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
  document.addEventListener("keydown", leadThroughPopover);
  look();
  // A report that met a busy page can get lost; it is said once more if nothing came of it.
  const again = setTimeout(() => { Object.assign(seen, data); look(); }, 2000);
  return () => {
    clearTimeout(again);
    scheme.removeEventListener("change", soon);
    width.removeEventListener("change", soon);
    head.disconnect();
    document.removeEventListener("keydown", leadThroughPopover);
    connection.disconnect();
  };
}

const reaches = "a[href], button, input, select, textarea, summary, [tabindex]";
const openers = new WeakMap();

// A popover stands at the end of the document. Tab leads from its button into it and out of it
// again, as if it stood beside its button.
function leadThroughPopover(event) {
  const at = document.activeElement;
  const popover = at.closest('[data-testid="stPopoverBody"]');
  if (popover) lead(event, popover, at);
  else if (event.key === "Tab" && !event.shiftKey) enter(event, at);
}

function enter(event, at) {
  const opener = at.closest('[data-testid="stPopoverButton"][aria-expanded="true"]');
  const popover = opener && [...document.querySelectorAll('[data-testid="stPopoverBody"]')]
    .findLast((one) => opener.innerText.includes(one.ariaLabel));
  if (!popover) return;
  openers.set(popover, opener);
  popover.tabIndex = -1;
  // What it holds may still be on its way.
  (stops(popover)[0] ?? popover).focus();
  event.preventDefault();
}

function lead(event, popover, at) {
  const opener = openers.get(popover);
  const edge = stops(popover).at(event.shiftKey ? 0 : -1) ?? popover;
  const leaves = event.key === "Tab" && (at === edge || (event.shiftKey && at === popover));
  // Escape closes a list that is open inside first.
  const closes = event.key === "Escape" && at.ariaExpanded !== "true";
  if (!opener || !(leaves || closes)) return;
  opener.focus();
  if (leaves && event.shiftKey) event.preventDefault();
}

function stops(popover) {
  return [...popover.querySelectorAll(reaches)]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
}
