# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

CATALOG_DIGEST: Final = "b1193c5e440dca2c38de07dd689e5f309392ecc0813c24ae4926f2a008943241"
