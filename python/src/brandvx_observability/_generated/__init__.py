# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

CATALOG_DIGEST: Final = "a88cba9dbe655ee6b6cbadd3e8995f2e92657fc6d4c3ba01bf90477ef0fa492e"
