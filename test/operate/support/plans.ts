import { leaves } from "../../../src/operate/changes/query/query.ts";
import { type Plan, readPlan } from "../../../src/operate/plan/plan.ts";

/** A resource as the program or a vendor describes it. */
export interface Stated {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  protect?: boolean;
  /** URNs. */
  dependencies?: readonly string[];
  retainOnDelete?: boolean;
  /** True: it cannot be changed in place. */
  replaced?: boolean;
}

export interface World {
  before?: readonly Stated[];
  after?: readonly Stated[];
  config?: Record<string, string>;
  diagnostics?: readonly { severity: string; message: string; urn?: string }[];
}

const urnOf = ({ type, name }: Stated): string => `urn:pulumi:test::brandvx-observability::${type}::${name}`;

const stateOf = (stated: Stated | undefined) =>
  stated && {
    urn: urnOf(stated),
    type: stated.type,
    inputs: { __provider: "exports.handler=()=>require('x').y", ...stated.inputs },
    outputs: stated.outputs ?? {},
    dependencies: stated.dependencies ?? [],
    ...(stated.protect && { protect: true }),
    ...(stated.retainOnDelete && { retainOnDelete: true }),
  };

/** What `pulumi preview --json --show-sames` prints for the step from one world to another; without secrets. */
export function previewJson({ before = [], after = [], config = {}, diagnostics = [] }: World): string {
  const olds = new Map(before.map((stated) => [urnOf(stated), stated]));
  const news = new Map(after.map((stated) => [urnOf(stated), stated]));
  const steps = [...new Set([...olds.keys(), ...news.keys()])].map((urn) => {
    const [old, now] = [olds.get(urn), news.get(urn)];
    const paths = old && now ? leaves(old.inputs, now.inputs).map(({ path }) => path) : [];
    const op = !old ? "create" : !now ? "delete" : paths.length === 0 ? "same" : now.replaced ? "replace" : "update";
    const detailedDiff = Object.fromEntries(paths.map((path) => [path, { kind: "update", inputDiff: true }]));
    return {
      op,
      urn,
      oldState: stateOf(old),
      newState: stateOf(now),
      detailedDiff: paths.length > 0 ? detailedDiff : null,
    };
  });
  return JSON.stringify({ config, steps, diagnostics, duration: 1, changeSummary: {} });
}

export const planOf = (world: World): Plan => readPlan(previewJson(world));
