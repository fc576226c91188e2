/*
 * One cell of the state: decides what becomes of a record about it, and keeps the event if anything
 * does. The decision (cell_judge) looks at the newest event and the proposal only and changes
 * nothing, so that the desk can ask beforehand what the fold will say.
 *
 * Equal comes before the precondition, for every kind: a client that sends again because it never
 * got its answer must hear that what it wants is so, not that it lost to itself (RFC 9110, 13.1.1).
 * What is equal is known by its digest: nothing that is decided here may depend on free texts,
 * since a replay after a redaction never saw them.
 */
#include "core/cell.h"

#include <string.h>

#include "base/memory.h"

static const struct record_id NEWEST = {.ms = UINT64_MAX, .seq = UINT64_MAX};

struct cell *cell_new(struct date peildatum, struct slice organisation)
{
    struct cell *cell = memory_new(sizeof *cell);
    cell->peildatum = peildatum;
    cell->organisation = organisation;
    return cell;
}

void cell_free(struct cell *cell)
{
    if (cell == NULL) return;
    for (size_t i = 0; i < cell->revision_count; i++) {
        submission_free(cell->revisions[i]->submission);
        memory_free(cell->revisions[i]->texts);
    }
    for (size_t i = 0; i < cell->event_count; i++)
        memory_free(cell->events[i].words);
    arena_done(&cell->rows);
    memory_free(cell->revisions);
    memory_free(cell->events);
    memory_free(cell);
}

const struct event *cell_at(const struct cell *cell, struct record_id known)
{
    for (size_t i = cell == NULL ? 0 : cell->event_count; i > 0; i--) {
        if (record_id_compare(cell->events[i - 1].id, known) <= 0) return &cell->events[i - 1];
    }
    return NULL;
}

const struct event *cell_event(const struct cell *cell, struct record_id id)
{
    const struct event *event = cell_at(cell, id);
    return event != NULL && record_id_compare(event->id, id) == 0 ? event : NULL;
}

bool event_changes_figures(const struct event *event)
{
    return event->kind != RECORD_REMARK && event->kind != RECORD_REOPENING;
}

const struct revision *cell_revision(const struct cell *cell, uint64_t number)
{
    if (cell == NULL || number == 0 || number > cell->revision_count) return NULL;
    return cell->revisions[number - 1];
}

/* ---- the decision ---- */

/* A proposal, and how things stand when it is judged. */
struct hearing {
    const struct cell *cell;
    const struct proposal *proposal;
    const struct revision *standing;
    bool aside;
};

/* If-Match as the log keeps it: nothing asked, or the revision that must stand (0: none). */
static bool precondition_holds(const struct hearing *hearing)
{
    uint64_t expected = 0;
    const struct slice field = hearing->proposal->expected;
    if (field.len == 0) return true;
    if (!slice_to_u64(field, &expected)) return false;
    return expected == (hearing->standing == NULL ? 0 : hearing->standing->number);
}

/*
 * Whether a delivery is the one of that revision: the same digest, or, once its free texts have
 * been taken out, the same as what is left. So who sends again what was redacted does not put the
 * texts back, and what is read back can be delivered again.
 */
static bool proposes_again(const struct proposal *proposal, const struct revision *revision)
{
    const bool redacted = revision->redacted.ms > 0;
    if (proposal->sha256.len > 0 && slice_equal(revision->sha256, proposal->sha256)) return true;
    return redacted && slice_equal(revision->content, proposal->content);
}

static enum outcome judge_submission(const struct hearing *hearing,
                                     const struct event **ret_holding)
{
    const struct revision *standing = hearing->standing;
    if (standing != NULL && proposes_again(hearing->proposal, standing)) {
        *ret_holding = cell_event(hearing->cell, standing->id);
        return OUTCOME_UNCHANGED;
    }
    if (!precondition_holds(hearing)) return OUTCOME_LOST;
    return standing == NULL ? OUTCOME_NEW : OUTCOME_CHANGED;
}

static enum outcome judge_withdrawal(const struct hearing *hearing,
                                     const struct event **ret_holding)
{
    if (hearing->standing == NULL) {
        *ret_holding = cell_at(hearing->cell, NEWEST);
        return OUTCOME_UNCHANGED;
    }
    return precondition_holds(hearing) ? OUTCOME_NOTED : OUTCOME_LOST;
}

/* The event by which what stands is set aside or not: the newest that is no remark. */
static const struct event *standing_event(const struct cell *cell)
{
    for (size_t i = cell->event_count; i > 0; i--) {
        if (cell->events[i - 1].kind != RECORD_REMARK) return &cell->events[i - 1];
    }
    return NULL;
}

