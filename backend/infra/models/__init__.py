"""
The models that Assay can use but does not bring: which there are, how they are fetched, and how one knows that they are still the same.

`catalogue` names them, `hub` speaks to a model hub, `pull` brings them into the models folder, `lock` remembers what was brought.
"""
