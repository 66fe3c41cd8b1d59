"""Programs that measure; each writes its page under ``docs/benchmarks``."""
