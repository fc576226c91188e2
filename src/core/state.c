/*
 * The fold: what a monitor's log says. Records come in log order, each exactly once, and
 * state_fold is the only function that changes what we know; replay and live traffic differ in
 * nothing. What becomes of a delivery, withdrawal or notice is decided in core/cell from log order
 * alone, so all instances agree without asking each other.
 *
 * The fold accepts every record: what it cannot read or does not know stays in the chain and
 * changes nothing else. Nothing is ever forgotten, so every question can be asked as it was known,
 * but for free texts: a `geredigeerd` record takes them out for all times.
 */
#include "core/state.h"

#include <string.h>

#include "base/memory.h"

/* A rulebook and the record that brought it. */
struct adoption {
    struct record_id since;
    struct rulebook *rulebook;
};

struct state {
    struct arena arena; /* revisions and all texts */
    struct chain chain;
    struct adoption *adoptions; /* in log order */
    size_t adoption_count, adoption_room;
    struct cell **cells; /* ascending by peildatum, then organisation */
    size_t cell_count, cell_room;
    struct editions editions;
    uint64_t redactions;
    uint64_t chain_breaks;
};

struct state *state_new(void)
{
    struct state *state = memory_new(sizeof *state);
    arena_init(&state->arena);
    return state;
}

void state_free(struct state *state)
{
    if (state == NULL) return;
    for (size_t i = 0; i < state->cell_count; i++)
        cell_free(state->cells[i]);
    for (size_t i = 0; i < state->adoption_count; i++)
        rulebook_free(state->adoptions[i].rulebook);
    editions_done(&state->editions);
    memory_free(state->cells);
    memory_free(state->adoptions);
    chain_done(&state->chain);
    arena_done(&state->arena);
    memory_free(state);
}

uint64_t state_count(const struct state *state)
{
    return state->chain.count;
}

uint64_t state_chain_breaks(const struct state *state)
{
    return state->chain_breaks;
}

struct record_id state_last(const struct state *state)
{
    return chain_last(&state->chain);
}

struct digest state_head(const struct state *state)
{
    return chain_head(&state->chain);
}

struct digest state_head_before(const struct state *state)
{
    return chain_head_before(&state->chain);
}

const struct chain_stand_in *state_stand_ins(const struct state *state, size_t *ret_count)
{
    *ret_count = state->chain.stand_in_count;
    return state->chain.stand_ins;
}

struct record_id state_now(void)
{
    return (struct record_id){.ms = UINT64_MAX, .seq = UINT64_MAX};
}

struct record_id state_last_at(const struct state *state, struct record_id known,
                               struct digest *ret_head)
{
    return chain_last_at(&state->chain, known, ret_head);
}

bool state_has(const struct state *state, struct record_id id)
{
    return chain_find(&state->chain, id) < state->chain.count;
}

