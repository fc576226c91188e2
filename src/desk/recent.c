/*
 * A fixed number of places, found by key through chains of a hash and ordered by last use in a
 * doubly linked list. Nothing fails: a new key pushes out the one that has been idle longest. Keys
 * that somebody picks to share a chain make it no longer than there are places.
 */
#include "desk/recent.h"

#include "base/memory.h"

#include <string.h>

static const uint32_t NONE = UINT32_MAX;

struct place {
    struct recent_key key;
    uint32_t chain;        /* the next one with this hash */
    uint32_t older, newer; /* by last use */
};

struct recent {
    struct place *places;
    uint32_t *chains; /* as many as there are places */
    uint32_t room, used;
    uint32_t oldest, newest;
};

struct recent *recent_new(size_t places)
{
    struct recent *recent = memory_new(sizeof *recent);
    recent->room = (uint32_t)places;
    recent->places = memory_new(places * sizeof *recent->places);
    recent->chains = memory_new(places * sizeof *recent->chains);
    recent_clear(recent);
    return recent;
}

void recent_free(struct recent *recent)
{
    if (recent == NULL) return;
    memory_free(recent->places);
    memory_free(recent->chains);
    memory_free(recent);
}

void recent_clear(struct recent *recent)
{
    for (uint32_t i = 0; i < recent->room; i++)
        recent->chains[i] = NONE;
    recent->used = 0;
    recent->oldest = recent->newest = NONE;
}

/* FNV-1a. */
static uint32_t *chain_of(const struct recent *recent, const struct recent_key *key)
{
    uint64_t hash = 14695981039346656037U;
    for (size_t i = 0; i < RECENT_KEY_BYTES; i++)
        hash = (hash ^ key->bytes[i]) * 1099511628211U;
    return &recent->chains[(hash ^ hash >> 32) % recent->room];
}

bool recent_find(const struct recent *recent, const struct recent_key *key, size_t *ret_place)
{
    uint32_t at = *chain_of(recent, key);
    while (at != NONE && memcmp(&recent->places[at].key, key, sizeof *key) != 0)
        at = recent->places[at].chain;
    if (at == NONE) return false;
    *ret_place = at;
    return true;
}

static void link_newest(struct recent *recent, uint32_t at)
{
    struct place *place = &recent->places[at];
    place->older = recent->newest;
    place->newer = NONE;
    if (recent->newest != NONE) recent->places[recent->newest].newer = at;
    if (recent->oldest == NONE) recent->oldest = at;
    recent->newest = at;
}

static void unlink_place(struct recent *recent, uint32_t at)
{
    const struct place *place = &recent->places[at];
    if (place->older != NONE) recent->places[place->older].newer = place->newer;
    if (place->newer != NONE) recent->places[place->newer].older = place->older;
    if (recent->oldest == at) recent->oldest = place->newer;
    if (recent->newest == at) recent->newest = place->older;
}

static void leave_chain(struct recent *recent, uint32_t at)
{
    uint32_t *link = chain_of(recent, &recent->places[at].key);
    while (*link != at)
        link = &recent->places[*link].chain;
    *link = recent->places[at].chain;
}

/* A place that is nobody's: one that never was, else that of the longest idle. */
static uint32_t take_place(struct recent *recent)
{
    if (recent->used < recent->room) return recent->used++;
    const uint32_t at = recent->oldest;
    leave_chain(recent, at);
    unlink_place(recent, at);
    return at;
}

size_t recent_touch(struct recent *recent, const struct recent_key *key, bool *ret_fresh)
{
    size_t found;
    *ret_fresh = !recent_find(recent, key, &found);
    if (!*ret_fresh) {
        unlink_place(recent, (uint32_t)found);
        link_newest(recent, (uint32_t)found);
        return found;
    }
    const uint32_t at = take_place(recent);
    uint32_t *chain = chain_of(recent, key);
    recent->places[at].key = *key;
    recent->places[at].chain = *chain;
    *chain = at;
    link_newest(recent, at);
    return at;
}
