"""Settings shared by all tests."""

from hypothesis import HealthCheck, settings

# Two busy cores: the time of one example says nothing about the code.
_patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("test", max_examples=100, **_patient)
settings.register_profile("fuzz", max_examples=2000, **_patient)
settings.load_profile("test")
