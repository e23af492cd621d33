"""Settings of every test."""

from hypothesis import settings

# A first jitted call takes seconds, and the same examples every time keep CI honest.
settings.register_profile("bartizan", deadline=None, max_examples=30, derandomize=True)
settings.load_profile("bartizan")
