"""How long fuzz tests go on, by hypothesis' profile."""

from hypothesis import HealthCheck, settings

EXAMPLES = {"tests": 12, "ci": 40, "fuzz": 20_000}
"""Examples of each test: by default, in a minute for all formats, in ten minutes a format."""


def fuzzed(test):
    """Decorate a test with as many examples as the profile wants that was given to pytest."""
    lax = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    examples = EXAMPLES.get(settings.get_current_profile_name(), EXAMPLES["tests"])
    return settings(max_examples=examples, deadline=None, suppress_health_check=lax)(test)
