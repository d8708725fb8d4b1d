"""Two processes of Node and two of Python share one limit and one breaker in one Redis, and count exactly."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, RUNTIME, RedisServer, node, until

# Each process runs the commands on its stdin, and answers each with a line. A trial continues until `over` exists.
IN_NODE = f"""
import {{ createInterface }} from "node:readline";
import {{ createStateStore }} from "{RUNTIME}/redis/state-store.ts";
const store = createStateStore({{ url: process.argv[2], deadlineMs: 10_000 }});
await store.ready(10_000);
const limit = store.rateLimit("shared", {{ limit: 500, windowSeconds: 600, whenRedisIsDown: "closed" }});
const work = {{
  async take({{ count }}) {{
    const answers = await Promise.all(Array.from({{ length: count }}, () => limit.take("t1")));
    return {{ allowed: answers.filter(({{ allowed }}) => allowed).length }};
  }},
  async call({{ name, failures, atOnce, fails, waits }}) {{
    const breaker = store.circuitBreaker(name, {{ failures, openSeconds: 1, trialSeconds: 600 }});
    const told = {{ called: 0, open: 0, trial: 0 }};
    const one = async () => {{
      told.called += 1;
      if (waits) await store.cacheIncr("under way");
      while (waits && (await store.cacheGet("over")) !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
      if (fails) throw new Error("down");
    }};
    const ask = () => breaker.run(one).catch(async (error) => {{
      if (error.name !== "CircuitOpenError") return;
      told[error.reason] += 1;
      await store.cacheIncr("refused");
    }});
    await Promise.all(Array.from({{ length: atOnce }}, ask));
    return told;
  }},
}};
console.log("ready");
for await (const line of createInterface({{ input: process.stdin }})) {{
  const asked = JSON.parse(line);
  console.log(JSON.stringify(await work[asked.do](asked)));
}}
await store.close();
process.exit();
"""
IN_PYTHON = """
import asyncio, json, sys
from brandvx_observability.cache import acache_get, acache_incr, init_redis
from brandvx_observability.circuit_breaker import CircuitOpenError, circuit_breaker
from brandvx_observability.rate_limit import rate_limit
init_redis(sys.argv[1], deadline_ms=10_000, wait=10)
limit = rate_limit("shared", limit=500, window_seconds=600, when_redis_is_down="closed")

async def take(count, **_):
    return {"allowed": sum(limit.take("t1").allowed for _ in range(count))}

async def call(name, failures, atOnce, fails, waits, **_):
    breaker = circuit_breaker(name, failures=failures, open_seconds=1, trial_seconds=600)
    told = {"called": 0, "open": 0, "trial": 0}
    async def one():
        told["called"] += 1
        if waits:
            await acache_incr("under way")
        while waits and await acache_get("over") != 1:
            await asyncio.sleep(0.02)
        if fails:
            raise ConnectionError("down")
    async def ask():
        try:
            await breaker.arun(one)
        except CircuitOpenError as error:
            told[error.reason] += 1
            await acache_incr("refused")
        except ConnectionError:
            pass
    await asyncio.gather(*(ask() for _ in range(atOnce)))
    return told

async def main():
    print("ready", flush=True)
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        print(json.dumps(await {"take": take, "call": call}[asked["do"]](**asked)), flush=True)

asyncio.run(main())
"""


class Processes:
    def __init__(self, folder: Path, url: str) -> None:
        (folder / "share.ts").write_text(IN_NODE)
        (folder / "share.py").write_text(IN_PYTHON)
        in_node = [node(), "--disable-warning=ExperimentalWarning", str(folder / "share.ts"), url]
        in_python = [sys.executable, str(folder / "share.py"), url]
        self.running = [
            subprocess.Popen(each, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, bufsize=1)
            for each in (in_node, in_node, in_python, in_python)
        ]
        for each in self.running:
            assert self._line(each) == "ready\n"

    def begin(self, **asked: Any) -> None:
        """The same command to all of them, at once."""
        for which in range(len(self.running)):
            self.begin_one(which, **asked)

    def begin_one(self, which: int, **asked: Any) -> None:
        stdin = self.running[which].stdin
        assert stdin is not None
        stdin.write(f"{json.dumps(asked)}\n")

    def answer(self, which: int) -> dict[str, int]:
        return json.loads(self._line(self.running[which]))

    def sums(self) -> dict[str, int]:
        answers = [self.answer(which) for which in range(len(self.running))]
        return {name: sum(answer[name] for answer in answers) for name in answers[0]}

    def close(self) -> None:
        for each in self.running:
            each.kill()
            each.wait()

    @staticmethod
    def _line(process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        return process.stdout.readline()


@pytest.fixture
def processes(redis_server: RedisServer, tmp_path: Path) -> Iterator[Processes]:
    made = Processes(tmp_path, redis_server.url)
    yield made
    made.close()


def test_they_share_one_limit(processes: Processes, redis_server: RedisServer) -> None:
    processes.begin(do="take", count=300)
    assert processes.sums() == {"allowed": 500}
    assert redis_server.client().get("ratelimit:t1:shared") == "500"


def test_they_count_each_failure_of_many_at_once(processes: Processes, redis_server: RedisServer) -> None:
    processes.begin(do="call", name="many", failures=1_000, atOnce=50, fails=True, waits=False)
    assert processes.sums() == {"called": 200, "open": 0, "trial": 0}
    assert redis_server.client().get("cb_fail:many") == "200"


def test_the_breaker_opens_with_exactly_as_many_failures_and_lets_one_trial_through(
    processes: Processes, redis_server: RedisServer
) -> None:
    client = redis_server.client()
    one = {"do": "call", "name": "gateway", "failures": 6, "atOnce": 1, "fails": True, "waits": False}
    told: list[dict[str, int]] = []
    for turn in range(6):
        processes.begin_one(turn % 4, **one)
        told.append(processes.answer(turn % 4))
    assert told == [{"called": 1, "open": 0, "trial": 0}] * 6
    assert (client.get("cb_fail:gateway"), client.get("cb_open:gateway")) == ("6", "open")
    for fails in (True, False):
        until(lambda: client.get("cb_open:gateway") is None)
        client.delete("over", "refused")
        processes.begin(do="call", name="gateway", failures=6, atOnce=25, fails=fails, waits=True)
        until(lambda: client.get("refused") == "99", 60)
        assert client.get("cb_open:gateway").startswith("trial:")
        client.set("over", "1")
        assert processes.sums() == {"called": 1, "open": 0, "trial": 99}
        assert client.exists("cb_fail:gateway") == (1 if fails else 0)


@pytest.mark.parametrize("ends", [(True, False), (False, True)], ids=["fail in Node", "fail in Python"])
def test_calls_that_were_under_way_as_it_opened_decide_nothing(
    processes: Processes, redis_server: RedisServer, ends: tuple[bool, bool]
) -> None:
    client = redis_server.client()
    now = {"do": "call", "name": "gateway", "failures": 3, "atOnce": 1, "waits": False, "fails": True}
    processes.begin_one(0, **now)
    assert processes.answer(0)["called"] == 1
    # Failures and successes of each language, which report the result once it is open.
    late = {"do": "call", "name": "gateway", "failures": 3, "atOnce": 2, "waits": True}
    for which, fails in enumerate(ends):
        processes.begin_one(which + 1, **late, fails=fails)
    until(lambda: client.get("under way") == "4")
    for _ in range(2):
        processes.begin_one(0, **now)
        assert processes.answer(0)["called"] == 1
    until(lambda: client.get("cb_open:gateway") is None)
    client.set("over", "1")
    assert [processes.answer(which + 1)["called"] for which in range(2)] == [2, 2]
    # State as before: at the threshold, and the next call is the trial.
    assert (client.get("cb_fail:gateway"), client.get("cb_open:gateway")) == ("3", None)
