"""The door of programs: one credentialed request, answered before the framework is asked."""
