"""The catalog's rules under the name that the redactor's modules import."""

from .._generated.rules import PERSON_RULES as personRules
from .._generated.rules import RULES as eventRules

__all__ = ["eventRules", "personRules"]
