# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

CATALOG_DIGEST: Final = "9c4f8397476070325baebe16efabc1c13f3ca28b1bcd1d548b435cefd185ae22"
