# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

POSTHOG_HOST: Final = "https://us.i.posthog.com"
SENTRY_ENVIRONMENT: Final = "production"
TRACES_SAMPLE_RATE: Final = 0.1
RELEASE_PACKAGE: Final = "backend"
RELEASE_PATTERN: Final = "^(?!(?:\\.{1,2}|[lL][aA][tT][eE][sS][tT]|.*@)$)[\\w.@+-]{1,100}$"
IDS_OF_NOBODY: Final = frozenset([
    "undefined",
    "null",
    "None",
    "none",
    "NaN",
    "nil",
    "[object Object]",
    "true",
    "false",
    "True",
    "False",
])
