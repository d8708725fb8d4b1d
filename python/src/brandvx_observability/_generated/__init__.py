# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

CATALOG_DIGEST: Final = "0251e63cde99558f975859f5c3c0a0b222c9cc890c380c5aca45dd723212d20b"
