# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final

CATALOG_DIGEST: Final = "0c7a7ab7f424293deb021cb767ff23b7aa2a196c3820ef71a8e30713cfe19d95"
