"""What every domain's GraphQL stands on: context, scalars, ids, errors, pages, limits. Knows no domain."""
