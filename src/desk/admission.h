#ifndef GIMON_DESK_ADMISSION_H
#define GIMON_DESK_ADMISSION_H

#include "desk/desk.h"
#include "desk/limiter.h"

/** How often who has asked lately: what changes with each request. Whoever runs the desk owns it.
 */
struct tallies;

/** Nobody has asked yet, on the heap; and the end of it (NULL is fine). */
struct tallies *tallies_new(void);
void tallies_free(struct tallies *tallies);

/** Why a request is sent away before anything else is looked at. */
enum turned_away {
    TURNED_AWAY_NOT,
    TURNED_AWAY_TOKEN,       /**< over the quota of its token */
    TURNED_AWAY_ADDRESS,     /**< over the quota of its address */
    TURNED_AWAY_WRONG_TOKEN, /**< too many wrong tokens from its address */
};

/** A quota that applies to a request, and what is left of it. */
struct allotment {
    const char *name; /**< a literal, as the headers call it */
    struct quota quota;
    struct allowance left;
};

enum { ALLOTMENTS_MOST = 2 };

/** What was found when a request came in: made once, whatever happens to it afterwards. */
struct admission {
    struct slice origin; /**< see origin_find; alive with the request */
    enum turned_away turned_away;
    uint32_t wait_seconds; /**< where it was turned away: after so long it may come again */
    struct allotment allotments[ALLOTMENTS_MOST];
    size_t allotment_count;
};

/**
 * Counts a request, once, before it is decided on. A valid token counts by itself and is never
 * slowed by its address; who brings none counts by address, and a wrong token is a mark against its
 * address. Questions after the daemon's health are not counted.
 */
struct admission desk_admit(const struct desk *desk, struct tallies *tallies,
                            const struct request *request, struct moment now);

/** The Dutch sentence for who is turned away. */
struct slice admission_detail(const struct admission *admission, struct arena *arena);

/** Adds what is left of each quota that applies, and to who is turned away when to come again. */
void admission_add_headers(struct reply *reply, const struct admission *admission,
                           struct arena *arena);

#endif
