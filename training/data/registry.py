"""All data sets that can be found, downloaded or imported, by name."""

from typing import Any

from app.i18n import _
from training.data.dataset import DataError, DataSet
from training.data.mnist import MNIST
from training.data.omniglot import OMNIGLOT
from training.data.pendigits import PENDIGITS
from training.data.report_only import OPTDIGITS, SEMEION, SKAHL
from training.data.symbols import SYMBOLS
from training.data.unipen import UNIPEN
from training.recipes.recipe import nearest

DATA_SETS: tuple[DataSet[Any], ...] = (
    MNIST,
    PENDIGITS,
    OMNIGLOT,
    SKAHL,
    OPTDIGITS,
    SEMEION,
    UNIPEN,
    SYMBOLS,
)


def data_set_named(name: str) -> DataSet[Any]:
    """Return the data set called `name`; raises DataError that suggests the nearest name."""
    names = tuple(data_set.name for data_set in DATA_SETS)
    return DATA_SETS[names.index(nearest(name, names, _("data set"), DataError))]
