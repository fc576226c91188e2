/*
 * Two chains run side by side. One is the log's own, computed from what stands there. The other is
 * what the writers believed: the same until a `vorige` contradicts it, from where on it follows
 * that witness, so that each altered place is found once and not again by all that was written
 * after it. Whoever read the log after it was altered agrees with the first, the others with the
 * second; a record may agree with either.
 *
 * A contradiction found by one witness may be the witness' own fault: it is told once a later
 * record agrees with that witness, or the log ends; it is doubtful when the next contradiction has
 * nobody else to blame than that witness.
 *
 * What nobody can find here: the newest record altered in another field than `inhoud`, since no
 * later writer has seen it (receipts and running daemons have), and a log rewritten from some
 * record on to its end (receipts have).
 */
#include "core/inquest.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A writer that has not seen what stood on the log for so long is none of ours. */
static const uint64_t STALE_MS = 3600000;

/* A record as the writers after it knew it. */
struct belief {
    struct record_id id;
    struct digest digest;
    struct digest head;
    bool missing; /* somebody knew it, it is not there */
};

/* `poging` of a record, shortened: random enough to be equal only when it was copied. */
struct attempt {
    uint8_t key[16];
    struct record_id id;
};

struct inquest {
    inquest_listener *on_flaw;
    void *self;
    struct chain chain;     /* as computed */
    struct belief *beliefs; /* as believed; ascending by id */
    size_t belief_count, belief_room;
    struct record_id sure;    /* all up to here is as some later writer knew it */
    struct flaw *accusations; /* told once their witness is found good */
    size_t accusation_count, accusation_room;
    struct attempt *attempts;
    size_t attempt_count, attempt_room;
};

const char *flaw_text(enum flaw_kind kind)
{
    static const char *const texts[] = {
#define INQUEST_TEXT(constant, sentence) [constant] = (sentence),
        INQUEST_FLAWS(INQUEST_TEXT)
#undef INQUEST_TEXT
    };
    return kind < FLAW_COUNT ? texts[kind] : "";
}

struct inquest *inquest_new(inquest_listener *on_flaw, void *self)
{
    struct inquest *inquest = memory_new(sizeof *inquest);
    inquest->on_flaw = on_flaw;
    inquest->self = self;
    return inquest;
}

void inquest_free(struct inquest *inquest)
{
    if (inquest == NULL) return;
    chain_done(&inquest->chain);
    memory_free(inquest->beliefs);
    memory_free(inquest->accusations);
    memory_free(inquest->attempts);
    memory_free(inquest);
}

const struct chain *inquest_chain(const struct inquest *inquest)
{
    return &inquest->chain;
}

static void tell(const struct inquest *inquest, enum flaw_kind kind, struct record_id id)
{
    inquest->on_flaw(inquest->self, &(struct flaw){.kind = kind, .record = id});
}

/* ---- what the writers believed ---- */

