"""Which muscles each exercise engages: coded roles, measurements, and what covers what."""

from spotcheck.muscles.coverage import Cover, smallest_cover
from spotcheck.muscles.evidence import (
    MeasurementCounts,
    cell_evidence,
    cell_measurements,
    count_measurements,
    grade_measurement,
    matrix,
    measurements_for,
)
from spotcheck.muscles.roles import OPPOSED_ACTIONS, ROLE_OF_REASON, derive_roles

__all__ = [
    "OPPOSED_ACTIONS",
    "ROLE_OF_REASON",
    "Cover",
    "MeasurementCounts",
    "cell_evidence",
    "cell_measurements",
    "count_measurements",
    "derive_roles",
    "grade_measurement",
    "matrix",
    "measurements_for",
    "smallest_cover",
]
