// What the tests ask of a page on behalf of readers who hear it, zoom in or use the keyboard.
window.reader = (() => {
  const reaches = "a[href], button, input, select, textarea, summary, main, [tabindex]:not(canvas)";
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const colour = (one) => getComputedStyle(one).backgroundColor;
  const visited = [];
  const atRest = new Map();
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const schemes = [];
  scheme.addEventListener("change", ({ matches }) => schemes.push(matches ? "dark" : "light"));

  const label = (one) =>
    `${one.tagName.toLowerCase()} ${one.ariaLabel || one.innerText?.trim() || one.value || ""}`
      .replaceAll("\n", " ").slice(0, 60);

  // The mark of a field's focus stands around it or, where the field is hidden, beside it.
  const marked = (one) => {
    if (!["INPUT", "TEXTAREA"].includes(one.tagName)) return [one];
    const parents = [one.parentElement];
    while (parents.length < 3) parents.push(parents.at(-1).parentElement);
    return [...parents, ...(one.closest("label")?.querySelectorAll("div, span") ?? [])];
  };
  const looks = (one) => marked(one).map((mark) => {
    const style = getComputedStyle(mark);
    const outline = style.outlineStyle === "none" ? "" : style.outline;
    return [outline, style.boxShadow, style.borderColor].join();
  }).join("|");

  // A colour that fades in moves nothing, nor do the corners of a drawer that opens.
  const isStill = (name) => name === "opacity" || /color|radius$/.test(name);

  return {
    // What axe finds, but for the excepted pairs of a rule and a selector.
    violations: async (excepted) => {
      const isExcepted = (rule, node) => excepted.some(([name, selector]) =>
        name === rule && document.querySelector(node.target[0])?.matches(selector));
      const found = await axe.run(document, {
        resultTypes: ["violations"], rules: { "target-size": { enabled: true } },
      });
      return found.violations.flatMap(({ id, nodes }) => nodes
        .filter((node) => !isExcepted(id, node))
        .map((node) => `${id}: ${node.target} ${node.html.slice(0, 160)}`));
    },

    motion: [],
    watchMotion: () => ["transitionrun", "animationstart"].forEach((event) =>
      document.addEventListener(event, ({ target, propertyName, animationName }) => {
        const runs = document.getAnimations().some((one) => one.effect.target === target
          && one.effect.getComputedTiming().duration > 1
          && (one.animationName ?? one.transitionProperty) === (propertyName ?? animationName));
        if (runs && !isStill(propertyName ?? "")) {
          reader.motion.push(`${propertyName ?? animationName} of ${label(target)}`);
        }
      }, true)),

    // What a page still lacks until it is drawn for this theme and width, its charts too, and rests.
    lacking: (theme, isNarrow) => {
      const app = document.querySelector("[data-testid=stApp]");
      const column = document.querySelector("[data-testid=stSidebarUserContent] .stElementContainer");
      const isDark = Number(colour(app).match(/[0-9]+/)[0]) < 128;
      const charts = [...document.querySelectorAll(".js-plotly-plot .main-svg:first-of-type")];
      const old = charts.filter((one) => !["rgba(0, 0, 0, 0)", colour(app)].includes(colour(one)));
      const waiting = document.querySelectorAll("[data-stale=true], [data-testid=stSkeleton]");
      const moving = document.getAnimations().filter((one) => one.playState === "running");
      const told = `${colour(app)}; the system is ${scheme.matches ? "dark" : "light"} and has said `
        + `${schemes}; kept in the browser: ${JSON.stringify({ ...localStorage })}`;
      const { testScriptState: state, testConnectionState: connection } = app.dataset;
      return [
        isDark === (theme === "dark") ? [] : `its colours: ${told}`,
        !column === isNarrow ? [] : "its columns",
        old.map((one) => `the colours of a chart: ${colour(one)} on ${told}`),
        state === "notRunning" ? [] : `the end of its run: ${state}, ${connection}`,
        [...waiting].map((one) => `a part: ${label(one)}`),
        moving.map(({ effect }) => `rest: ${label(effect.target)}`),
      ].flat();
    },

    // Texts that end outside the window, or inside of what hides the part that is too long for it.
    cutOff: () => [...document.querySelectorAll("main *")]
      .filter((one) => isShown(one) && !one.closest(".js-plotly-plot, [data-testid=stDataFrame]")
        && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        const isHiding = ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
        return width > 1 && (left < -1 || right > innerWidth + 1
          || (isHiding && one.scrollWidth > one.clientWidth + 1));
      })
      .map(label),

    // What Tab should reach, in the page's order: of a row of choices it is the first, and arrows
    // lead on.
    controls: () => [...document.querySelectorAll(reaches)]
      .filter((one) => one.tabIndex >= 0 && !one.disabled && isShown(one))
      .filter((one) => {
        const row = one.closest("[data-testid=stButtonGroup]");
        const choices = row?.querySelectorAll("button:not([data-testid=stWidgetLabel] *)") ?? [];
        return ![...choices].slice(1).includes(one);
      })
      .map(label),

    start: () => {
      visited.length = 0;
      document.activeElement.blur();
      document.querySelectorAll(reaches).forEach((one) => atRest.set(one, looks(one)));
    },

    // Note what has the focus now, and whether it looks different with it.
    step: () => {
      document.getAnimations().forEach((one) => one.finish());
      const one = document.activeElement;
      if (one === document.body) return null;
      if (one === visited.at(-1)?.one) return "again";
      visited.push({ one, label: label(one), showsFocus: looks(one) !== atRest.get(one) });
      return visited.at(-1).label;
    },

    reached: () => visited.map((stop) => stop.label),

    withoutMark: () => visited.filter((stop) => !stop.showsFocus).map((stop) => stop.label),

    // Steps that lead up the page without leading to the next column.
    backwards: () => visited.slice(1).flatMap((stop, at) => {
      const before = visited[at];
      const home = (one) => one.closest("main, [data-testid=stSidebar]") ?? one;
      if (home(stop.one) !== home(before.one) || home(before.one) === before.one) return [];
      const [from, to] = [before, stop].map(({ one }) => one.getBoundingClientRect());
      return to.bottom <= from.top && to.left < from.right ? [`${before.label} > ${stop.label}`] : [];
    }),
  };
})();
