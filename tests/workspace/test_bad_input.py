"""Bad input: a clear error for the bad part, and nothing lost of what was good beside it."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest

from observance.workspace import Workspace
from tests.workspace.writing import write_texts

COMMAND = [sys.executable, "-m", "observance"]


def run(*arguments, cwd, prefix=(), env=None):
    return subprocess.run(
        [*prefix, *COMMAND, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, env=env, timeout=300
    )


def pdf(encrypt=False):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=200, height=200)
    if encrypt:
        writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def bomb():
    """A DOCX that unpacks to two gigabytes of blanks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            member.write(b"<w:document xmlns:w='x'><w:body><w:p><w:r><w:t>")
            for _ in range(2048):
                member.write(b" " * (1 << 20))
            member.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return buffer.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">]>
<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS>&lol2;</INDIVIDUALS></CONSOLIDATED_LIST>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS>&e;</INDIVIDUALS></CONSOLIDATED_LIST>"""
NO_SENSE = b"""<?xml version="1.0"?>
<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS/><ENTITIES/></CONSOLIDATED_LIST>"""


@pytest.fixture
def case(tmp_path):
    root = tmp_path / "case"
    Workspace.init(root)
    return root


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("program.txt", b"\x7fELF" + bytes(range(256)) * 40, "error"),
        ("cut.pdf", pdf()[:150], "error"),
        ("locked.pdf", pdf(encrypt=True), "error"),
        ("page.html", b"<html><body>" + b"<p>words and words</p>" * 2_400_000, "too large"),
        ("bomb.docx", None, "error"),
    ],
)
def test_a_bad_document_is_named_and_the_good_one_beside_it_is_kept(case, tmp_path, name, data, word):
    bad = tmp_path / name
    bad.write_bytes(bomb() if data is None else data)
    good = write_texts(tmp_path / "texts")[0]
    done = run("archive", bad, good, cwd=case)
    assert "Traceback" not in done.stderr
    assert name in done.stderr
    assert word in done.stderr.lower()
    assert done.returncode == 1
    assert str(good) in done.stdout
    workspace = Workspace.open(case)
    assert good.name in {record.name for record in workspace.archive_.records().values()}
    assert workspace.verify().holds


@pytest.mark.parametrize(
    ("name", "data"),
    [("laughs.xml", LAUGHS), ("outside.xml", OUTSIDE), ("nonsense.xml", NO_SENSE), ("cut.xml", NO_SENSE[:60])],
)
def test_a_bad_list_is_refused_and_nothing_changes(case, tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    done = run("lists", "add", "un", path, cwd=case)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert name in done.stderr
    assert "root:" not in done.stderr + done.stdout
    workspace = Workspace.open(case)
    assert list(workspace.ledger.entries("list_added")) == []
    assert workspace.verify().holds


def test_a_pack_with_an_unknown_term_names_the_nearest_one(tmp_path):
    from observance.packs import find_pack

    root = find_pack("iran-1737")
    shutil.copytree(root.parent, tmp_path / "regimes", ignore=shutil.ignore_patterns("dprk_1718", "__pycache__"))
    path = next((tmp_path / "regimes" / root.name / "measures").glob("1747.yaml"))
    path.write_text(path.read_text().replace("acts: [", "acts: [suply, ", 1))
    done = run("measures", "--regime", tmp_path / "regimes" / root.name, cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "suply" in done.stderr
    assert "supply" in done.stderr


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root and setpriv to become another user"
)
def test_a_workspace_without_rights_to_write_says_so(tmp_path):
    root = tmp_path / "case"
    Workspace.init(root)
    good = write_texts(tmp_path / "texts")[0]
    for folder in (*tmp_path.parents, tmp_path):
        if folder.is_relative_to(Path(tmp_path.anchor) / tmp_path.parts[1]) and len(folder.parts) > 2:
            folder.chmod(0o755)
    other = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    probe = subprocess.run([*other, sys.executable, "-c", "import observance"], capture_output=True, text=True)
    if probe.returncode != 0:
        # The interpreter itself may lie in a folder that only root reads: run the write in a forked child instead.
        code = _as_other_user(root, good)
        assert code == 7
        return
    done = run("archive", good, cwd=root, prefix=other)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "rights" in done.stderr


def _as_other_user(root, good):
    from observance.errors import StoreError

    workspace = Workspace.open(root)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            results = workspace.archive([good])
            code = 7 if results[0].fault and "rights" in str(results[0].fault) else 2
        except StoreError as fault:
            code = 7 if "rights" in str(fault) else 3
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small file system")
def test_a_full_disk_is_said_and_what_was_acknowledged_stays(tmp_path):
    mount = tmp_path / "small"
    mount.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(mount)], capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a small file system")
    try:
        root = mount / "case"
        Workspace.init(root)
        good = write_texts(tmp_path / "texts")[0]
        assert run("archive", good, cwd=root).returncode == 0
        big = tmp_path / "big.txt"
        big.write_text("North Korea shipped coal to a port. " * 60_000)
        done = run("archive", big, cwd=root)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "full" in done.stderr
        workspace = Workspace.open(root)
        assert [record.name for record in workspace.archive_.records().values()] == [good.name]
        assert workspace.verify().holds
    finally:
        subprocess.run(["umount", str(mount)], check=False)
