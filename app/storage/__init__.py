"""Files of the user: settings, samples, autosaved drawings, log. Knows no ink and no windows."""
