/*
 * Who may do what. A host knows digests, never tokens; a secret is digested and compared with all
 * of them, so that neither the answer's time nor its order tells which one it was near to.
 */
#include "core/access.h"

#include "base/memory.h"

static const char *const role_ids[] = {
#define ACCESS_ID(constant, id) [constant] = (id),
    ACCESS_ROLES(ACCESS_ID)
#undef ACCESS_ID
};

struct access *access_new(void)
{
    struct access *access = memory_new(sizeof(*access));
    arena_init(&access->arena);
    return access;
}

void access_free(struct access *access)
{
    if (access == NULL) return;
    arena_done(&access->arena);
    memory_free(access);
}

static bool is_valid(const struct token *token, struct moment now)
{
    return !token->has_expiry || now.ms < token->expires.ms;
}

const struct token *access_find(const struct access *access, struct slice secret, struct moment now)
{
    const struct digest digest = digest_of(secret);
    size_t found = access->token_count;
    for (size_t i = 0; i < access->token_count; i++) {
        const struct token *token = &access->tokens[i];
        const unsigned same = digest_equal(&token->digest, &digest);
        /* Chosen by mask, not by branch: a hit costs what a miss costs. */
        const size_t mask = (size_t)0 - (same & (unsigned)is_valid(token, now));
        found = (found & ~mask) | (i & mask);
    }
    return found < access->token_count ? &access->tokens[found] : NULL;
}

bool token_acts_for(const struct token *token, struct slice organisation)
{
    return token->role == ROLE_GI &&
           slice_listed(token->organisations, token->organisation_count, organisation);
}

const char *role_id(enum role role)
{
    return role < ROLE_COUNT ? role_ids[role] : "";
}

bool role_parse(struct slice id, enum role *ret_role)
{
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        if (!slice_is(id, role_ids[role])) continue;
        *ret_role = (enum role)role;
        return true;
    }
    return false;
}
