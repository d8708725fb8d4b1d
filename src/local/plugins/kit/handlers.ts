import { randomBytes } from "node:crypto";
import type * as Grpc from "@grpc/grpc-js";
import type * as provider from "@pulumi/pulumi/proto/provider_pb.js";
import { type Change, changes } from "./changes.ts";
import { autoName, inputsOf } from "./inputs.ts";
import { empty, failure, fromStruct, initFailure, messages, pluginMessages, toStruct } from "./protocol.ts";
import { MadeInPart, type Plugin, PluginCrash, type Resource } from "./resource.ts";
import { schemaOf } from "./schema.ts";
import { findings, plan, withoutUnknowns } from "./shape.ts";
import { markSecret, type Properties } from "./values.ts";

/**
 * Handles the engine's calls with a plugin's resources. Secrets arrive in clear and are returned marked as secret.
 *
 * @param crash ends the plugin's process, like a panic of the real one
 */
export function handlers<Client>(
  plugin: Plugin<Client>,
  version: string,
  crash: (cause: PluginCrash) => void,
): Grpc.UntypedServiceImplementation {
  const unary =
    <Request, Response>(work: (request: Request) => Response | Promise<Response>) =>
    async (
      { request }: Grpc.ServerUnaryCall<Request, Response>,
      answer: Grpc.sendUnaryData<Response>,
    ): Promise<void> => {
      try {
        answer(null, await work(request));
      } catch (error) {
        if (error instanceof PluginCrash) crash(error);
        const message = error instanceof Error ? error.message : String(error);
        answer(
          error instanceof MadeInPart ? initFailure(error.held.id, error.held.state, message) : failure(message),
          null,
        );
      }
    };
  let client: Client | null = null;
  const resourceOf = (urn: string): Resource<Client> => {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const resource = plugin.resources[type];
    if (resource === undefined)
      throw new Error(
        `the stand-in for the ${plugin.name} plugin has no ${type}, only ${Object.keys(plugin.resources).join(", ")}`,
      );
    return resource;
  };
  const configured = () => {
    if (client === null) throw new Error(`the ${plugin.name} plugin is not configured`);
    return client;
  };
  const marked = ({ secrets }: Resource<Client>, properties: Properties) =>
    toStruct(secrets.reduce(markSecret, properties));

  return {
    getPluginInfo: unary(() => {
      const info = new pluginMessages.PluginInfo();
      info.setVersion(version);
      return info;
    }),
    getSchema: unary(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema(JSON.stringify(schemaOf(plugin, version)));
      return response;
    }),
    attach: unary(empty),
    cancel: unary(empty),

    configure: unary((request: provider.ConfigureRequest) => {
      const prefix = `${plugin.name}:config:`;
      const given = [...request.getVariablesMap().toArray()].filter(([key]) => key.startsWith(prefix));
      client = plugin.configure(Object.fromEntries(given.map(([key, value]) => [key.slice(prefix.length), value])));
      const response = new messages.ConfigureResponse();
      response.setSupportspreview(true);
      return response;
    }),

    check: unary((request: provider.CheckRequest) => {
      const resource = resourceOf(request.getUrn());
      const name = request.getUrn().split("::").slice(3).join("::");
      const seed = request.getRandomseed_asU8();
      const inputs = autoName(
        resource.shape,
        fromStruct(request.getNews()),
        fromStruct(request.getOlds()),
        name,
        seed.length > 0 ? seed : randomBytes(8),
      );
      const found = [...findings(resource.shape, inputs), ...(resource.check?.(inputs) ?? [])];
      const response = new messages.CheckResponse();
      response.setInputs(marked(resource, inputs));
      response.setFailuresList(
        found.map(({ property, reason }) => {
          const problem = new messages.CheckFailure();
          problem.setProperty(property);
          problem.setReason(reason);
          return problem;
        }),
      );
      return response;
    }),

    diff: unary((request: provider.DiffRequest) => {
      const { shape } = resourceOf(request.getUrn());
      const present = fromStruct(request.getOlds());
      const planned = plan(shape, fromStruct(request.getNews()), present, request.getIgnorechangesList());
      return diffResponse(changes(shape, present, planned));
    }),

    create: unary(async (request: provider.CreateRequest) => {
      const resource = resourceOf(request.getUrn());
      const planned = plan(resource.shape, fromStruct(request.getProperties()), null);
      const response = new messages.CreateResponse();
      if (request.getPreview()) {
        response.setProperties(marked(resource, planned));
        return response;
      }
      const { id, state } = await resource.create(configured(), withoutUnknowns(planned));
      response.setId(id);
      response.setProperties(marked(resource, state));
      return response;
    }),

    read: unary(async (request: provider.ReadRequest) => {
      const resource = resourceOf(request.getUrn());
      const state = fromStruct(request.getProperties());
      const isImport = Object.keys(state).length === 0;
      const found = await resource.read(configured(), request.getId(), isImport ? null : state);
      const response = new messages.ReadResponse();
      if (found === null) return response;
      const old = request.hasInputs() && !isImport ? fromStruct(request.getInputs()) : null;
      response.setId(found.id);
      response.setProperties(marked(resource, found.state));
      response.setInputs(marked(resource, inputsOf(resource.shape, old, found.state)));
      return response;
    }),

    update: unary(async (request: provider.UpdateRequest) => {
      const resource = resourceOf(request.getUrn());
      const state = fromStruct(request.getOlds());
      const planned = plan(resource.shape, fromStruct(request.getNews()), state, request.getIgnorechangesList());
      const after = request.getPreview()
        ? planned
        : await resource.update(configured(), request.getId(), state, withoutUnknowns(planned));
      const response = new messages.UpdateResponse();
      response.setProperties(marked(resource, after));
      return response;
    }),

    delete: unary(async (request: provider.DeleteRequest) => {
      const resource = resourceOf(request.getUrn());
      await resource.delete(configured(), request.getId(), fromStruct(request.getProperties()));
      return empty();
    }),
  };
}

function diffResponse(found: Change[]): provider.DiffResponse {
  const { DiffResponse, PropertyDiff } = messages;
  const response = new DiffResponse();
  response.setChanges(found.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE);
  const topLevel = (list: Change[]) => [...new Set(list.map(({ path }) => path.split(/[.[]/, 1)[0] ?? path))];
  response.setDiffsList(topLevel(found));
  response.setReplacesList(topLevel(found.filter(({ replaces }) => replaces)));
  response.setHasdetaileddiff(true);
  const { Kind } = PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  } as const;
  for (const { path, kind, replaces } of found) {
    const difference = new PropertyDiff();
    difference.setKind(kinds[kind][replaces ? 1 : 0]);
    response.getDetaileddiffMap().set(path, difference);
  }
  return response;
}
