"""An institution's own Typst template reaches no network and no file outside its folder, however it asks."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from edc_microcred.rendering import Design, RenderingError, render, typst_pages
from tests.unit.rendering import samples


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """What arrives at the proxy that the environment of the caller names: all that Typst would ask the network for."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, address)

        def answer() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(4_096))

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield asked
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=10)


PAST_THE_TEXT_CHECK = {
    "put together": '#import ("@pre" + "view/cades:0.3.1"): qr',
    "escaped": '#import "\\u{40}preview/cades:0.3.1": qr',
    "evaluated": '#eval("import \\"@" + "preview/cades:0.3.1\\"")',
    "included": '#include ("@" + "preview/cades:0.3.1")',
    "in a file of another kind": '#import "lib.txt"',
    "from the user's own packages": '#import ("@" + "local/mine:1.0.0"): secret',
    "of another namespace": '#import ("@" + "elsewhere/mine:1.0.0"): secret',
}


@pytest.mark.parametrize("how", PAST_THE_TEXT_CHECK)
def test_a_package_that_the_text_check_does_not_see_is_refused_and_not_asked_for(
    how: str, tmp_path: Path, listener: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, variable in (("data", "XDG_DATA_HOME"), ("cache", "XDG_CACHE_HOME")):  # the user has such packages
        for namespace in ("local", "elsewhere"):
            package = tmp_path / kind / "typst" / "packages" / namespace / "mine" / "1.0.0"
            package.mkdir(parents=True)
            (package / "typst.toml").write_text('[package]\nname="mine"\nversion="1.0.0"\nentrypoint="lib.typ"\n')
            (package / "lib.typ").write_text('#let secret = "secret"')
        monkeypatch.setenv(variable, str(tmp_path / kind))
    folder = tmp_path / "design"
    folder.mkdir()
    (folder / "certificate.typ").write_text(PAST_THE_TEXT_CHECK[how], encoding="utf-8")
    (folder / "lib.txt").write_text('#import "@preview/cades:0.3.1": qr', encoding="utf-8")
    with pytest.raises(RenderingError, match="asks for a package"):
        render(samples.credential(), "pdf", design=Design(template=folder))
    assert listener == []


@pytest.mark.parametrize("link", ["note.txt", ".hidden", "folder", "fonts"])
def test_a_link_that_leads_out_of_the_folder_is_refused(link: str, tmp_path: Path) -> None:
    folder, outside = tmp_path / "design", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    target = outside if link in ("folder", "fonts") else outside / "secret.txt"
    (folder / link).symlink_to(target, target_is_directory=target.is_dir())
    read = f"{link}/secret.txt" if target.is_dir() else link
    (folder / "certificate.typ").write_text(f'#panic(read("{read}"))', encoding="utf-8")
    (folder / "certificate.html").write_text(f'{{% include "{link}" %}}', encoding="utf-8")
    for to in ("pdf", "html"):
        with pytest.raises(RenderingError, match="leads out of it") as refused:
            render(samples.credential(), to, design=Design(template=folder))  # type: ignore[arg-type]
        assert "secret" not in str(refused.value)


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("ours", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "note.txt")
    (tmp_path / "certificate.typ").write_text('#read("link.txt")', encoding="utf-8")
    assert render(samples.credential(), "png", design=Design(template=tmp_path)).startswith(b"\x89PNG")


def test_a_template_that_comes_to_no_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst_pages, "LONGEST_RUN", 1)
    (tmp_path / "certificate.typ").write_text(
        "#let n = 0\n#for a in range(99999) { for b in range(99999) { for c in range(99999) { n = n + 1 } } }\n",
        encoding="utf-8",
    )
    with pytest.raises(RenderingError, match="not ready after 1 seconds"):
        render(samples.credential(), "pdf", design=Design(template=tmp_path))


def test_a_template_sees_nothing_of_the_environment_and_gives_the_same_bytes_again(tmp_path: Path) -> None:
    built_in = (Path(typst_pages.__file__).parent / "templates" / "certificate.typ").read_bytes()
    (tmp_path / "certificate.typ").write_bytes(built_in)
    before = dict(os.environ)
    for to in ("pdf", "png"):
        assert render(samples.credential(), to, design=Design(template=tmp_path)) == render(samples.credential(), to)
    assert dict(os.environ) == before
