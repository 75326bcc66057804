"""Everything that deploy/ and the operations page name is there: commands, options, settings, files."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from pydantic import BaseModel

from pipelines.cli import _COMMANDS
from schemas.settings import Settings

UNITS = sorted(Path("deploy/systemd").glob("*"))
COMPOSE = yaml.safe_load(Path("deploy/compose.yaml").read_text("utf-8"))
OPERATIONS = Path("docs/operations.md").read_text("utf-8")
SETTING = re.compile(r"TONGHOP_[A-Z_]+")
OF_SCRIPTS = {"TONGHOP_CHECKOUT", "TONGHOP_RUNNER", "TONGHOP_IMAP_PASSWORD"}
"""Variables that a file of deploy/ itself reads, or an example names as the place of a secret."""


def command(name: str) -> click.Command:
    module, _, attribute = _COMMANDS[name].partition(":")
    found: click.Command = getattr(importlib.import_module(module), attribute)
    return found


def assert_understood(words: list[str]) -> None:
    """``tonghop`` knows the command and every option after it."""
    assert words[0] in _COMMANDS, words
    found = command(words[0])
    if isinstance(found, click.Group) and len(words) > 1 and words[1] in found.commands:
        found = found.commands[words[1]]
    known = {option for parameter in found.params for option in parameter.opts}
    for word in words:
        if word.startswith("--"):
            assert word.partition("=")[0] in known, words


def is_setting(variable: str) -> bool:
    """Whether ``variable`` sets a field of the settings."""
    model: type[BaseModel] = Settings
    *outer, last = variable.removeprefix("TONGHOP_").lower().split("__")
    for part in outer:
        kind = model.model_fields[part].annotation if part in model.model_fields else None
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            return False
        model = kind
    return last in model.model_fields


def lines(name: str) -> Iterator[tuple[Path, str]]:
    for unit in UNITS:
        for line in unit.read_text("utf-8").splitlines():
            if line.startswith(f"{name}="):
                yield unit, line.partition("=")[2]


def test_every_unit_runs_a_command_that_there_is() -> None:
    started = list(lines("ExecStart"))
    assert {unit.name for unit, _ in started} == {u.name for u in UNITS if u.suffix == ".service"}
    for _, line in started:
        program, *words = shlex.split(line)
        assert program == "/opt/tonghop/.venv/bin/tonghop"
        assert_understood(words)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_itself_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/tonghop/.venv/bin/tonghop", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(str(p) for p in tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_folder_a_unit_may_write_to_is_made_by_the_install_steps() -> None:
    for unit, line in lines("ReadWritePaths"):
        for folder in line.split():
            assert folder in OPERATIONS, f"{unit.name}: {folder}"


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_every_service_of_the_compose_file_can_start(name: str) -> None:
    service = COMPOSE["services"][name]
    if "build" in service:
        root = Path("deploy", service["build"]["context"])
        assert (root / service["build"]["dockerfile"]).is_file()
        if service.get("entrypoint", ["tonghop"]) == ["tonghop"]:
            assert_understood(service["command"])
    for other in service.get("depends_on", ()):
        assert "healthcheck" in COMPOSE["services"][other]
    for volume in service.get("volumes", ()):
        source = volume.partition(":")[0]
        assert source in COMPOSE["volumes"] or source == "./tonghop.toml"
    # What listens on its own loopback cannot be reached from outside its container.
    if "ports" in service:
        assert "0.0.0.0" in service["command"]
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_the_containers_write_only_where_the_image_lets_them_and_a_volume_keeps_it() -> None:
    image = Path("deploy/Containerfile").read_text("utf-8")
    places = dict(re.findall(r"(TONGHOP_HOME)=(\S+)", image))
    home = places["TONGHOP_HOME"]
    assert re.search(r"^USER tonghop$", image, re.MULTILINE)
    assert re.findall(r"^WORKDIR (\S+)$", image, re.MULTILINE)[-1] == home
    assert f"--home-dir {home} tonghop" in image
    for name, service in COMPOSE["services"].items():
        if "build" not in service:
            continue
        assert f"home:{home}" in service["volumes"], name
        written = ("PREFECT_HOME", "PREFECT_SERVER_UI_STATIC_DIRECTORY", "TONGHOP_HOME")
        for variable in written:
            assert service["environment"].get(variable, home).startswith(home), name
    # Where the command line looks for its settings is where they are mounted.
    assert f"./tonghop.toml:{home}/tonghop.toml:ro" in COMPOSE["services"]["serve"]["volumes"]


def test_prefect_and_its_clients_agree_on_name_port_and_pool() -> None:
    services = COMPOSE["services"]
    address = services["serve"]["environment"]["PREFECT_API_URL"]
    words = services["prefect"]["command"]
    assert address == f"http://prefect:{words[words.index('--port') + 1]}/api"
    words = services["reader"]["command"]
    pool = services["serve"]["environment"]["TONGHOP_MACHINES__ADDRESS"]
    assert words[words.index("--pool") + 1] == pool
    assert {s["environment"]["TONGHOP_DATABASE_URL"] for s in (services["serve"], services["reader"])} == {
        "postgresql://tonghop:${POSTGRES_PASSWORD:?}@database/tonghop"
    }  # fmt: skip
    assert services["database"]["environment"]["POSTGRES_USER"] == "tonghop"


def test_no_word_of_a_health_check_holds_a_blank() -> None:
    """Podman takes such a word apart, and the stack waits for a server that is well."""
    for name, service in COMPOSE["services"].items():
        kind, *words = service.get("healthcheck", {"test": ["CMD"]})["test"]
        assert kind == "CMD-SHELL" or not any(" " in word for word in words), name


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="Compose is not installed")
def test_compose_itself_takes_the_file() -> None:
    done = subprocess.run(
        ["docker-compose", "-f", "deploy/compose.yaml", "config", "-q"],
        env={"POSTGRES_PASSWORD": "x", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_image_has_the_programs_that_the_set_up_installs() -> None:
    wanted = re.search(r'^packages="(.+)"', Path("tools/setup.sh").read_text("utf-8"), re.MULTILINE)
    assert wanted
    image = Path("deploy/Containerfile").read_text("utf-8")
    for package in wanted[1].split():
        assert package in image
        assert package in OPERATIONS


def test_the_example_settings_are_settings(tmp_path: Path) -> None:
    """As they stand, and with every line that is commented out."""
    text = Path("deploy/tonghop.example.toml").read_text("utf-8")
    given = text.replace("\n# ", "\n")
    given = given.replace("Copy to", "# Copy to")
    for one in (text, given):
        Settings.model_validate(tomllib.loads(one))


def test_every_variable_that_is_named_is_a_setting() -> None:
    named = [*Path("deploy").rglob("*"), Path("prefect.yaml"), Path("docs/operations.md")]
    for path in named:
        if path.is_file():
            for variable in SETTING.findall(path.read_text("utf-8")):
                if variable.endswith("_") or variable in OF_SCRIPTS:
                    continue
                assert is_setting(variable), f"{path}: {variable}"


def test_every_command_on_the_operations_page_is_one() -> None:
    found = re.findall(r"(?<![\w/-])(?:tonghop|\.venv/bin/tonghop) ([a-z][^`\n:;,()]*)", OPERATIONS)
    commands = [text for text in found if text.split()[0] in _COMMANDS]
    assert len(commands) > 10
    for text in commands:
        assert_understood(text.replace("[", "").replace("]", "").split())


def test_every_file_on_the_operations_page_is_there() -> None:
    found = set(re.findall(r"(?<![\w/.])(?:deploy|tests|docs|tools)/[\w./*-]+\b", OPERATIONS))
    assert len(found) > 5
    for path in found - {"deploy/tonghop.toml"}:
        assert list(Path().glob(path)), path


def test_every_setting_in_brackets_on_the_operations_page_is_one() -> None:
    for section in re.findall(r"`\[+(\w+)\]+", OPERATIONS):
        assert section in Settings.model_fields, section


def test_prefect_yaml_names_flows_that_there_are_and_the_hour_of_the_settings() -> None:
    told = yaml.safe_load(Path("prefect.yaml").read_text("utf-8"))
    from pipelines import flows

    for one in told["deployments"]:
        file, _, name = one["entrypoint"].partition(":")
        assert Path(file).is_file()
        assert hasattr(getattr(flows, name), "deploy")
    (schedule,) = next(d for d in told["deployments"] if d["name"] == "nightly")["schedules"]
    assert schedule == {
        "cron": Settings.model_fields["schedule"].default,
        "timezone": Settings.model_fields["timezone"].default,
    }
