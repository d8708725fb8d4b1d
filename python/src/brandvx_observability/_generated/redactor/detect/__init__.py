# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
