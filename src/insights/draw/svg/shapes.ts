import { round } from "./text.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export function rectangle(
  { x, y, width, height }: Box,
  fill: string,
  more: { stroke?: string; radius?: number } = {},
): string {
  const stroke = more.stroke === undefined ? "" : ` stroke="${more.stroke}"`;
  const radius = more.radius === undefined ? "" : ` rx="${more.radius}"`;
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}"${radius} fill="${fill}"${stroke}/>`;
}

export function rule(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}"/>`;
}

/** Moves a drawing from 0, 0 to a place. */
export function moved(content: string, x: number, y: number): string {
  return `<g transform="translate(${round(x)} ${round(y)})">${content}</g>`;
}
