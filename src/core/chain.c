/*
 * A chain is an array of heads by ascending id, so that `vorige`, which may name any record before
 * its own, is held against it by halving. Nothing fails here: what does not agree is an answer.
 *
 * A redacted record stands in the chain by the digest it had before (docs/log.md), so anybody could
 * put anything behind such a digest; it is as honest as the later `geredigeerd` record which says
 * what was left of it. Until that record is read the stand-in is kept on a list of its own.
 */
#include "core/chain.h"

#include <string.h>

#include "base/memory.h"

void chain_done(struct chain *chain)
{
    memory_free(chain->links);
    memory_free(chain->stand_ins);
    *chain = (struct chain){0};
}

struct record_id chain_last(const struct chain *chain)
{
    return chain->count == 0 ? (struct record_id){0} : chain->links[chain->count - 1].id;
}

/* The head before the record at a position; zeros for the first. */
static struct digest head_before(const struct chain *chain, size_t position)
{
    return position == 0 ? (struct digest){0} : chain->links[position - 1].head;
}

struct digest chain_head(const struct chain *chain)
{
    return head_before(chain, chain->count);
}

struct digest chain_head_before(const struct chain *chain)
{
    return head_before(chain, chain->count == 0 ? 0 : chain->count - 1);
}

size_t chain_find(const struct chain *chain, struct record_id id)
{
    size_t low = 0, high = chain->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = record_id_compare(chain->links[middle].id, id);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return chain->count;
}

struct record_id chain_last_at(const struct chain *chain, struct record_id known,
                               struct digest *ret_head)
{
    size_t low = 0, high = chain->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (record_id_compare(chain->links[middle].id, known) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (ret_head != NULL) *ret_head = head_before(chain, low);
    return low == 0 ? (struct record_id){0} : chain->links[low - 1].id;
}

bool chain_agrees(const struct chain *chain, struct record_id id, const struct digest *head)
{
    const struct digest start = {0};
    if (id.ms == 0 && id.seq == 0) return digest_equal(&start, head);
    const size_t position = chain_find(chain, id);
    return position < chain->count && digest_equal(&chain->links[position].head, head);
}

static void keep_stand_in(struct chain *chain, const struct record *record)
{
    const struct chain_stand_in stand_in = {
        .id = record->id,
        .was = record_digest(record),
        .rest = record_fields_digest(record),
    };
    chain->stand_ins = memory_room(chain->stand_ins, chain->stand_in_count, &chain->stand_in_room,
                                   sizeof *chain->stand_ins);
    chain->stand_ins[chain->stand_in_count++] = stand_in;
}

struct digest chain_take(struct chain *chain, const struct record *record)
{
    const struct digest before = chain_head(chain);
    const struct chain_link link = {.id = record->id, .head = record_chain(&before, record)};
    chain->links = memory_room(chain->links, chain->count, &chain->room, sizeof *chain->links);
    chain->links[chain->count++] = link;
    if (record_is_redacted(record)) keep_stand_in(chain, record);
    return link.head;
}

static size_t find_stand_in(const struct chain *chain, struct record_id id)
{
    size_t at = 0;
    while (at < chain->stand_in_count && record_id_compare(chain->stand_ins[at].id, id) != 0)
        at++;
    return at;
}

/* Whether the chain came to its head by a record of that digest. */
static bool has_digest(const struct chain *chain, size_t position, const struct digest *digest)
{
    const struct chain_link *link = &chain->links[position];
    const struct digest before = head_before(chain, position);
    const struct digest head = record_chain_step(&before, link->id, digest);
    return digest_equal(&head, &link->head);
}

enum chain_vouch chain_vouch(struct chain *chain, const struct redaction *redaction)
{
    const size_t position = chain_find(chain, redaction->target);
    if (position == chain->count || !has_digest(chain, position, &redaction->was))
        return VOUCH_UNKNOWN;
    const size_t at = find_stand_in(chain, redaction->target);
    if (at == chain->stand_in_count) return VOUCH_UNTOUCHED;
    const bool rest = digest_equal(&chain->stand_ins[at].rest, &redaction->rest);
    chain->stand_in_count--;
    memmove(&chain->stand_ins[at], &chain->stand_ins[at + 1],
            (chain->stand_in_count - at) * sizeof *chain->stand_ins);
    return rest ? VOUCH_GOOD : VOUCH_ALTERED;
}
