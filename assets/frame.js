// The menu, and reports of what the server cannot see.

// Streamlit calls what follows anew at every run of the page, also at the one that it asks for by
// itself once a connection is back.
let wasConnected = true;
let runsDue = 0;
let isAsked = false;

// Plotly looks for what lies under the pointer at most every 50 ms, and chooses what it found last. A
// quick press, or a finger, took the former choice back in place of making a new one, and so did a
// second press on the same mark. So Plotly has to forget what it found before, and every press
// chooses what is found next; as it tells when it was, Streamlit sends it even where nothing else
// is new.
let pressed = null;
document.addEventListener("pointerdown", ({ target, clientX, clientY, timeStamp }) => {
  const chart = target.closest?.(".js-plotly-plot");
  pressed = chart && { chart, clientX, clientY, at: timeStamp };
  if (chart) chart._hoverdata = undefined;
}, true);
document.addEventListener("pointerup", ({ clientX, clientY }) => {
  const press = pressed;
  pressed = null;
  if (!press || Math.hypot(clientX - press.clientX, clientY - press.clientY) > 8) return;
  for (const ms of [0, 60]) {
    setTimeout(() => {
      if (press.isChosen || !press.chart._hoverdata) return;
      press.isChosen = true;
      const points = press.chart._hoverdata.map(
        ({ curveNumber, pointIndex, pointNumber, customdata, x, y, z }) =>
          ({ curveNumber, pointIndex, pointNumber, customdata, x, y, z, press: press.at }),
      );
      press.chart.emit("plotly_selected", { points, selections: [] });
    }, ms);
  }
}, true);

export default function({ data, parentElement, setStateValue, setTriggerValue }) {
  const menu = parentElement.querySelector("nav");
  for (const link of menu.children) {
    if (link.dataset.title === data.title) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  // A plain click changes the page within the session; any other opens the address as links do.
  const go = (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("page", link.dataset.title);
  };
  menu.addEventListener("click", go);
  const forget = watch(data, setStateValue);
  return () => { menu.removeEventListener("click", go); forget(); };
}

// Report the window's width and the theme when they differ from what the page was last drawn for,
// and a regained connection. A report that meets a busy page can get lost, so it waits.
//
// A server that was started anew knows no part of the page until it has drawn all of it, and drops
// what a reader changes meanwhile. So it is asked to draw the page, and once more with what was
// changed until then.
function watch(data, setStateValue) {
  const app = document.querySelector('[data-testid="stApp"]');
  const seen = { theme: data.theme, narrow: data.narrow };
  const isConnected = () => app.dataset.testConnectionState === "CONNECTED";
  const look = () => {
    if (isConnected() && !wasConnected) runsDue = 2;
    wasConnected = isConnected();
    if (!wasConnected || app.dataset.testScriptState !== "notRunning") {
      isAsked = false;
      return;
    }
    const [r, g, b] = getComputedStyle(app).backgroundColor.match(/[0-9.]+/g).map(Number);
    const now = {
      theme: (r * 299 + g * 587 + b * 114) / 1000 < 128 ? "dark" : "light",
      narrow: window.innerWidth <= data.narrowWidth,
    };
    for (const name of ["theme", "narrow"]) {
      if (now[name] !== seen[name]) { seen[name] = now[name]; setStateValue(name, now[name]); }
    }
    if (runsDue && !isAsked) {
      isAsked = true;
      runsDue -= 1;
      setStateValue("reconnected", Date.now());
    }
  };
  // A busy page takes its time to change its colours, and says nothing when it has.
  const soon = () => [50, 300, 900, 2500, 6000, 15000].forEach((ms) => setTimeout(look, ms));
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const width = matchMedia(`(max-width: ${data.narrowWidth}px)`);
  const head = new MutationObserver(soon);
  const state = new MutationObserver(look);
  scheme.addEventListener("change", soon);
  width.addEventListener("change", soon);
  head.observe(document.head, { childList: true });
  state.observe(app, {
    attributes: true, attributeFilter: ["data-test-connection-state", "data-test-script-state"],
  });
  look();
  return () => {
    scheme.removeEventListener("change", soon);
    width.removeEventListener("change", soon);
    head.disconnect();
    state.disconnect();
  };
}
