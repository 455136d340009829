// What a page looks like, without its colours: every element in reading order, what it is, what it
// says, where it stands, and what its picture is made of. Figures and dates are masked.
() => {
  const months = "January February March April May June July August September October November "
    + "December Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec";
  const month = new RegExp(`\\b(${months.split(" ").join("|")})\\b`, "g");
  const masked = (text) => text.replace(/\s+/g, " ").replace(month, "May")
    .replace(/\d+([.,:]\d+)*/g, "0").trim();
  const count = (node, selector) => node.querySelectorAll(selector).length;
  const picture = (node) => {
    const plot = node.querySelector(".js-plotly-plot");
    if (!plot) return "";
    const parts = {
      plots: count(plot, ".subplot"), lines: count(plot, ".scatterlayer .trace"),
      bars: count(plot, ".barlayer .trace"), heatmaps: count(plot, ".heatmaplayer .hm"),
      shapes: count(plot, ".shapelayer path"), words: count(plot, "text"),
      scenes: count(plot, ".gl-container canvas"),
    };
    return Object.entries(parts).filter(([, n]) => n).map(([name, n]) => `${n} ${name}`).join(", ");
  };
  const kind = (node) => {
    const inner = [...node.querySelectorAll("[data-testid]")].map((one) => one.dataset.testid)
      .find((id) => id !== "stFullScreenFrame" && id !== "stWidgetLabel");
    return (inner ?? "nothing").replace(/^st/, "");
  };
  const scrolled = document.querySelector('[data-testid="stMain"]').scrollTop;
  return ["stSidebar", "stMain"].flatMap((place) =>
    [...document.querySelectorAll(`[data-testid="${place}"] [data-testid="stElementContainer"]`)]
      .filter((node) => node.checkVisibility({ visibilityProperty: true }))
      .map((node) => {
        const box = node.getBoundingClientRect();
        const shown = picture(node);
        return {
          place: place === "stSidebar" ? "left" : "main",
          kind: kind(node),
          words: shown ? "" : masked(node.innerText).slice(0, 60),
          picture: shown,
          x: Math.round(box.x), y: Math.round(box.y + scrolled),
          width: Math.round(box.width), height: Math.round(box.height),
        };
      })
      .filter((one) => one.width > 1 && one.height > 1));
}