/* It is about one revision, so another one standing now is a precondition lost. */
static enum outcome judge_set_aside(const struct hearing *hearing, const struct event **ret_holding)
{
    const struct notice *notice = hearing->proposal->notice;
    if (!notice->has_revision) return OUTCOME_IGNORED;
    if (hearing->standing == NULL || hearing->standing->number != notice->revision)
        return OUTCOME_LOST;
    if (hearing->aside == notice->aside) {
        *ret_holding = standing_event(hearing->cell);
        return OUTCOME_UNCHANGED;
    }
    return precondition_holds(hearing) ? OUTCOME_NOTED : OUTCOME_LOST;
}

/* The same words about the same: known by their digest, since the words may be gone by now. */
static bool event_says(const struct event *event, const struct proposal *proposal)
{
    return event->kind == proposal->kind && proposal->sha256.len > 0 &&
           slice_equal(event->sha256, proposal->sha256);
}

/* The same remark on the same revision is one remark, however often it is sent. */
static enum outcome judge_remark(const struct hearing *hearing, const struct event **ret_holding)
{
    const struct cell *cell = hearing->cell;
    const struct notice *notice = hearing->proposal->notice;
    if (!notice->has_revision) return OUTCOME_IGNORED;
    for (size_t i = 0; cell != NULL && i < cell->event_count; i++) {
        if (!event_says(&cell->events[i], hearing->proposal)) continue;
        *ret_holding = &cell->events[i];
        return OUTCOME_UNCHANGED;
    }
    if (notice->revision > 0 && cell_revision(cell, notice->revision) == NULL) return OUTCOME_LOST;
    return precondition_holds(hearing) ? OUTCOME_NOTED : OUTCOME_LOST;
}

static enum outcome judge_reopening(const struct hearing *hearing, const struct event **ret_holding)
{
    const struct event *newest = cell_at(hearing->cell, NEWEST);
    if (newest == NULL || !event_says(newest, hearing->proposal)) return OUTCOME_NOTED;
    *ret_holding = newest;
    return OUTCOME_UNCHANGED;
}

static enum outcome (*const JUDGES[RECORD_KIND_COUNT])(const struct hearing *hearing,
                                                       const struct event **ret_holding) = {
    [RECORD_SUBMISSION] = judge_submission, [RECORD_WITHDRAWAL] = judge_withdrawal,
    [RECORD_SET_ASIDE] = judge_set_aside,   [RECORD_REMARK] = judge_remark,
    [RECORD_REOPENING] = judge_reopening,
};

enum outcome cell_judge(const struct cell *cell, const struct proposal *proposal,
                        const struct event **ret_holding)
{
    const struct event *newest = cell_at(cell, NEWEST);
    const struct hearing hearing = {
        .cell = cell,
        .proposal = proposal,
        .standing = newest == NULL ? NULL : newest->standing,
        .aside = newest != NULL && newest->aside,
    };
    *ret_holding = NULL;
    if (proposal->kind >= RECORD_KIND_COUNT || JUDGES[proposal->kind] == NULL)
        return OUTCOME_IGNORED;
    return JUDGES[proposal->kind](&hearing, ret_holding);
}

/* ---- learning ---- */

/* Texts are kept apart from all else, so that they can be forgotten. */
static char *keep(struct slice first, struct slice second)
{
    char *texts = memory_new(first.len + second.len + 2);
    if (first.len > 0) memcpy(texts, first.ptr, first.len);
    if (second.len > 0) memcpy(texts + first.len + 1, second.ptr, second.len);
    return texts;
}

static void keep_texts(struct revision *revision, struct slice content, struct slice findings)
{
    char *before = revision->texts;
    revision->texts = keep(content, findings);
    revision->content = slice_from(revision->texts, content.len);
    revision->findings = slice_from(revision->texts + content.len + 1, findings.len);
    memory_free(before);
}

static const struct revision *add_revision(struct cell *cell, struct arena *arena,
                                           const struct record *record, const struct event *event)
{
    struct revision *revision = arena_new(arena, sizeof *revision);
    *revision = (struct revision){
        .number = (unsigned)cell->revision_count + 1,
        .id = event->id,
        .head = event->head,
        .by = event->by,
        .sha256 = event->sha256,
        .before = event->standing,
    };
    keep_texts(revision, record->fields[FIELD_CONTENT], record->fields[FIELD_FINDINGS]);
    cell->revisions = memory_room(cell->revisions, cell->revision_count, &cell->revision_room,
                                  sizeof(struct revision *));
    cell->revisions[cell->revision_count++] = revision;
    return revision;
}

/* What a notice says of the cell from here on. */
static void apply_notice(struct event *event, const struct cell *cell, const struct notice *notice)
{
    event->words = keep(notice->text, (struct slice){0});
    event->text = slice_from(event->words, notice->text.len);
    event->until = notice->until;
    event->revision = cell_revision(cell, notice->revision);
    if (notice->kind == RECORD_SET_ASIDE) event->aside = notice->aside;
}

