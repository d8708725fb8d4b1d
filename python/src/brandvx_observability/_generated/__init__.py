# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

CATALOG_DIGEST: Final = "8c38129ca685041c820f2aa061047a603ff82c5d7f903301e0d6464db1659108"
