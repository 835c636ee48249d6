"""Connects to a cluster, if what that needs is installed."""

from typing import Any

from app.batch.work import Answer, Sharing, Work
from app.errors import InklingError
from app.i18n import _


def connect(address: str, work: Work[Any, Answer]) -> Sharing[Answer]:
    """Return the workers of the scheduler at `address`, such as tcp://host:8786, to share `work`.

    Raises InklingError: distributed is not installed, no scheduler answers, no worker can be used.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise InklingError(
            _("A cluster needs distributed; from source, get it with: uv sync --extra cluster")
        ) from error
    from app.cluster.client import Cluster

    return Cluster(address, work)
