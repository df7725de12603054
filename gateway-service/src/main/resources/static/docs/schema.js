// What a JSON value is made of: a table of its fields, each with its type; types of their own unfold when asked for.
import { element, inline } from "./text.js";

export function schemaView(api, schema) {
  if (schema.$ref) {
    return unfolding(api, schema);
  }
  if (schema.oneOf ?? schema.anyOf) {
    return element("div", { class: "choice" }, ...(schema.oneOf ?? schema.anyOf).map((one) => schemaView(api, one)));
  }
  const whole = schema.allOf ? merged(api, schema) : schema;
  if (!whole.properties) {
    return element("p", {}, typeName(api, whole), ...nested(api, whole));
  }
  const required = new Set(whole.required ?? []);
  return element(
    "table",
    { class: "fields" },
    element("tbody", {}, ...Object.entries(whole.properties).map(([name, field]) => row(api, name, field, required.has(name)))),
  );
}

function row(api, name, field, required) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, element("code", {}, name), required ? "" : element("span", { class: "optional" }, " optional")),
    element("td", {}, typeName(api, field), ...limits(field), field.description ? element("span", {}, " – ", ...inline(field.description)) : "", ...nested(api, field)),
  );
}

/** Its own type, if it is more than a word, behind a line that unfolds. */
function unfolding(api, schema) {
  const name = schema.$ref.split("/").pop();
  const target = lookUp(api, name);
  if (!isComplex(target)) {
    return element("p", {}, typeName(api, schema), ...limits(target));
  }
  const details = element("details", { class: "type" }, element("summary", {}, name));
  details.addEventListener("toggle", () => details.append(schemaView(api, target)), { once: true });
  return details;
}

function nested(api, field) {
  if (field.$ref) {
    return isComplex(lookUp(api, field.$ref.split("/").pop())) ? [unfolding(api, field)] : [];
  }
  if (field.items) {
    return nested(api, field.items);
  }
  return field.properties || field.allOf ? [schemaView(api, field)] : [];
}

function typeName(api, field) {
  if (field.$ref) {
    const target = lookUp(api, field.$ref.split("/").pop());
    return isComplex(target) ? "object" : typeName(api, target);
  }
  if (field.items) {
    return `list of ${typeName(api, field.items)}s`;
  }
  if (field.oneOf ?? field.anyOf) {
    return (field.oneOf ?? field.anyOf).map((one) => typeName(api, one)).join(" or ");
  }
  if ("const" in field) {
    return JSON.stringify(field.const);
  }
  if (field.format === "date-time") {
    return "time";
  }
  return [field.type ?? (field.allOf ? "object" : "any")].flat().join(" or ");
}

function limits(field) {
  return field.enum ? [`: ${field.enum.join(", ")}`] : [];
}

function isComplex(schema) {
  return Boolean(schema.properties ?? schema.allOf ?? schema.oneOf ?? schema.anyOf);
}

/** All parts of an `allOf` as one. */
function merged(api, schema) {
  const parts = [...schema.allOf, { ...schema, allOf: undefined }].map((part) => (part.$ref ? lookUp(api, part.$ref.split("/").pop()) : part));
  return parts
    .map((part) => (part.allOf ? merged(api, part) : part))
    .reduce((all, part) => ({
      type: "object",
      required: [...(all.required ?? []), ...(part.required ?? [])],
      properties: { ...all.properties, ...part.properties },
    }));
}

function lookUp(api, name) {
  return api.components.schemas[name];
}
