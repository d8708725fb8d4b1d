# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

CATALOG_DIGEST: Final = "287556adf1225e86cd549fadcc5e5e57544784982492642ae0564d4db2d83be9"
