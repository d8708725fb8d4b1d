import type { ValueRule } from "../../shared/rule.ts";
import { text } from "./literal.ts";

/** An event as `ph_capture` takes it: its name, the class of its properties, and whether it can do without any. */
export interface CapturedEvent {
  readonly name: string;
  readonly properties: string;
  readonly optional: boolean;
}

export function capturedEvent(
  name: string,
  properties: string,
  rules: Readonly<Record<string, ValueRule>>,
): CapturedEvent {
  return { name, properties, optional: Object.values(rules).every(({ optional }) => optional) };
}

/** Shown by mypy, which cannot name the property here. */
const advice =
  "a server event of the catalog with its distinct_id and exactly its properties: the event's own function, events.*, tells what is wrong";

/**
 * The types of `ph_capture(event, distinct_id, properties)`, in which each fault is one message.
 *
 * Overloads alone are two messages in pyright, and in mypy as many lines as there are events. So there are two shapes:
 * - mypy's have a last overload that takes no call, but that looks to mypy like the one that was meant, for which it
 *   tells its first difference alone. A text is a `Sequence`, and never one of a `Literal`.
 * - To others it is a class: `__new__` finds the type of the properties by the event's name, and `__init__` is an ordinary
 *   signature with that type.
 */
export function captureTypes(events: readonly CapturedEvent[]): string {
  if (events.length === 0) return none;
  const bare = events.some(({ optional }) => optional) ? `\n${bareClass}` : "";
  return `if TYPE_CHECKING:
    MYPY: Final = False
    """True to mypy, which knows it by its name."""

    if MYPY:

${events.map(overload).join("\n")}
        @overload
        def ph_capture(
            event: Sequence[Literal[${text(advice)}]],
            *arguments: object,
            **named: object,
        ) -> None: ...
        def ph_capture(event: object, *arguments: object, **named: object) -> None: ...
    else:
        _Properties = TypeVar("_Properties")

        class ph_capture(Generic[_Properties]):
            """Hands an event over to be sent. A function, which is a class to type checkers alone."""

${events.map(finding).join("\n")}
            @overload
            def __new__(cls, event: object, *arguments: Any, **named: Any) -> "ph_capture[Any]": ...
            def __new__(cls, event: object, *arguments: Any, **named: Any) -> "ph_capture[Any]": ...
            def __init__(self, event: ServerEvent, distinct_id: str, properties: _Properties) -> None: ...
${bare}else:
    ph_capture = _capture`;
}

function overload({ name, properties, optional }: CapturedEvent): string {
  const given = `properties: ${properties}${optional ? " | None = None" : ""}`;
  return `        @overload
        def ph_capture(event: Literal[${text(name)}], distinct_id: str, ${given}) -> None: ...`;
}

function finding({ name, properties, optional }: CapturedEvent): string {
  const found = `${optional ? "_ph_capture_bare" : "ph_capture"}[${properties}]`;
  return `            @overload
            def __new__(cls, event: Literal[${text(name)}], *arguments: Any, **named: Any) -> "${found}": ...`;
}

const bareClass = `
        class _ph_capture_bare(ph_capture[_Properties]):
            def __init__(self, event: ServerEvent, distinct_id: str, properties: _Properties | None = None) -> None: ...
`;

const none = `if TYPE_CHECKING:
    def ph_capture(event: ServerEvent, distinct_id: str, properties: object = None) -> None: ...
else:
    ph_capture = _capture`;
