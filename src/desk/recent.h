#ifndef GIMON_DESK_RECENT_H
#define GIMON_DESK_RECENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RECENT_KEY_BYTES = 16 };

/** Whom a place belongs to: an address, or the first bytes of a digest. */
struct recent_key {
    uint8_t bytes[RECENT_KEY_BYTES];
};

/**
 * Gives each of the most recently seen keys a place from 0 up to a fixed number. When all places
 * are taken, a new key gets the place of the one that has been idle longest, so memory is bounded
 * whatever comes in.
 */
struct recent;

/** With so many places (at least 1), on the heap; and the end of it (NULL is fine). */
struct recent *recent_new(size_t places);
void recent_free(struct recent *recent);

/** Forgets every key. */
void recent_clear(struct recent *recent);

/** The place of a key, now the one seen last; `ret_fresh` says that it was somebody else's. */
size_t recent_touch(struct recent *recent, const struct recent_key *key, bool *ret_fresh);

/** The place of a key that has one; changes nothing. */
bool recent_find(const struct recent *recent, const struct recent_key *key, size_t *ret_place)
    __attribute__((warn_unused_result));

#endif
