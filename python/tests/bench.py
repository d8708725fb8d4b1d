"""Benchmarks of the package against the libraries it uses, as ratios in one run: `npm run bench -- python`."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import brandvx_observability as observability
from brandvx_observability.cache import cache_get, cache_set, init_redis

MESSAGE = {"channel": "sms", "template_id": "t1", "contact_id": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}


def import_ms(code: str) -> float:
    program = f"import time; begun = time.perf_counter(); {code}; print((time.perf_counter() - begun) * 1000)"
    return min(
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout) for _ in range(5)
    )


def seconds(call: Callable[[], object], times: int) -> float:
    begun = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - begun) / times


def ratio(ours: Callable[[], object], theirs: Callable[[], object], times: int) -> tuple[float, float]:
    """Median over alternating rounds, so that the machine's load affects both."""
    rounds = [(seconds(ours, times), seconds(theirs, times)) for _ in range(9)]
    return statistics.median(one / other for one, other in rounds), statistics.median(one for one, _ in rounds) * 1e6


def main(redis_url: str | None) -> None:
    figures: list[dict[str, Any]] = []

    def add(name: str, value: float, unit: str) -> None:
        figures.append({"name": name, "value": value, "unit": unit})

    add("import of the package", import_ms("import brandvx_observability"), "ms")
    add(
        "import with events, cache and limits",
        import_ms("from brandvx_observability import events, cache, rate_limit"),
        "ms",
    )
    add("import of posthog, to compare", import_ms("import posthog"), "ms")

    from posthog import Posthog

    # An unreachable address: the queues fill, nothing is sent.
    host = "http://127.0.0.1:9"
    observability.initialise({"POSTHOG_API_KEY": "phc_key", "POSTHOG_HOST": host}, warn=lambda _: None)
    client = Posthog("phc_key", host=host, max_queue_size=100_000, on_error=lambda *_: None)
    ours, us = ratio(
        lambda: observability.ph_capture("cadence.message_sent", "t", MESSAGE),  # type: ignore[call-overload]
        lambda: client.capture("cadence.message_sent", distinct_id="t", properties=MESSAGE),
        300,
    )
    add("ph_capture, of posthog-python's capture", ours, "times")
    add("ph_capture", us, "µs")
    begun = time.perf_counter()
    for _ in range(200):
        observability.redact_text("Twilio: +1 415 555 0132 of ada@example.com is unreachable (token=abc123def456)")
    add("redacting an error's text", (time.perf_counter() - begun) / 200 * 1e6, "µs")
    if redis_url:
        import redis

        init_redis(redis_url)
        cache_set("bench", {"a": list(range(20))})
        bare = redis.Redis.from_url(redis_url, decode_responses=True)
        ours, us = ratio(lambda: cache_get("bench"), lambda: json.loads(bare.get("bench")), 300)  # type: ignore[arg-type]
        add("cache hit, of redis-py's get", ours, "times")
        add("cache hit", us, "µs")
    print(json.dumps(figures))
    sys.stdout.flush()
    # posthog-python would retry for a while.
    import os

    os._exit(0)


main(sys.argv[1] if len(sys.argv) > 1 else None)
