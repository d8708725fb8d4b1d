import { dynamicProvider } from "../../kernel/provider.ts";
import { configure, connect } from "../settings.ts";
import { type ProjectSettingsInputs, type ProjectSettingsOutputs, projectSettingsInputs } from "./inputs.ts";
import { observe } from "./observe.ts";
import { reflectSettings } from "./reflect.ts";
import { syncSettings } from "./sync.ts";

/** Settings of a project of another resource. Its id is `<organization>/<project>`. */
export const projectSettings = dynamicProvider<ProjectSettingsInputs, ProjectSettingsOutputs>({
  inputs: projectSettingsInputs,
  identity: ["organization", "project"],
  configure,

  async create(given) {
    const news = projectSettingsInputs.parse(given);
    const outputs = await syncSettings(connect(news.organization), news);
    return { id: `${news.organization}/${news.project}`, outputs };
  },

  async read(_id, state) {
    const observed = await observe(connect(state.organization), state, state.projectId);
    return observed && reflectSettings(state, observed, state);
  },

  async update(_id, _olds, given) {
    const news = projectSettingsInputs.parse(given);
    return syncSettings(connect(news.organization), news);
  },

  /** Deletion changes nothing: platform and filters stay valid, and the automatic alert and key stay removed. */
  async delete() {},
});
