/*
 * What people and models said to each other: in the requests, answers and classes of model providers the words stand
 * under `content` and `text`, which elsewhere name other things. Beside a speaker or a kind of block they are private.
 */

/** `"role": "user"`, `HumanMessage(…)`, `"type": "text_delta"`, `"parts": [{` */
const speaks =
  /(?<![\w$<-])(?:["'`]?(?:role|speaker)["'`]?\s?[:=]\s?["'`]?(?:user|assistant|system|developer|tool|function|human|ai|model|bot|agent|customer|client|caller)(?![\w-])|["'`]type["'`]\s?:\s?["'`](?:(?:in|out)put_)?(?:text(?:_delta)?|human|ai|thinking(?:_delta)?)["'`]|["'`]?parts["'`]?\s?[:=]\s?\[\s?(?:\{|["'`])|["'`]?model["'`]?\s?[:=]\s?["'`](?:gpt|chatgpt|o\d|claude|gemini|models\/|llama|meta-llama|mistral|mixtral|deepseek|grok|command|text-embedding|qwen)|["'`]choices["'`]\s?:\s?\[|["'`]delta["'`]\s?:\s?\{\s?["'`](?:content|text)["'`]|(?:(?:Human|AI|System|Tool|Chat|User|Assistant|ChatCompletion\w{0,12})Message(?:Chunk)?|TextBlock|Content|Part)\(\w{1,20}=)/i;

const saidUnder =
  /^(?:contents?|text|thinking|arguments|output_?text|input_?text|parts|instructions|system|input|prompt|question|output|query)$/i;

/** Whether a name in a text is one of what was said, if the text has a speaker at all. */
export function isSaidUnder(name: string): boolean {
  return saidUnder.test(name);
}

/** Whether a text has a speaker. */
export function hasSpeaker(text: string): boolean {
  return speaks.test(text);
}
