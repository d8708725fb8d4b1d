# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/labels.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js

labels = {"email": "[email]", "phone": "[phone]", "card": "[card]", "address": "[ip]", "token": "[token]"}
