"""Many inputs shared among the workers of a Dask cluster (the extra `cluster`)."""
