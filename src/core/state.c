/*
 * The fold: what a monitor's log says. Records come in log order, each exactly once, and
 * state_fold is the only function that changes what we know; replay and live traffic differ in
 * nothing. Revision number, new/changed/unchanged and whether a precondition held follow from log
 * order alone, so all instances agree without asking each other.
 *
 * The fold accepts every record: what it cannot read or does not know stays in the chain and
 * changes nothing else. Nothing is ever forgotten, so every question can be asked as it was known.
 */
#include "core/state.h"

#include <string.h>

#include "base/memory.h"

/* Where the chain stood after a record. */
struct link {
    struct record_id id;
    struct digest head;
};

/* A rulebook and the record that brought it. */
struct adoption {
    struct record_id since;
    struct rulebook *rulebook;
};

struct state {
    struct arena arena; /* revisions and their texts */
    struct link *links; /* one a record, in log order */
    size_t link_count, link_room;
    struct adoption *adoptions; /* in log order */
    size_t adoption_count, adoption_room;
    struct cell **cells; /* ascending by peildatum, then organisation */
    size_t cell_count, cell_room;
    uint64_t chain_breaks;
};

struct state *state_new(void)
{
    struct state *state = memory_new(sizeof *state);
    arena_init(&state->arena);
    return state;
}

static void cell_free(struct cell *cell)
{
    for (size_t i = 0; i < cell->revision_count; i++)
        submission_free(cell->revisions[i]->submission);
    memory_free(cell->revisions);
    memory_free(cell);
}

void state_free(struct state *state)
{
    if (state == NULL) return;
    for (size_t i = 0; i < state->cell_count; i++)
        cell_free(state->cells[i]);
    for (size_t i = 0; i < state->adoption_count; i++)
        rulebook_free(state->adoptions[i].rulebook);
    memory_free(state->cells);
    memory_free(state->adoptions);
    memory_free(state->links);
    arena_done(&state->arena);
    memory_free(state);
}

uint64_t state_count(const struct state *state)
{
    return state->link_count;
}

uint64_t state_chain_breaks(const struct state *state)
{
    return state->chain_breaks;
}

struct record_id state_last(const struct state *state)
{
    if (state->link_count == 0) return (struct record_id){0};
    return state->links[state->link_count - 1].id;
}

struct digest state_head(const struct state *state)
{
    if (state->link_count == 0) return (struct digest){0};
    return state->links[state->link_count - 1].head;
}

struct digest state_head_before(const struct state *state)
{
    if (state->link_count < 2) return (struct digest){0};
    return state->links[state->link_count - 2].head;
}

struct record_id state_now(void)
{
    return (struct record_id){.ms = UINT64_MAX, .seq = UINT64_MAX};
}

