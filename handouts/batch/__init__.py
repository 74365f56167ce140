"""Many documents: what to make, what has changed, and who makes it.

Beside the pipeline, not inside: `matrix` says which files a job file asks for, `manifest` and
`inputs` which of them are to be written and why, engines hand chunks to workers, which use
`handouts.press`. It tells with events and diagnostics; only the command prints.
"""
