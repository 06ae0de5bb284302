import { readFileSync } from "node:fs";
import { buildSchema, isObjectType } from "graphql";
import { expect, it } from "vitest";
import { cacheOptions } from "./cache";

const schema = buildSchema(readFileSync("../backend/schema.graphql", "utf8"));
const roots = ["Query", "Mutation", "Subscription"];
const types = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith("__") && !roots.includes(type.name),
);

it.each(types.map((type) => type.name))("%s has an id, or is a part of what holds it", (name) => {
  const type = schema.getType(name);
  const keyed = Object.hasOwn(cacheOptions.keys ?? {}, name);
  expect(keyed || (isObjectType(type) && "id" in type.getFields())).toBe(true);
});

it("knows no types that the schema has not", () => {
  for (const name of Object.keys(cacheOptions.keys ?? {})) expect(schema.getType(name)?.name).toBe(name);
});
