"""The leg model: its live solver, the first picture of the leg, and what a page without it pays."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from playwright.sync_api import Browser

from scripts.serving import chromium, serving, settled
from spotcheck import tables
from spotcheck.muscles import physics

SOLVE_BAR_MS = 5
DRAWN_BAR_MS = 1500
ROUNDS = 5
_PAGE = "/muscle_matrix"
# From the tap on the view's name until the graphics have drawn the leg's meshes: reading a pixel
# waits for that.
_CLOCK = """() => {
  document.addEventListener("click", () => { window.pressed ??= performance.now(); }, true);
  const read = (canvas) => {
    const gl = canvas.getContext("webgl");
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    window.drawn = performance.now();
  };
  const look = () => {
    const canvas = document.querySelector(".js-plotly-plot .gl-container canvas");
    const scene = document.querySelector(".js-plotly-plot")?._fullLayout?.scene?._scene;
    const isReady = canvas && scene?.glplot?.objects?.length;
    requestAnimationFrame(isReady ? () => read(canvas) : look);
  };
  look();
}"""
# What an app imports for the page's first view, and whether the leg is among it.
_IMPORTED = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("streamlit_app.py", default_timeout=60)
app.switch_page("pages/muscle_matrix.py").run()
assert not app.exception
print(",".join(name for name in sys.modules if name.startswith("spotcheck.")))
"""


def measure() -> None:
    """Print the figures with their bars."""
    _measure_solver()
    with chromium() as browser, serving() as address:
        _measure_picture(browser, address)
    _measure_imports()


def _measure_solver() -> None:
    phases = tables.load("leg_model_phases")
    start = time.perf_counter()
    poses = physics.poses(
        phases, tables.load("leg_model_torques"), tables.load("leg_model_strengths")
    )
    loading = 1000 * (time.perf_counter() - start)
    took: dict[str, float] = {}
    for (exercise, _), pose in poses.items():
        start = time.perf_counter()
        physics.activation(pose, load=1.1, body_weight_kg=82, strength=0.9)
        took[exercise] = took.get(exercise, 0) + 1000 * (time.perf_counter() - start)
    median = statistics.median(took.values())
    print(
        f"\nLeg model: all phases of an exercise solved in {median:.2f} ms (median of {len(took)}; "
        f"largest {max(took.values()):.1f}), bar under {SOLVE_BAR_MS}: "
        f"{'met' if median < SOLVE_BAR_MS else 'MISSED'}; "
        f"poses made ready in {loading:.0f} ms, once"
    )


def _measure_picture(browser: Browser, address: str) -> None:
    times = []
    for turn in range(ROUNDS + 1):
        page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        page.goto(f"{address}{_PAGE}?exercise=copenhagen_adductor_plank")
        settled(page)
        page.evaluate(_CLOCK)
        page.get_by_role("radio", name="3-D leg").click()
        page.wait_for_function("() => window.drawn", timeout=60_000)
        if turn:  # The first finds an empty cache.
            times.append(page.evaluate("() => window.drawn - window.pressed"))
        page.close()
    median = statistics.median(times)
    print(
        f"  3-D leg, from the tap to its first frame, graphics in software: median {median:.0f} ms "
        f"of {len(times)} ({min(times):.0f} to {max(times):.0f}), bar {DRAWN_BAR_MS}: "
        f"{'met' if median <= DRAWN_BAR_MS else 'MISSED'}"
    )


def _measure_imports() -> None:
    shown = subprocess.run(
        [sys.executable, "-c", _IMPORTED], capture_output=True, text=True, check=True
    ).stdout.split(",")
    heavy = [name for name in shown if "leg" in name or "physics_" in name]
    print(f"  modules of the leg that the page's first view imports: {', '.join(heavy) or 'none'}")


if __name__ == "__main__":
    measure()