static void add_event(struct cell *cell, struct arena *arena, const struct record *record,
                      struct payload *payload, const struct digest *head)
{
    const struct event *newest = cell_at(cell, NEWEST);
    struct event event = {
        .kind = record_kind_of(record),
        .id = record->id,
        .head = *head,
        .by = arena_copy(arena, record->fields[FIELD_BY]),
        .sha256 = arena_copy(arena, record->fields[FIELD_DIGEST]),
        .standing = newest == NULL ? NULL : newest->standing,
        .aside = newest != NULL && newest->aside,
    };
    if (event.kind == RECORD_SUBMISSION) {
        event.revision = event.standing = add_revision(cell, arena, record, &event);
        cell->revisions[cell->revision_count - 1]->submission = payload->submission;
        payload->submission = NULL;
        event.aside = false;
    } else if (event.kind == RECORD_WITHDRAWAL) {
        event.revision = event.standing;
        event.standing = NULL;
        event.aside = false;
    } else {
        apply_notice(&event, cell, payload->notice);
    }
    cell->events =
        memory_room(cell->events, cell->event_count, &cell->event_room, sizeof *cell->events);
    cell->events[cell->event_count++] = event;
}

void cell_fold(struct cell *cell, struct arena *arena, const struct record *record,
               struct payload *payload, struct fate *fate)
{
    const struct proposal proposal = {
        .kind = record_kind_of(record),
        .content = record->fields[FIELD_CONTENT],
        .sha256 = record->fields[FIELD_DIGEST],
        .expected = record->fields[FIELD_EXPECTED],
        .notice = payload->notice,
    };
    const struct event *about = NULL;
    fate->outcome = cell_judge(cell, &proposal, &about);
    if (fate->outcome == OUTCOME_NEW || fate->outcome == OUTCOME_CHANGED ||
        fate->outcome == OUTCOME_NOTED) {
        add_event(cell, arena, record, payload, &fate->head);
        about = cell_at(cell, NEWEST);
    }
    if (about != NULL) fate->about = about->id;
    const struct event *newest = cell_at(cell, NEWEST);
    if (newest != NULL && newest->standing != NULL) fate->revision = newest->standing->number;
}

/* ---- rows kept for those who read ---- */

static void forget_row(struct cell *cell)
{
    if (cell->laid_out != NULL) cell->laid_out->totals = NULL;
    cell->laid_out = NULL;
    arena_done(&cell->rows);
}

void cell_lay_out(struct cell *cell, const struct rulebook *rulebook)
{
    const struct event *newest = cell_at(cell, NEWEST);
    const struct revision *standing = newest == NULL ? NULL : newest->standing;
    if (standing != NULL && revision_totals(standing, rulebook) != NULL) return;
    forget_row(cell);
    if (standing == NULL) return;
    struct revision *revision = cell->revisions[standing->number - 1];
    struct row *totals = arena_new(&cell->rows, sizeof *totals);
    *totals =
        row_of(rulebook, revision->submission, (struct slice){0}, cell->peildatum, &cell->rows);
    revision->totals = totals;
    revision->totals_by = rulebook;
    cell->laid_out = revision;
}

const struct row *revision_totals(const struct revision *revision, const struct rulebook *rulebook)
{
    return revision->totals_by == rulebook ? revision->totals : NULL;
}

/* ---- forgetting ---- */

/* The same function cut the texts out of the log, so a replay knows the same as we do now. */
static void forget_texts(struct revision *revision, struct record_id by)
{
    struct submission *figures = submission_without_notes(revision->submission);
    struct text content = {0}, findings = {0};
    redaction_put_content(&content, RECORD_SUBMISSION, revision->content);
    redaction_put_findings(&findings, revision->findings);
    keep_texts(revision, text_slice(&content), text_slice(&findings));
    text_done(&content);
    text_done(&findings);
    submission_free(revision->submission);
    revision->submission = figures;
    revision->redacted = by;
}

static void forget_words(struct event *event, struct record_id by)
{
    memory_free(event->words);
    event->words = NULL;
    event->text = (struct slice){0};
    event->redacted = by;
}

void cell_redact(struct cell *cell, struct record_id id, struct record_id by)
{
    for (size_t i = 0; i < cell->event_count; i++) {
        if (record_id_compare(cell->events[i].id, id) == 0) forget_words(&cell->events[i], by);
    }
    for (size_t i = 0; i < cell->revision_count; i++) {
        if (record_id_compare(cell->revisions[i]->id, id) == 0)
            forget_texts(cell->revisions[i], by);
    }
}
