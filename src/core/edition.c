/*
 * The list of editions. The first record with a name has it for good; the same record sent again
 * changes nothing and says so, another one under that name is lost. Nothing else can fail.
 */
#include "core/edition.h"

#include <string.h>

#include "base/memory.h"

void editions_done(struct editions *editions)
{
    for (size_t i = 0; i < editions->count; i++)
        memory_free(editions->items[i]->words);
    memory_free(editions->items);
    *editions = (struct editions){0};
}

const struct edition *editions_find(const struct editions *editions, struct slice name,
                                    struct record_id known)
{
    for (size_t i = 0; i < editions->count; i++) {
        const struct edition *edition = editions->items[i];
        if (slice_equal(edition->name, name))
            return record_id_compare(edition->id, known) <= 0 ? edition : NULL;
    }
    return NULL;
}

bool edition_covers(const struct edition *edition, struct date peildatum)
{
    for (size_t i = 0; i < edition->peildatum_count; i++) {
        if (date_compare(edition->peildata[i], peildatum) == 0) return true;
    }
    return edition->peildatum_count == 0;
}

const struct edition *editions_covering(const struct editions *editions, struct date peildatum,
                                        struct record_id known)
{
    for (size_t i = editions->count; i > 0; i--) {
        const struct edition *edition = editions->items[i - 1];
        if (record_id_compare(edition->id, known) <= 0 && edition_covers(edition, peildatum))
            return edition;
    }
    return NULL;
}

enum outcome editions_judge(const struct editions *editions, struct slice name, struct slice sha256,
                            const struct edition **ret_holding)
{
    static const struct record_id newest = {.ms = UINT64_MAX, .seq = UINT64_MAX};
    *ret_holding = editions_find(editions, name, newest);
    if (*ret_holding == NULL) return OUTCOME_NOTED;
    return slice_equal((*ret_holding)->sha256, sha256) ? OUTCOME_UNCHANGED : OUTCOME_LOST;
}

static struct edition *copy_edition(const struct edition *edition, struct arena *arena)
{
    const size_t count = edition->peildatum_count;
    struct edition *copy = arena_new(arena, sizeof *copy);
    struct date *peildata = arena_array(arena, count, sizeof *peildata);
    for (size_t i = 0; i < count; i++)
        peildata[i] = edition->peildata[i];
    *copy = *edition;
    copy->name = arena_copy(arena, edition->name);
    copy->words = memory_new(edition->note.len + 1);
    if (edition->note.len > 0) memcpy(copy->words, edition->note.ptr, edition->note.len);
    copy->note = slice_from(copy->words, edition->note.len);
    copy->peildata = peildata;
    return copy;
}

static void add_edition(struct editions *editions, struct arena *arena, const struct record *record,
                        const struct edition *edition, const struct digest *head)
{
    struct edition *copy = copy_edition(edition, arena);
    copy->id = record->id;
    copy->head = *head;
    copy->by = arena_copy(arena, record->fields[FIELD_BY]);
    copy->sha256 = arena_copy(arena, record->fields[FIELD_DIGEST]);
    editions->items =
        memory_room(editions->items, editions->count, &editions->room, sizeof(struct edition *));
    editions->items[editions->count++] = copy;
}

void editions_fold(struct editions *editions, struct arena *arena, const struct record *record,
                   const struct edition *edition, struct fate *fate)
{
    const struct edition *holding = NULL;
    fate->outcome = editions_judge(editions, edition->name, record->fields[FIELD_DIGEST], &holding);
    if (fate->outcome == OUTCOME_NOTED) add_edition(editions, arena, record, edition, &fate->head);
    fate->about = fate->outcome == OUTCOME_NOTED ? record->id : holding->id;
}

void editions_redact(struct editions *editions, struct record_id id, struct record_id by)
{
    for (size_t i = 0; i < editions->count; i++) {
        struct edition *edition = editions->items[i];
        if (record_id_compare(edition->id, id) != 0) continue;
        memory_free(edition->words);
        edition->words = NULL;
        edition->note = (struct slice){0};
        edition->redacted = by;
    }
}
