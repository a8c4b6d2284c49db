"""The checks: one module for each family of rules, or for part of one."""
