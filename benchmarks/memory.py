"""Most memory of the server's process with many readers at once."""

from __future__ import annotations

from pathlib import Path

from scripts.serving import chromium, server_process, settled

SESSIONS = 20
BAR_MB = 350
VIEWS = ("weight", "session", "body", "unknowns", "plans")


def measure() -> None:
    """Open sessions one by one, move a slider in each, and print the peak."""
    with chromium() as browser, server_process() as (address, pid):
        for rank in range(SESSIONS):
            page = browser.new_page(reduced_motion="reduce")
            view = VIEWS[rank % len(VIEWS)]
            page.goto(f"{address}/calorie_deficit?view={view}&minutes={20 + 5 * rank}&days=730")
            settled(page)
            page.get_by_role("slider", name="Minutes").focus()
            page.keyboard.press("ArrowRight")
            settled(page)
        peak = _peak_mb(pid)
    print(
        f"\nServer with {SESSIONS} open sessions, each after a slider move: at most {peak:.0f} MB, "
        f"bar under {BAR_MB}: {'met' if peak < BAR_MB else 'MISSED'}"
    )


def _peak_mb(pid: int) -> float:
    """Largest resident memory that the process ever had [MB]."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1000
