# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

CATALOG_DIGEST: Final = "146ccf9404b9ff09bb3722a241065fcce4478f3e322f83a7f2b0e999396c2829"
