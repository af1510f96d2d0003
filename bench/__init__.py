"""What a talk costs: the real program under load, beside baselines. `make bench`; docs/performance.md."""
