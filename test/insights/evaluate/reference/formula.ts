/** Evaluates a formula from its text, by Python's rules; `numbers` are A, B, … */
export function formulaOf(text: string, numbers: readonly number[]): number {
  const tokens =
    text
      .replaceAll("**", "^")
      .replaceAll(/\s/g, "")
      .match(/\d+(\.\d+)?|[A-Za-z]|[-+*/%^()]/g) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const take = () => tokens[at++] ?? "";

  function additive(): number {
    let value = multiplicative();
    while (peek() === "+" || peek() === "-")
      value = take() === "+" ? value + multiplicative() : value - multiplicative();
    return value;
  }
  function multiplicative(): number {
    let value = unary();
    for (;;) {
      if (peek() === "*") {
        take();
        value *= unary();
      } else if (peek() === "/") {
        take();
        const by = unary();
        value = by === 0 ? 0 : value / by;
      } else if (peek() === "%") {
        take();
        const by = unary();
        value = by === 0 ? 0 : value - by * Math.floor(value / by);
      } else return value;
    }
  }
  function unary(): number {
    if (peek() === "-") {
      take();
      return -unary();
    }
    if (peek() === "+") {
      take();
      return unary();
    }
    const base = primary();
    if (peek() !== "^") return base;
    take();
    const exponent = unary();
    return base === 0 && exponent < 0 ? 0 : base ** exponent;
  }
  function primary(): number {
    const token = take();
    if (token === "(") {
      const value = additive();
      take();
      return value;
    }
    return /[A-Za-z]/.test(token) ? (numbers[token.toUpperCase().charCodeAt(0) - 65] ?? 0) : Number(token);
  }
  return additive();
}
