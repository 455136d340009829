"""Fill ``data/engagement_roles.csv`` by the written rule: ``python -m scripts.derive_roles``."""

from __future__ import annotations

from spotcheck import tables
from spotcheck.muscles import derive_roles


def main() -> None:
    """Derive every cell from the coded demands and the muscles' actions, and write the table."""
    package = tables.package()
    columns = [one["name"] for one in package.resource("engagement_roles")["schema"]["fields"]]
    roles = derive_roles(package.load("exercise_demands"), package.load("muscle_actions"))
    roles[columns].to_csv(
        tables.DATA_DIR / "engagement_roles.csv", index=False, lineterminator="\n"
    )


if __name__ == "__main__":
    main()