/* The first belief that is not before `id`. */
static size_t belief_position(const struct inquest *inquest, struct record_id id)
{
    size_t low = 0, high = inquest->belief_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (record_id_compare(inquest->beliefs[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const struct inquest *inquest, size_t position, struct record_id id)
{
    return position < inquest->belief_count &&
           record_id_compare(inquest->beliefs[position].id, id) == 0;
}

static struct digest head_before(const struct inquest *inquest, size_t position)
{
    return position == 0 ? (struct digest){0} : inquest->beliefs[position - 1].head;
}

static void belief_insert(struct inquest *inquest, size_t position, const struct belief *belief)
{
    inquest->beliefs = memory_room(inquest->beliefs, inquest->belief_count, &inquest->belief_room,
                                   sizeof *inquest->beliefs);
    memmove(&inquest->beliefs[position + 1], &inquest->beliefs[position],
            (inquest->belief_count - position) * sizeof *inquest->beliefs);
    inquest->beliefs[position] = *belief;
    inquest->belief_count++;
}

/* From here on the writers are followed: this head, and what comes of it behind. */
static void believe(struct inquest *inquest, size_t position, const struct digest *head)
{
    inquest->beliefs[position].head = *head;
    for (size_t i = position + 1; i < inquest->belief_count; i++) {
        struct belief *belief = &inquest->beliefs[i];
        if (belief->missing) continue;
        const struct digest before = head_before(inquest, i);
        belief->head = record_chain_step(&before, belief->id, &belief->digest);
    }
}

static void believe_next(struct inquest *inquest, const struct record *record)
{
    const struct digest before = head_before(inquest, inquest->belief_count);
    struct belief belief = {.id = record->id, .digest = record_digest(record)};
    belief.head = record_chain_step(&before, belief.id, &belief.digest);
    belief_insert(inquest, inquest->belief_count, &belief);
}

/* ---- witnesses ---- */

static void accuse(struct inquest *inquest, const struct flaw *flaw)
{
    inquest->accusations = memory_room(inquest->accusations, inquest->accusation_count,
                                       &inquest->accusation_room, sizeof *inquest->accusations);
    inquest->accusations[inquest->accusation_count++] = *flaw;
}

/* Witnesses up to `id` are good: what they said is told. */
static void confirm(struct inquest *inquest, struct record_id id)
{
    size_t kept = 0;
    for (size_t i = 0; i < inquest->accusation_count; i++) {
        const struct flaw flaw = inquest->accusations[i];
        if (record_id_compare(flaw.witness, id) <= 0)
            inquest->on_flaw(inquest->self, &flaw);
        else
            inquest->accusations[kept++] = flaw;
    }
    inquest->accusation_count = kept;
    if (record_id_compare(id, inquest->sure) > 0) inquest->sure = id;
}

/* The witness itself was altered: what it says of others may be what was altered. */
static void discredit(struct inquest *inquest, struct record_id witness)
{
    for (size_t i = 0; i < inquest->accusation_count; i++) {
        struct flaw *flaw = &inquest->accusations[i];
        if (record_id_compare(flaw->witness, witness) == 0) flaw->doubtful = true;
    }
}

static size_t count_suspects(const struct inquest *inquest, size_t last)
{
    size_t count = 0;
    for (size_t i = last + 1; i > 0; i--) {
        const struct belief *belief = &inquest->beliefs[i - 1];
        if (record_id_compare(belief->id, inquest->sure) <= 0) break;
        count += belief->missing ? 0 : 1;
    }
    return count;
}

static void accuse_altered(struct inquest *inquest, size_t position, const struct digest *head,
                           struct record_id witness)
{
    const struct flaw flaw = {.kind = FLAW_ALTERED,
                              .record = inquest->beliefs[position].id,
                              .after = inquest->sure,
                              .witness = witness,
                              .suspects = count_suspects(inquest, position)};
    if (flaw.suspects == 1) discredit(inquest, flaw.record);
    accuse(inquest, &flaw);
    believe(inquest, position, head);
    inquest->sure = flaw.record;
}

static void accuse_missing(struct inquest *inquest, size_t position, struct record_id id,
                           const struct digest *head, struct record_id witness)
{
    const struct belief belief = {.id = id, .head = *head, .missing = true};
    accuse(inquest,
           &(struct flaw){
               .kind = FLAW_MISSING, .record = id, .after = inquest->sure, .witness = witness});
    belief_insert(inquest, position, &belief);
    believe(inquest, position, head);
    inquest->sure = id;
}

/* ---- one record ---- */

/* The record after the one that `vorige` names had been there too long not to be seen. */
static bool is_stale(const struct inquest *inquest, struct record_id previous, struct record_id id)
{
    size_t next = belief_position(inquest, previous);
    if (is_at(inquest, next, previous)) next++;
    return next < inquest->belief_count && inquest->beliefs[next].id.ms + STALE_MS < id.ms;
}

static bool agrees(const struct inquest *inquest, size_t position, struct record_id id,
                   const struct digest *head)
{
    return chain_agrees(&inquest->chain, id, head) ||
           (is_at(inquest, position, id) && digest_equal(&inquest->beliefs[position].head, head));
}

static void check_previous(struct inquest *inquest, const struct record *record)
{
    struct record_id id;
    struct digest head;
    const bool read = record_previous_parse(record->fields[FIELD_PREVIOUS], &id, &head);
    if (!read || record_id_compare(id, record->id) >= 0 || is_stale(inquest, id, record->id)) {
        tell(inquest, FLAW_PREVIOUS, record->id);
        return;
    }
    const size_t position = belief_position(inquest, id);
    if (agrees(inquest, position, id, &head))
        confirm(inquest, id);
    else if (record_id_compare(id, inquest->sure) <= 0)
        tell(inquest, FLAW_PREVIOUS, record->id);
    else if (is_at(inquest, position, id))
        accuse_altered(inquest, position, &head, record->id);
    else
        accuse_missing(inquest, position, id, &head, record->id);
}

static void check_content(const struct inquest *inquest, const struct record *record)
{
    struct digest stated;
    const struct digest content = digest_of(record->fields[FIELD_CONTENT]);
    const bool read = digest_parse(record->fields[FIELD_DIGEST], &stated);
    if (record_is_redacted(record)) return;
    if (!read || !digest_equal(&content, &stated)) tell(inquest, FLAW_CONTENT, record->id);
}

static void check_vouch(struct inquest *inquest, const struct record *record,
                        const struct redaction *redaction)
{
    if (record_kind_of(record) != RECORD_REDACTION) return;
    switch (redaction == NULL ? VOUCH_UNKNOWN : chain_vouch(&inquest->chain, redaction)) {
    case VOUCH_GOOD: break;
    case VOUCH_UNTOUCHED: tell(inquest, FLAW_RESTORED, redaction->target); break;
    case VOUCH_UNKNOWN: tell(inquest, FLAW_VOUCH, record->id); break;
    case VOUCH_ALTERED: tell(inquest, FLAW_REST, redaction->target); break;
    }
}

static void note_attempt(struct inquest *inquest, const struct record *record)
{
    const struct digest digest = digest_of(record->fields[FIELD_ATTEMPT]);
    struct attempt attempt = {.id = record->id};
    if (record->fields[FIELD_ATTEMPT].len == 0) return;
    memcpy(attempt.key, digest.bytes, sizeof attempt.key);
    inquest->attempts = memory_room(inquest->attempts, inquest->attempt_count,
                                    &inquest->attempt_room, sizeof *inquest->attempts);
    inquest->attempts[inquest->attempt_count++] = attempt;
}

void inquest_take(struct inquest *inquest, const struct record *record, bool well_formed,
                  const struct redaction *redaction)
{
    const bool later = record_id_compare(record->id, chain_last(&inquest->chain)) > 0;
    if (!later) {
        tell(inquest, FLAW_ORDER, record->id);
        return;
    }
    if (!well_formed || !slice_is(record->fields[FIELD_FORMAT], "1"))
        tell(inquest, FLAW_FORM, record->id);
    check_content(inquest, record);
    check_previous(inquest, record);
    chain_take(&inquest->chain, record);
    believe_next(inquest, record);
    check_vouch(inquest, record, redaction);
    note_attempt(inquest, record);
}

/* ---- at the end ---- */

static int compare_attempts(const void *left, const void *right)
{
    const struct attempt *a = left;
    const struct attempt *b = right;
    const int order = memcmp(a->key, b->key, sizeof a->key);
    return order != 0 ? order : record_id_compare(a->id, b->id);
}

static void tell_repeated(const struct inquest *inquest)
{
    if (inquest->attempt_count == 0) return;
    qsort(inquest->attempts, inquest->attempt_count, sizeof *inquest->attempts, compare_attempts);
    for (size_t i = 1; i < inquest->attempt_count; i++) {
        const struct attempt *first = &inquest->attempts[i - 1];
        const struct attempt *second = &inquest->attempts[i];
        if (memcmp(first->key, second->key, sizeof first->key) == 0)
            inquest->on_flaw(
                inquest->self,
                &(struct flaw){.kind = FLAW_REPEATED, .record = second->id, .witness = first->id});
    }
}

void inquest_end(struct inquest *inquest)
{
    for (size_t i = 0; i < inquest->accusation_count; i++)
        inquest->on_flaw(inquest->self, &inquest->accusations[i]);
    inquest->accusation_count = 0;
    for (size_t i = 0; i < inquest->chain.stand_in_count; i++)
        tell(inquest, FLAW_STAND_IN, inquest->chain.stand_ins[i].id);
    tell_repeated(inquest);
}
