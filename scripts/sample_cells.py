"""Print the 60 random cells of the role check: ``python -m scripts.sample_cells``.

Twelve cells of each of the five roles, without replacement, from a generator with a fixed seed: a
plain draw would hold mostly stabilizers. The verdicts on them stand in ``data/role_checks.csv``.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from spotcheck import tables
from spotcheck.muscles.order import ROLES

SEED = 20261122
CELLS_PER_ROLE = 12


def sample(roles: pd.DataFrame) -> pd.DataFrame:
    """Twelve cells of each role, drawn at random with a fixed seed.

    Parameters
    ----------
    roles : DataFrame
        The table ``engagement_roles``.

    Returns
    -------
    DataFrame
        The drawn rows, role by role in the order of :data:`spotcheck.muscles.order.ROLES`, within
        a role in the order of the table.
    """
    generator = np.random.default_rng(SEED)
    drawn = []
    for role in ROLES:
        places = np.flatnonzero(roles["role"].eq(role))
        drawn.append(np.sort(generator.choice(places, CELLS_PER_ROLE, replace=False)))
    return roles.iloc[np.concatenate(drawn)].reset_index(drop=True)


def main() -> None:
    """Print the cells as CSV."""
    columns = ["exercise_id", "muscle_id", "role", "reason", "joint_action"]
    cells = sample(tables.load("engagement_roles"))
    cells[columns].to_csv(sys.stdout, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
