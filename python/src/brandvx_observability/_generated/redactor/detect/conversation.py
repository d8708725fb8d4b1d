# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/conversation.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js

speaks = js.RegExp(r"""(?<![$\-0-9<A-Z_a-z])(?:[\x22'`]?(?:role|speaker)[\x22'`]?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'`]?(?:user|assistant|system|developer|tool|function|human|ai|model|bot|agent|customer|client|caller)(?![\w\-])|[\x22'`]type[\x22'`][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'`](?:(?:in|out)put_)?(?:text(?:_delta)?|human|ai|thinking(?:_delta)?)[\x22'`]|[\x22'`]?parts[\x22'`]?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\[[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:\{|[\x22'`])|[\x22'`]?model[\x22'`]?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'`](?:gpt|chatgpt|o[\d]|claude|gemini|models/|llama|meta\-llama|mistral|mixtral|deepseek|grok|command|text\-embedding|qwen)|[\x22'`]choices[\x22'`][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\[|[\x22'`]delta[\x22'`][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\{[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'`](?:content|text)[\x22'`]|(?:(?:Human|AI|System|Tool|Chat|User|Assistant|ChatCompletion[\w]{0,12})Message(?:Chunk)?|TextBlock|Content|Part)\([\w]{1,20}=)""", "i")
saidUnder = js.RegExp(r"\A(?:contents?|text|thinking|arguments|output_?text|input_?text|parts|instructions|system|input|prompt|question|output|query)\Z", "i")
def isSaidUnder(name):
    return saidUnder.test(name)

def hasSpeaker(text):
    return speaks.test(text)

