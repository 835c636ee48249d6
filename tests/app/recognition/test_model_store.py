"""The user's models: installed once they load, activated, renamed, deleted, exported."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from app.__main__ import main
from app.errors import ModelError, StorageError
from app.recognition.model_store import SHIPPED, ModelStore
from app.recognition.personal_recogniser import load_personal_recogniser
from app.recognition.training_history import read_training_history
from app.resources import shipped_model
from app.storage.paths import user_folders
from tests.app.recognition.damage import (
    Damage,
    change_card,
    failing,
    with_broken_tensor_name,
    with_nan,
)


@pytest.fixture
def models(tmp_path: Path) -> ModelStore:
    return ModelStore(user_folders(tmp_path).models)


def names(models: ModelStore) -> list[str]:
    return [model.name for model in models.all()]


def test_at_first_there_is_only_the_shipped_model(models: ModelStore) -> None:
    assert names(models) == [SHIPPED]
    assert models.active().is_shipped and models.active().path == shipped_model()
    assert models.active().keras == shipped_model().with_suffix(".keras")
    assert not models.folder.exists()


def test_a_model_is_installed_used_renamed_and_deleted(models: ModelStore) -> None:
    mine = models.install(shipped_model(), "mine")
    assert mine.name == "mine" and mine.keras is not None
    assert models.install(shipped_model(), "mine").name == "mine 2"
    models.activate("mine")
    assert models.active().name == "mine"
    assert models.rename("mine", "Mine, but better".replace(",", "")).name == "Mine but better"
    assert models.active().name == "Mine but better"
    models.delete("Mine but better")
    assert names(models) == [SHIPPED, "mine 2"] and models.active().is_shipped


def test_the_shipped_model_cannot_be_changed(models: ModelStore) -> None:
    with pytest.raises(ModelError, match="cannot be changed"):
        models.delete(SHIPPED)
    with pytest.raises(ModelError, match="cannot be changed"):
        models.rename(SHIPPED, "other")


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", ".hidden", "x" * 80, "con:", "end."])
def test_a_name_is_never_a_path(models: ModelStore, name: str) -> None:
    with pytest.raises(ModelError):
        models.install(shipped_model(), name)
    with pytest.raises(ModelError):
        models.named(name)


@pytest.mark.parametrize("name", ["con", "NUL", "Aux.v2", "com1", "lpt¹", "prn .x"])
def test_a_name_is_never_a_device_of_windows(models: ModelStore, name: str) -> None:
    with pytest.raises(ModelError, match="Windows keeps the name"):
        models.install(shipped_model(), name)
    assert models.free_name("console") == "console"


def test_an_exported_model_can_be_imported(models: ModelStore, tmp_path: Path) -> None:
    models.export(SHIPPED, tmp_path / "out.zip")
    assert models.install(tmp_path / "out.zip", "again").keras is not None
    models.activate("again")
    assert load_personal_recogniser(user_folders(tmp_path)).recogniser.card.sha256 == (
        models.shipped().card.sha256
    )


def test_the_curves_of_its_training_go_with_a_model(models: ModelStore, tmp_path: Path) -> None:
    for suffix in (".tflite", ".json"):
        shutil.copy(shipped_model().with_suffix(suffix), tmp_path)
    (tmp_path / "history.csv").write_text("epoch,loss,val_loss,val_accuracy\n1,0.5,0.4,0.9\n")
    assert models.shipped().history is None
    trained = models.install(tmp_path / "digits.tflite", "trained")
    models.export("trained", tmp_path / "out.zip")
    for model in (models.rename("trained", "renamed"), models.install(tmp_path / "out.zip", "in")):
        assert model.history is not None
        curves = read_training_history(model.history)
        assert curves["val_accuracy"] == [(1, 0.9)] and curves["accuracy"] == []
    assert trained.history is None
    models.delete("in")
    assert names(models) == [SHIPPED, "renamed"]


@pytest.mark.parametrize(
    "content", ["", "epoch,loss\n", "epoch,loss\n1,nan\n", "loss\n1\n", 'epoch,loss\n1,"2', "é"]
)
def test_damaged_curves_are_a_model_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "history.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_training_history(path)
    with pytest.raises(ModelError, match="damaged"):
        read_training_history(tmp_path / "none.csv")


def truncated(folder: Path) -> Path:
    path = folder / "digits.tflite"
    path.write_bytes(path.read_bytes()[:999])
    return path


def without_card(folder: Path) -> Path:
    (folder / "digits.json").unlink()
    return folder / "digits.tflite"


def not_an_archive(folder: Path) -> Path:
    (folder / "some.zip").write_bytes(b"hello")
    return folder / "some.zip"


def empty_archive(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "some.zip", "w") as archive:
        archive.writestr("../digits.tflite", "x")
    return folder / "some.zip"


def other_file(folder: Path) -> Path:
    return folder / "digits.json"


@pytest.mark.parametrize(
    "damage", [truncated, without_card, not_an_archive, empty_archive, other_file]
)
def test_a_bad_model_is_refused_and_leaves_no_files(
    models: ModelStore, tmp_path: Path, damage: object
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for suffix in (".tflite", ".json"):
        shutil.copy(shipped_model().with_suffix(suffix), source)
    assert callable(damage)
    with pytest.raises(ModelError):
        models.install(damage(source), "bad")
    assert names(models) == [SHIPPED]
    assert not models.folder.exists() or list(models.folder.iterdir()) == []


def test_the_shipped_model_answers_if_the_active_one_is_damaged(
    models: ModelStore, tmp_path: Path
) -> None:
    mine = models.install(shipped_model(), "mine")
    models.activate("mine")
    mine.path.write_bytes(b"junk")
    personal = load_personal_recogniser(user_folders(tmp_path))
    assert "mine" in personal.notice
    mine.path.with_suffix(".json").write_text("{")
    assert "mine" in load_personal_recogniser(user_folders(tmp_path)).notice
    assert names(models) == [SHIPPED, "mine"]
    assert models.active().is_shipped
    (models.folder / "active").write_bytes(b"\xff\xfe\x00")
    assert models.active().is_shipped


def without_model(model: Path) -> None:
    model.unlink()


def without_anything(model: Path) -> None:
    shutil.rmtree(model.parent)


def with_half_a_surrogate(model: Path) -> None:
    change_card(model, name="\ud800")


@pytest.mark.parametrize(
    "damage",
    [with_nan, failing, with_broken_tensor_name, with_half_a_surrogate, without_model],
)
def test_a_damaged_model_is_listed_and_can_be_deleted(
    models: ModelStore,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    damage: Damage,
) -> None:
    profile = ["--profile", str(tmp_path)]
    models.activate(models.install(shipped_model(), "mine").name)
    models.install(shipped_model(), "other")
    damage(models.folder / "mine" / "digits.tflite")
    assert main(["models", *profile]) == 0
    out, err = capsys.readouterr()
    shipped, mine, other = out.splitlines()
    assert shipped.startswith("* shipped ") and other.startswith("  other ")
    assert mine.startswith("  mine ") and mine.endswith(".")
    assert err == ("inkling: Your model mine cannot be used; the shipped model is used instead.\n")
    assert main(["models", "--json", *profile]) == 0
    rows = {row["installed_as"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["mine"]["error"] and not rows["mine"]["active"] and "error" not in rows["other"]
    personal = load_personal_recogniser(user_folders(tmp_path))
    assert personal.notice in err and personal.recogniser.card == models.shipped().card
    with pytest.raises(ModelError):
        models.activate("mine")
    models.delete("mine")
    assert names(models) == [SHIPPED, "other"] and not models.load_active().notice


@pytest.mark.parametrize("damage", [with_nan, failing, with_broken_tensor_name])
def test_a_damaged_model_is_not_installed(
    models: ModelStore, tmp_path: Path, damage: Damage
) -> None:
    for suffix in (".tflite", ".json"):
        shutil.copy(shipped_model().with_suffix(suffix), tmp_path)
    damage(tmp_path / "digits.tflite")
    with pytest.raises(ModelError):
        models.install(tmp_path / "digits.tflite", "bad")
    assert names(models) == [SHIPPED]


def test_an_active_model_that_is_gone_is_reported(models: ModelStore) -> None:
    models.activate(models.install(shipped_model(), "mine").name)
    without_anything(models.folder / "mine" / "digits.tflite")
    assert models.active().is_shipped and "mine" in models.load_active().notice


def test_a_model_that_does_not_load_is_not_activated(models: ModelStore) -> None:
    mine = models.install(shipped_model(), "mine")
    mine.path.write_bytes(b"junk")
    with pytest.raises(ModelError):
        models.activate("mine")
    assert models.active().is_shipped


def test_a_folder_without_write_permission_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be created"):
        ModelStore(tmp_path / "file").install(shipped_model(), "mine")


def test_a_folder_that_may_be_listed_and_not_entered_is_a_storage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    original = Path.is_dir

    def is_dir(path: Path) -> bool:
        if path.parent == tmp_path:
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(Path, "is_dir", is_dir)
    with pytest.raises(StorageError, match="cannot be read: Permission denied"):
        ModelStore(tmp_path).all()


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = ["--profile", str(tmp_path)]
    assert main(["models", "import", str(shipped_model()), "my hand", *profile]) == 0
    assert main(["models", "use", "my hand", *profile]) == 0
    assert main(["models", "rename", "my hand", "hand 2", *profile]) == 0
    assert main(["models", "export", "hand 2", str(tmp_path / "hand.zip"), *profile]) == 0
    capsys.readouterr()
    assert main(["models", "--json", *profile]) == 0
    cards = json.loads(capsys.readouterr().out)
    assert [(card["installed_as"], card["active"]) for card in cards] == [
        (SHIPPED, False),
        ("hand 2", True),
    ]
    assert main(["models", "delete", "hand 2", *profile]) == 0
    assert main(["models", *profile]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("* shipped")
    assert main(["models", "use", "nobody", *profile]) == 1
    assert "no model called nobody" in capsys.readouterr().err
