"""The configuration: an unknown key names the nearest one, a newer format is refused, an older one migrated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observance.errors import FormatError, StoreError
from observance.store.chain import Chain
from observance.store.config import CONFIG_NAME, FORMAT, Config, read_config, render_config
from observance.store.folder import find_folder, make_folder, open_folder


def test_an_unknown_key_names_the_nearest_one(tmp_path):
    path = tmp_path / CONFIG_NAME
    path.write_text('regims = ["dprk-1718"]\n')
    with pytest.raises(FormatError, match="did you mean 'regimes'"):
        read_config(path)


@pytest.mark.parametrize(
    "text", ["workers = 'two'", 'regimes = "dprk"', "name = 3", "fetch_timeout = true", "format = [1]"]
)
def test_a_wrong_kind_of_value_is_named(tmp_path, text):
    path = tmp_path / CONFIG_NAME
    path.write_text(text)
    with pytest.raises(FormatError, match="wrong kind"):
        read_config(path)


def test_broken_toml_is_a_clear_error(tmp_path):
    path = tmp_path / CONFIG_NAME
    path.write_text("name = \n")
    with pytest.raises(FormatError, match="not TOML"):
        read_config(path)


def test_a_newer_format_is_refused_and_nothing_changes(tmp_path):
    make_folder(tmp_path / "case", Config())
    path = tmp_path / "case" / CONFIG_NAME
    path.write_text(path.read_text().replace(f"format = {FORMAT}", "format = 99"))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        open_folder(tmp_path / "case")
    assert path.read_bytes() == before


def test_an_older_format_is_migrated_and_its_chain_still_holds(tmp_path):
    root = tmp_path / "case"
    make_folder(root, Config(writer="w"))
    chain = Chain(root / "ledger", "w")
    chain.append([{"act": "init"}])
    chain.head_path.unlink()
    path = root / CONFIG_NAME
    path.write_text(path.read_text().replace(f"format = {FORMAT}", "format = 1"))
    assert open_folder(root).format == FORMAT
    assert chain.check().faults == []
    assert f"format = {FORMAT}" in path.read_text()


def test_a_workspace_is_found_from_below(tmp_path):
    make_folder(tmp_path / "case", Config())
    below = tmp_path / "case" / "a" / "b"
    below.mkdir(parents=True)
    assert find_folder(below) == (tmp_path / "case").resolve()


def test_a_second_init_is_refused(tmp_path):
    make_folder(tmp_path, Config())
    with pytest.raises(StoreError, match="workspace already"):
        make_folder(tmp_path, Config())


_words = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


@given(name=_words, regimes=st.lists(_words, max_size=3), workers=st.integers(0, 64), timeout=st.floats(0.1, 1e6))
def test_a_configuration_survives_being_written_and_read(tmp_path_factory, name, regimes, workers, timeout):
    config = Config(name=name, regimes=tuple(regimes), workers=workers, fetch_timeout=timeout)
    path = tmp_path_factory.mktemp("config") / CONFIG_NAME
    path.write_text(render_config(config), encoding="utf-8")
    assert read_config(path) == config
