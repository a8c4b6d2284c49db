"""The checks, a module for each family of rules or part of one."""