static const struct link *find_link(const struct state *state, struct record_id id)
{
    size_t low = 0, high = state->link_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = record_id_compare(state->links[middle].id, id);
        if (order == 0) return &state->links[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* `vorige` is what the writer had folded: it must be what we folded at that id. */
static bool previous_holds(const struct state *state, const struct record *record)
{
    struct record_id id;
    struct digest head;
    if (!record_previous_parse(record->fields[FIELD_PREVIOUS], &id, &head)) return false;

    const struct digest start = {0};
    const struct link *link = find_link(state, id);
    if (link != NULL) return digest_equal(&link->head, &head);
    return id.ms == 0 && id.seq == 0 && digest_equal(&start, &head);
}

static struct digest chain_record(struct state *state, const struct record *record)
{
    struct digest before = state_head(state);
    struct link link = {.id = record->id, .head = record_chain(&before, record)};
    state->links =
        memory_room(state->links, state->link_count, &state->link_room, sizeof *state->links);
    state->links[state->link_count++] = link;
    return link.head;
}

static int cell_compare(const struct cell *cell, struct date peildatum, struct slice organisation)
{
    int order = date_compare(cell->peildatum, peildatum);
    return order != 0 ? order : slice_compare(cell->organisation, organisation);
}

/* The place of a cell, or where it belongs. */
static size_t cell_position(const struct state *state, struct date peildatum,
                            struct slice organisation)
{
    size_t low = 0, high = state->cell_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cell_compare(state->cells[middle], peildatum, organisation) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct cell *state_cell(const struct state *state, struct date peildatum,
                              struct slice organisation)
{
    size_t at = cell_position(state, peildatum, organisation);
    if (at == state->cell_count || cell_compare(state->cells[at], peildatum, organisation) != 0)
        return NULL;
    return state->cells[at];
}

static struct cell *cell_for(struct state *state, struct date peildatum, struct slice organisation)
{
    size_t at = cell_position(state, peildatum, organisation);
    if (at < state->cell_count && cell_compare(state->cells[at], peildatum, organisation) == 0)
        return state->cells[at];

    struct cell *cell = memory_new(sizeof *cell);
    cell->peildatum = peildatum;
    cell->organisation = arena_copy(&state->arena, organisation);
    state->cells =
        memory_room(state->cells, state->cell_count, &state->cell_room, sizeof(struct cell *));
    memmove(&state->cells[at + 1], &state->cells[at],
            (state->cell_count - at) * sizeof(struct cell *));
    state->cells[at] = cell;
    state->cell_count++;
    return cell;
}

static const struct revision *cell_standing(const struct cell *cell, struct record_id known)
{
    for (size_t i = cell->revision_count; i > 0; i--) {
        if (record_id_compare(cell->revisions[i - 1]->id, known) <= 0)
            return cell->revisions[i - 1];
    }
    return NULL;
}

const struct revision *state_standing(const struct state *state, struct date peildatum,
                                      struct slice organisation, struct record_id known)
{
    const struct cell *cell = state_cell(state, peildatum, organisation);
    return cell == NULL ? NULL : cell_standing(cell, known);
}

const struct cell *const *state_cells(const struct state *state, size_t *ret_count)
{
    *ret_count = state->cell_count;
    return (const struct cell *const *)state->cells;
}

/* If-Match as the log keeps it: nothing asked, or the revision that must stand (0: none). */
static bool precondition_holds(const struct record *record, const struct revision *standing)
{
    uint64_t expected = 0;
    struct slice field = record->fields[FIELD_EXPECTED];
    if (field.len == 0) return true;
    if (!slice_to_u64(field, &expected)) return false;
    return expected == (standing == NULL ? 0 : standing->number);
}

static void cell_append(struct state *state, struct cell *cell, const struct record *record,
                        struct submission *submission)
{
    struct revision *revision = arena_new(&state->arena, sizeof *revision);
    *revision = (struct revision){
        .number = (unsigned)cell->revision_count + 1,
        .id = record->id,
        .head = state_head(state),
        .by = arena_copy(&state->arena, record->fields[FIELD_BY]),
        .sha256 = arena_copy(&state->arena, record->fields[FIELD_DIGEST]),
        .content = arena_copy(&state->arena, record->fields[FIELD_CONTENT]),
        .findings = arena_copy(&state->arena, record->fields[FIELD_FINDINGS]),
        .submission = submission,
    };
    cell->revisions = memory_room(cell->revisions, cell->revision_count, &cell->revision_room,
                                  sizeof(struct revision *));
    cell->revisions[cell->revision_count++] = revision;
}

/*
 * Equal content comes before the precondition: a client that sends again because it never got its
 * answer must hear that what it sent stands, not that it lost to itself (RFC 9110, 13.1.1).
 */
static void fold_submission(struct state *state, const struct record *record,
                            struct payload *payload, struct fate *fate)
{
    struct date peildatum;
    if (payload->submission == NULL || record->fields[FIELD_ORGANISATION].len == 0 ||
        !date_parse(record->fields[FIELD_PEILDATUM], &peildatum))
        return;

    struct cell *cell = cell_for(state, peildatum, record->fields[FIELD_ORGANISATION]);
    const struct revision *standing = cell_standing(cell, state_now());
    fate->revision = standing == NULL ? 0 : standing->number;
    if (standing != NULL && slice_equal(standing->content, record->fields[FIELD_CONTENT])) {
        fate->outcome = OUTCOME_UNCHANGED;
    } else if (!precondition_holds(record, standing)) {
        fate->outcome = OUTCOME_LOST;
    } else {
        cell_append(state, cell, record, payload->submission);
        payload->submission = NULL;
        fate->outcome = standing == NULL ? OUTCOME_NEW : OUTCOME_CHANGED;
        fate->revision = (unsigned)cell->revision_count;
    }
}

static void fold_definition(struct state *state, const struct record *record,
                            struct payload *payload, struct fate *fate)
{
    const struct rulebook *newest = state_rulebook(state, state_now(), NULL);
    if (payload->rulebook == NULL) return;
    if (newest != NULL && slice_equal(newest->canonical, payload->rulebook->canonical)) {
        fate->outcome = OUTCOME_UNCHANGED;
        return;
    }
    state->adoptions = memory_room(state->adoptions, state->adoption_count, &state->adoption_room,
                                   sizeof *state->adoptions);
    state->adoptions[state->adoption_count++] =
        (struct adoption){.since = record->id, .rulebook = payload->rulebook};
    payload->rulebook = NULL;
    fate->outcome = OUTCOME_ADOPTED;
}

struct fate state_fold(struct state *state, const struct record *record, struct payload payload)
{
    struct fate fate = {
        .outcome = OUTCOME_IGNORED,
        .chain_broken = !previous_holds(state, record),
    };
    if (fate.chain_broken) state->chain_breaks++;
    fate.head = chain_record(state, record);

    enum record_kind kind = record_kind_of(record);
    if (kind == RECORD_SUBMISSION)
        fold_submission(state, record, &payload, &fate);
    else if (kind == RECORD_DEFINITION)
        fold_definition(state, record, &payload, &fate);

    submission_free(payload.submission);
    rulebook_free(payload.rulebook);
    return fate;
}

const struct rulebook *state_rulebook(const struct state *state, struct record_id known,
                                      struct record_id *ret_since)
{
    for (size_t i = state->adoption_count; i > 0; i--) {
        const struct adoption *adoption = &state->adoptions[i - 1];
        if (record_id_compare(adoption->since, known) > 0) continue;
        if (ret_since != NULL) *ret_since = adoption->since;
        return adoption->rulebook;
    }
    return NULL;
}
