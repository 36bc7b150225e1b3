"""Province, district, commune, village: names, places in the tree, successions, by date.

`queries`, `tree_queries` and `subtrees` ask the tree, `tree_operations` rebuilds it; `allocation`
says where a vanished area's figures are shown. The room `villages` has what happens to villages.
"""
