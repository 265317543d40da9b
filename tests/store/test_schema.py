"""Migrations and the rules that keep SQL safe (F-23, T-76)."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from mailbridge.errors import ConfigurationError
from mailbridge.store import migrate, schema
from mailbridge.store.database import Database
from mailbridge.store.indexes import metadata
from tests.house.sources import TOP
from tests.store.postgresql import Cluster
from tests.store.world import Clock, key_file_in, open_store

_RUNNERS = {"execute", "executemany", "exec_driver_sql", "executescript", "text", "literal_column", "scalar"}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server of our own for this module."""
    with Cluster.started() as running:
        yield running


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_migrations_make_exactly_the_tables(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    is_sqlite = kind == "sqlite"
    url = f"sqlite:///{tmp_path}/store.db" if is_sqlite else request.getfixturevalue("cluster").new_database()
    database = Database(url)
    with database.writer.begin() as connection:
        schema.bring_up_to_date(connection)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert schema.current_revision(connection) == schema.HEAD
    database.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_start_together_on_an_empty_database_make_it_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    is_sqlite = kind == "sqlite"
    url = f"sqlite:///{tmp_path}/store.db" if is_sqlite else request.getfixturevalue("cluster").new_database()
    key_file_in(tmp_path)
    code = (
        "import sys; from pathlib import Path; from mailbridge.store.store import Store; sys.stdin.read(1);"
        "Store.open(sys.argv[1], key_file=Path(sys.argv[2]), clock=lambda: None).close()"
    )
    command = [sys.executable, "-c", code, url, str(tmp_path / "key")]
    nodes = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(3)]
    for node in nodes:
        assert node.stdin is not None
        node.stdin.write(b"g")
        node.stdin.close()
    assert [node.wait(60) for node in nodes] == [0, 0, 0]


def test_the_program_knows_its_newest_revision() -> None:
    scripts = ScriptDirectory.from_config(migrate.config())
    assert scripts.get_current_head() == schema.HEAD
    assert schema.HEAD in migrate.known_revisions()


def test_F23_a_database_of_a_newer_program_is_refused_and_left_as_it_is(url: str, tmp_path: Path) -> None:
    open_store(url, tmp_path, Clock()).close()
    database = Database(url)
    with database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ConfigurationError, match="newer program"):
        open_store(url, tmp_path, Clock())
    with database.reading() as connection:
        assert schema.current_revision(connection) == "9999"
    database.close()


def test_a_current_database_is_opened_without_alembic(url: str, tmp_path: Path) -> None:
    open_store(url, tmp_path, Clock()).close()
    code = (
        "import sys; from pathlib import Path; from mailbridge.store.store import Store;"
        "Store.open(sys.argv[1], key_file=Path(sys.argv[2]), clock=lambda: None).close();"
        "print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", code, url, str(key_file_in(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"


def _sources() -> list[Path]:
    return sorted((TOP / "mailbridge" / "store").rglob("*.py"))


@pytest.mark.parametrize("path", _sources(), ids=lambda path: path.stem)
def test_T76_no_statement_is_put_together_from_strings(path: Path) -> None:
    assert _built_statements(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'connection.execute(f"SELECT {x}")',
        'connection.exec_driver_sql("SELECT " + x)',
        'cursor.execute("SELECT %s" % x)',
        'text("SELECT {}".format(x))',
        "literal_column(name)",
        "sqlalchemy.text(x)",
    ],
)
def test_T76_the_rule_sees_statements_that_are_put_together(code: str) -> None:
    assert len(_built_statements(code)) == 1


def _built_statements(code: str) -> list[int]:
    """Lines where SQL text is not a constant. A name may be given to `execute` only: there it is a built statement."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in _RUNNERS:
            continue
        first = node.args[0]
        is_text = name in {"text", "literal_column", "exec_driver_sql", "executescript"}
        is_put_together = isinstance(first, ast.JoinedStr | ast.BinOp) or (
            isinstance(first, ast.Call) and getattr(first.func, "attr", "") in {"format", "join", "replace"}
        )
        if is_put_together or (is_text and not isinstance(first, ast.Constant)):
            found.append(node.lineno)
    return found
