"""The wheel in an empty environment; the seed's modules by their new import; the parity script."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from brandvx_observability.preflight_env_parity import main, read_dotenv

FOLDER = Path(__file__).parents[1]


def test_the_wheel_works_in_an_environment_of_its_own(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, FOLDER],
        check=True,
        # uv_build looks for its program next to Python.
        env={**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])},
    )
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-index", wheel], check=True)
    code = """
import json
from importlib.metadata import metadata
import brandvx_observability as o
from brandvx_observability.cache import cache_get, cache_set
from brandvx_observability.events import emit_event, _get_redis
from brandvx_observability.analytics import ph_capture
from brandvx_observability.health import health
ph_capture("cadence.message_queued", "t", {"channel": "sms", "template_id": "a", "contact_id": "b"})
cache_set("a", 1)
print(json.dumps([cache_get("a"), emit_event("cadence.message_queued", {"channel": "sms"}), _get_redis(), health()["redis"],
  metadata("brandvx-observability").get_all("Requires-Dist"), o.redact_text("ada@example.com")]))
"""
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, cwd=tmp_path, env={"PATH": ""})
    got = json.loads(done.stdout)
    assert got[:4] == [1, "local", None, "disabled"] and got[5] == "[email]"
    assert all("extra ==" in needs for needs in got[4])


def test_both_locks_are_one_resolution_and_name_no_registry_but_pypi_itself() -> None:
    text = (FOLDER / "uv.lock").read_text("utf-8")
    assert set(re.findall(r"[a-z+]+://([^/\"]*)", text)) == {"pypi.org", "files.pythonhosted.org"}
    of_uv = {
        (package["name"], package["version"]): {
            each["hash"] for each in [*package.get("wheels", []), package.get("sdist")] if each
        }
        for package in tomllib.loads(text)["package"]
        if "registry" in package["source"]
    }
    lines = (FOLDER / "requirements.lock").read_text("utf-8").replace("\\\n", "").splitlines()
    of_pip = {
        (match[1], match[2]): set(re.findall(r"--hash=(\S+)", line))
        for line in lines
        if (match := re.match(r"([\w.-]+)==(\S+)", line))
    }
    assert "://" not in "".join(lines)
    assert of_pip == of_uv


GOOD = {
    "POSTHOG_API_KEY": "phc_abc",
    "POSTHOG_HOST": "https://us.i.posthog.com",
    "SENTRY_DSN": "https://0123456789abcdef@o1.ingest.us.sentry.io/4500000000000002",
    "SENTRY_ENVIRONMENT": "production",
    "SENTRY_TRACES_SAMPLE_RATE": "0.1",
    "REDIS_URL": "rediss://default:Secret0417@example.upstash.io:6379",
}


def write(path: Path, variables: dict[str, str]) -> str:
    path.write_text("# copied\n" + "".join(f"{name}={value}\n" for name, value in variables.items()))
    return str(path)


def test_parity_ends_as_obs_parity_does_and_shows_no_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path / "good.env", GOOD)
    assert main([good]) == 0
    capsys.readouterr()
    # One that a stack may do without is missed nowhere, and looked at where it is.
    assert main([good, write(tmp_path / "flags.env", {**GOOD, "POSTHOG_FLAGS_KEY": "phs_" + "k" * 40})]) == 0
    assert main([write(tmp_path / "wrong.env", {**GOOD, "POSTHOG_FLAGS_KEY": "phx_abc"})]) == 7
    assert "POSTHOG_FLAGS_KEY" in capsys.readouterr().out
    other = write(
        tmp_path / "other.env",
        {
            **GOOD,
            "REDIS_URL": "rediss://default:Other0417@example.upstash.io:6379",
            "POSTHOG_API_KEY": "phx_abc",
            "SENTRY_DSN": "",
        },
    )
    assert main([good, other]) == 7
    assert main([str(tmp_path / "none.env")]) == 1
    assert main(["--json", good, other]) == 7
    said = capsys.readouterr()
    assert "0417" not in said.out + said.err and "phx_abc" not in said.out + said.err
    assert "POSTHOG_API_KEY must be a project key" in said.out
    assert "SENTRY_DSN is there, and empty" in said.out
    assert "REDIS_URL has another value than" in said.out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A=b", "b"),
        ("export A = b # c", "b"),
        ('A="b # c"', "b # c"),
        ("A='b'", "b"),
        ("A=", ""),
        ("\ufeffA=b\r\n", "b"),
    ],
)
def test_files_are_read_as_dotenv_reads_them(text: str, value: str) -> None:
    assert read_dotenv(text)["A"] == value
