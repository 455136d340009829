"""Settings and people shared by all tests."""

import pytest
from hypothesis import HealthCheck, settings

from spotcheck.energy import Person
from spotcheck.energy.assumptions import assumptions
from spotcheck.energy.projection import project
from spotcheck.energy.training import Plan, Session

# Two busy cores: the time of one example says nothing about the code.
_patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("test", max_examples=40, **_patient)
settings.load_profile("test")


@pytest.fixture(scope="session")
def projected():
    """Project the reader whom the app opens with: ``projected(plan, days)``."""
    person = Person("female", 34, 1.68, 68)

    def projection(plan=None, days=365, **edits):
        plan = plan or Plan((Session("steady", 3, 40, 9),))
        return project(person, plan, assumptions(person, plan, edits), days)

    return projection
