#ifndef GIMON_CORE_ACCESS_H
#define GIMON_CORE_ACCESS_H

#include "base/arena.h"
#include "base/date.h"
#include "core/digest.h"

/** What a token may do. X(constant, id in files). */
#define ACCESS_ROLES(X)                                                                            \
    X(ROLE_PUBLIC, "openbaar") /* no token */                                                      \
    X(ROLE_GI, "gi")           /* its own organisations */                                         \
    X(ROLE_ANALYST, "analist") /* all figures, exact */                                            \
    X(ROLE_ADMIN, "beheer")    /* operations */

enum role {
#define ACCESS_CONSTANT(constant, id) constant,
    ACCESS_ROLES(ACCESS_CONSTANT)
#undef ACCESS_CONSTANT
        ROLE_COUNT
};

/** What needs no token; each opens what stands before it too. */
enum openness {
    OPEN_NOTHING,
    OPEN_NATIONAL, /**< national figures, exact and live */
    OPEN_ALL,      /**< every level, of editions only and with disclosure control */
};

/** One token: only its digest is known. */
struct token {
    struct slice name; /**< free text; what records and logs say */
    struct digest digest;
    enum role role;
    const struct slice *organisations; /**< ROLE_GI: those it may deliver for */
    size_t organisation_count;
    struct moment created;
    bool has_expiry;
    struct moment expires; /**< not valid from this moment on */
};

/** All tokens of a host. */
struct access {
    struct arena arena;
    const struct token *tokens;
    size_t token_count;
};

/** No tokens, on the heap; and the end of it (NULL is fine). */
struct access *access_new(void);
void access_free(struct access *access);

/**
 * The valid token whose digest is that of `secret`; NULL if there is none or it has expired. Takes
 * the same time whichever token it is.
 */
const struct token *access_find(const struct access *access, struct slice secret,
                                struct moment now);

/** Whether the token may act for that organisation. */
bool token_acts_for(const struct token *token, struct slice organisation);

/** The id of a role; and the role of an id, false if it is none. */
const char *role_id(enum role role);
bool role_parse(struct slice id, enum role *ret_role) __attribute__((warn_unused_result));

#endif
