"""A registry to its sides: the state, union or organisation that each actor stands for.

A *side* is what sends a measure, or is put under one. A state is its own side; a person or body counts
for the state of its country, and where it has none for the union whose camp it is of; so does whoever holds
an office of that union, which a role alias tells that begins with its name ("EU commissioner"). An organisation
without a country is its own. A camp belongs to an actor where it is one of its names ("eu" of the actor
with the alias "EU"). Not caught: that somebody changes sides; the registry has one country an actor.
"""

from __future__ import annotations

from functools import lru_cache

from analysis.actors import Registry


class Sides:
    """Which side each actor of a registry stands for.

    `types` maps an actor to its type, `of` to its side, `members` to the union whose camp it is of; `unions` are those of states.
    """

    def __init__(self, registry: Registry) -> None:
        actors = registry.actors
        states = {a.country: a.actor_id for a in actors.values() if a.type == "state" and a.country}
        heads = {
            alias.text.casefold(): alias.actor_id
            for alias in registry.aliases
            if alias.kind == "name" and actors[alias.actor_id].camp == alias.text.casefold()
        }
        officials = _officials(registry, heads)
        self.types = {a.actor_id: a.type for a in actors.values()}
        self.of: dict[str, str] = {}
        for a in actors.values():
            if a.type == "state" or a.actor_id in heads.values():
                self.of[a.actor_id] = a.actor_id
            elif a.type == "person" and a.actor_id in officials:
                self.of[a.actor_id] = heads[a.camp]
            elif a.type != "person" and not a.country:
                self.of[a.actor_id] = heads.get(a.camp, a.actor_id)
            else:
                self.of[a.actor_id] = states.get(a.country) or heads.get(a.camp) or a.actor_id
        self.members = {a.actor_id: heads[a.camp] for a in actors.values() if a.camp in heads}
        unions = {heads[a.camp] for a in actors.values() if a.type == "state" and a.camp in heads}
        self.unions = frozenset(union for union in unions if self.types[union] != "state")

    def is_person(self, actor_id: str) -> bool:
        """Tell a person from a state, organisation or group."""
        return self.types.get(actor_id) == "person"


def _officials(registry: Registry, heads: dict[str, str]) -> set[str]:
    """Return who holds an office that is named for the head of its camp."""
    names: dict[str, tuple[str, ...]] = {}
    for alias in registry.aliases:
        camp = registry.actors[alias.actor_id].camp
        if alias.kind == "name" and heads.get(camp) == alias.actor_id:
            names[camp] = (*names.get(camp, ()), alias.text)
    roles = (alias for alias in registry.aliases if alias.kind == "role")
    return {a.actor_id for a in roles if a.text.startswith(names.get(registry.actors[a.actor_id].camp, ()))}


@lru_cache(maxsize=8)
def sides(registry: Registry) -> Sides:
    """Return the sides of a registry; made once for each."""
    return Sides(registry)
