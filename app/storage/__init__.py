"""Storage: per-user folders, atomic writes, the log. It knows no ink, networks or windows."""
