import { readdirSync, readFileSync } from "node:fs";
import {
  buildSchema,
  type DocumentNode,
  isInterfaceType,
  isObjectType,
  parse,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { expect, it } from "vitest";
import { cacheOptions } from "./cache";

const schema = buildSchema(readFileSync("../backend/schema.graphql", "utf8"));
const files = readdirSync("src", { recursive: true }).filter((file) => String(file).endsWith(".graphql"));

/** `Type at line n` of every selection that leaves out the id by which the cache would know what it holds. */
function withoutId(document: DocumentNode): string[] {
  const info = new TypeInfo(schema);
  const missing: string[] = [];
  const enter = (node: SelectionSetNode) => {
    const type = info.getParentType();
    const has = (isObjectType(type) || isInterfaceType(type)) && "id" in type.getFields();
    const asked = node.selections.some((one) => one.kind === "FragmentSpread" || (one.kind === "Field" && one.name.value === "id"));
    if (has && !asked) missing.push(`${type.name} at line ${node.loc?.startToken.line}`);
  };
  visit(document, visitWithTypeInfo(info, { SelectionSet: { enter } }));
  return missing;
}

it.each(files.map(String))("%s asks for the id of whatever has one", (file) => {
  expect(withoutId(parse(readFileSync(`src/${file}`, "utf8")))).toEqual([]);
});

it("knows what has an id by it, progress by its interaction, and parts not at all", () => {
  const keys = cacheOptions.keys ?? {};
  expect(keys.User?.({ __typename: "User", id: "u1" })).toBe("u1");
  expect(keys.PageInfo?.({ __typename: "PageInfo", hasNextPage: true })).toBe(null);
  expect(keys.InteractionProgress?.({ __typename: "InteractionProgress", interactionId: "i1" })).toBe("i1");
});
