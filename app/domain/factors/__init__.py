"""Second factors: codes of an app, passkeys, recovery codes, and the step that asks for one."""
