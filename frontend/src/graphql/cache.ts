/** The normalised cache. What has an id is an entity of its own; everything else is a part of what holds it. */
import { type Cache, type CacheExchangeOpts, cacheExchange } from "@urql/exchange-graphcache";
import { possibleTypes } from "./__generated__";

type Keys = NonNullable<CacheExchangeOpts["keys"]>;

const byId: Keys[string] = (data) => (data.id === undefined || data.id === null ? null : String(data.id));

// One progress an interaction, so that a subscription's news reaches every list that shows it.
const own: Keys = { InteractionProgress: (data) => String(data.interactionId) };

/** Shared by the store and by tests that build one. */
export const cacheOptions: CacheExchangeOpts = {
  possibleTypes,
  keys: new Proxy(own, { get: (keys, type: string) => keys[type] ?? byId }),
  updates: {
    Mutation: {
      signIn: (_result, _args, cache) => forget(cache, ["viewer"]),
      signOut: (_result, _args, cache) => forget(cache, ["viewer", "interactions", "interaction", "interactionFacets"]),
    },
  },
};

export const createCache = () => cacheExchange(cacheOptions);

function forget(cache: Cache, fields: readonly string[]): void {
  for (const { fieldName, arguments: args } of cache.inspectFields("Query")) {
    if (fields.includes(fieldName)) cache.invalidate("Query", fieldName, args);
  }
}