/* `vorige` is what the writer had folded: it must be what we folded at that id. */
static bool previous_holds(const struct state *state, const struct record *record)
{
    struct record_id id;
    struct digest head;
    return record_previous_parse(record->fields[FIELD_PREVIOUS], &id, &head) &&
           chain_agrees(&state->chain, id, &head);
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

static struct cell *find_cell(const struct state *state, struct date peildatum,
                              struct slice organisation)
{
    size_t at = cell_position(state, peildatum, organisation);
    if (at == state->cell_count || cell_compare(state->cells[at], peildatum, organisation) != 0)
        return NULL;
    return state->cells[at];
}

const struct cell *state_cell(const struct state *state, struct date peildatum,
                              struct slice organisation)
{
    return find_cell(state, peildatum, organisation);
}

static struct cell *cell_for(struct state *state, struct date peildatum, struct slice organisation)
{
    size_t at = cell_position(state, peildatum, organisation);
    if (at < state->cell_count && cell_compare(state->cells[at], peildatum, organisation) == 0)
        return state->cells[at];

    struct cell *cell = cell_new(peildatum, arena_copy(&state->arena, organisation));
    state->cells =
        memory_room(state->cells, state->cell_count, &state->cell_room, sizeof(struct cell *));
    memmove(&state->cells[at + 1], &state->cells[at],
            (state->cell_count - at) * sizeof(struct cell *));
    state->cells[at] = cell;
    state->cell_count++;
    return cell;
}

/* ---- how things stood ---- */

const struct event *state_situation(const struct state *state, struct date peildatum,
                                    struct slice organisation, struct record_id known)
{
    return cell_at(state_cell(state, peildatum, organisation), known);
}

const struct revision *state_standing(const struct state *state, struct date peildatum,
                                      struct slice organisation, struct record_id known)
{
    const struct event *event = state_situation(state, peildatum, organisation, known);
    return event == NULL ? NULL : event->standing;
}

const struct revision *state_counting(const struct state *state, struct date peildatum,
                                      struct slice organisation, struct record_id known)
{
    const struct event *event = state_situation(state, peildatum, organisation, known);
    return event == NULL || event->aside ? NULL : event->standing;
}

const struct event *state_reopening(const struct state *state, struct date peildatum,
                                    struct record_id known)
{
    return state_situation(state, peildatum, (struct slice){0}, known);
}

struct peildatum state_window(const struct state *state, const struct peildatum *peildatum,
                              struct record_id known)
{
    const struct event *reopening = state_reopening(state, peildatum->date, known);
    struct peildatum window = *peildatum;
    if (reopening != NULL && date_compare(reopening->until, window.closing) > 0)
        window.closing = reopening->until;
    return window;
}

const struct cell *const *state_cells(const struct state *state, size_t *ret_count)
{
    *ret_count = state->cell_count;
    return (const struct cell *const *)state->cells;
}

/* ---- the fold ---- */

/* Whether the payload is there that a record of the kind carries; a withdrawal has none. */
static bool payload_fits(enum record_kind kind, const struct payload *payload)
{
    if (kind == RECORD_SUBMISSION) return payload->submission != NULL;
    if (notice_is_kind(kind)) return payload->notice != NULL && payload->notice->kind == kind;
    return kind == RECORD_WITHDRAWAL;
}

/* A reopening is about the whole peildatum, everything else about one organisation on it. */
static void fold_cell(struct state *state, const struct record *record, struct payload *payload,
                      struct fate *fate)
{
    const enum record_kind kind = record_kind_of(record);
    const struct slice organisation = record->fields[FIELD_ORGANISATION];
    struct date peildatum;
    if (!payload_fits(kind, payload) || (kind == RECORD_REOPENING) != (organisation.len == 0) ||
        !date_parse(record->fields[FIELD_PEILDATUM], &peildatum))
        return;
    cell_fold(cell_for(state, peildatum, organisation), &state->arena, record, payload, fate);
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

/* The record says of which peildatum and organisation it is about, as the redacted one did; one of
 * neither may be an edition. */
static void fold_redaction(struct state *state, const struct record *record,
                           const struct redaction *redaction, struct fate *fate)
{
    struct date peildatum;
    if (redaction == NULL) return;
    const enum chain_vouch vouch = chain_vouch(&state->chain, redaction);
    if (vouch == VOUCH_UNKNOWN || vouch == VOUCH_ALTERED) {
        fate->chain_broken = true;
        return;
    }
    fate->outcome = OUTCOME_REDACTED;
    state->redactions++;
    editions_redact(&state->editions, redaction->target, record->id);
    if (!date_parse(record->fields[FIELD_PEILDATUM], &peildatum)) return;
    struct cell *cell = find_cell(state, peildatum, record->fields[FIELD_ORGANISATION]);
    if (cell != NULL) cell_redact(cell, redaction->target, record->id);
}

/* Up to which record an edition goes: one before it that is on the log, or its own. */
static bool edition_place(const struct state *state, const struct record *record,
                          struct slice known, struct record_id *ret_known)
{
    *ret_known = record->id;
    if (known.len == 0) return true;
    return record_id_parse(known, ret_known) && record_id_compare(*ret_known, record->id) < 0 &&
           state_has(state, *ret_known);
}

/* Before the first definition there is nothing to freeze. */
static void fold_edition(struct state *state, const struct record *record,
                         const struct notice *notice, struct fate *fate)
{
    struct record_id known;
    if (notice == NULL || !edition_place(state, record, notice->known, &known)) return;
    if (state_rulebook(state, known, NULL) == NULL) return;
    const struct edition edition = {
        .name = notice->name,
        .status = notice->status,
        .known = known,
        .peildata = notice->peildata,
        .peildatum_count = notice->peildatum_count,
        .note = notice->text,
    };
    editions_fold(&state->editions, &state->arena, record, &edition, fate);
}

struct fate state_fold(struct state *state, const struct record *record, struct payload payload)
{
    struct fate fate = {
        .outcome = OUTCOME_IGNORED,
        .chain_broken = !previous_holds(state, record),
    };
    fate.head = chain_take(&state->chain, record);

    const enum record_kind kind = record_kind_of(record);
    if (kind == RECORD_DEFINITION)
        fold_definition(state, record, &payload, &fate);
    else if (kind == RECORD_REDACTION)
        fold_redaction(state, record, payload.redaction, &fate);
    else if (kind == RECORD_EDITION)
        fold_edition(state, record, payload.notice, &fate);
    else
        fold_cell(state, record, &payload, &fate);
    if (fate.chain_broken) state->chain_breaks++;

    submission_free(payload.submission);
    rulebook_free(payload.rulebook);
    notice_free(payload.notice);
    memory_free(payload.redaction);
    return fate;
}

void state_lay_out(struct state *state)
{
    const struct rulebook *newest = state_rulebook(state, state_now(), NULL);
    for (size_t i = 0; newest != NULL && i < state->cell_count; i++)
        cell_lay_out(state->cells[i], newest);
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

const struct rulebook *state_adopted(const struct state *state, size_t index,
                                     struct record_id *ret_since)
{
    if (index >= state->adoption_count) return NULL;
    *ret_since = state->adoptions[index].since;
    return state->adoptions[index].rulebook;
}

uint64_t state_redactions(const struct state *state)
{
    return state->redactions;
}

const struct editions *state_editions(const struct state *state)
{
    return &state->editions;
}
