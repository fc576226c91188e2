/*
 * A delivery as the state keeps it, for as long as the log lasts: what its reader left over while
 * arrays grew, and its copy of the body, are gone. Everything is counted first, so that one block
 * of memory holds it; a name that is the same as that of the entry before stands there once.
 */
#include "core/submission.h"

#include <string.h>

/* What a copy needs. */
struct needs {
    size_t names; /* bytes */
    size_t rows;
};

/* Where names and rows go next. */
struct packer {
    char *names;
    struct waiting_row *rows;
};

static size_t name_size(struct slice name, struct slice before)
{
    return slice_equal(name, before) ? 0 : name.len;
}

static struct needs needs_of(const struct submission *submission)
{
    static const struct entry none = {.kind = VALUE_NUMBER};
    struct needs needs = {.names = 1};
    const struct entry *before = &none;
    for (size_t i = 0; i < submission->entry_count; i++) {
        const struct entry *entry = &submission->entries[i];
        needs.names += name_size(entry->measure, before->measure) +
                       name_size(entry->part, before->part) +
                       name_size(entry->region, before->region);
        needs.rows += entry->row_count;
        before = entry;
    }
    for (size_t i = 0; i < submission->declared_count; i++)
        needs.names += submission->declared[i].indicator.len;
    for (size_t i = 0; i < submission->note_count; i++)
        needs.names += submission->notes[i].code.len + submission->notes[i].text.len;
    return needs;
}

static struct slice pack_text(struct packer *packer, struct slice text)
{
    const struct slice packed = slice_from(packer->names, text.len);
    if (text.len > 0) memcpy(packer->names, text.ptr, text.len);
    packer->names += text.len;
    return packed;
}

/* `before` is the packed name of the entry before. */
static struct slice pack_name(struct packer *packer, struct slice name, struct slice before)
{
    return slice_equal(name, before) ? before : pack_text(packer, name);
}

static const struct entry *pack_entries(struct packer *packer, const struct submission *submission,
                                        struct arena *arena)
{
    struct entry *entries = arena_array(arena, submission->entry_count, sizeof *entries);
    struct entry before = {.kind = VALUE_NUMBER};
    for (size_t i = 0; i < submission->entry_count; i++) {
        struct entry *entry = &entries[i];
        *entry = submission->entries[i];
        entry->measure = pack_name(packer, entry->measure, before.measure);
        entry->part = pack_name(packer, entry->part, before.part);
        entry->region = pack_name(packer, entry->region, before.region);
        entry->written = (struct slice){0}; /* only findings show it */
        if (entry->row_count > 0)
            memcpy(packer->rows, entry->rows, entry->row_count * sizeof *packer->rows);
        entry->rows = packer->rows;
        packer->rows += entry->row_count;
        before = *entry;
    }
    return entries;
}

static const struct declared *pack_declared(struct packer *packer,
                                            const struct submission *submission,
                                            struct arena *arena)
{
    struct declared *declared = arena_array(arena, submission->declared_count, sizeof *declared);
    for (size_t i = 0; i < submission->declared_count; i++) {
        declared[i] = submission->declared[i];
        declared[i].indicator = pack_text(packer, declared[i].indicator);
    }
    return declared;
}

static const struct note *pack_notes(struct packer *packer, const struct submission *submission,
                                     struct arena *arena)
{
    struct note *notes = arena_array(arena, submission->note_count, sizeof *notes);
    for (size_t i = 0; i < submission->note_count; i++) {
        notes[i] = submission->notes[i];
        notes[i].code = pack_text(packer, notes[i].code);
        notes[i].text = pack_text(packer, notes[i].text);
    }
    return notes;
}

struct submission *submission_pack(const struct submission *submission)
{
    const struct needs needs = needs_of(submission);
    struct submission *packed = submission_new();
    struct arena *arena = &packed->arena;
    arena_reserve(arena,
                  (const size_t[]){needs.names, needs.rows * sizeof(struct waiting_row),
                                   submission->entry_count * sizeof(struct entry),
                                   submission->declared_count * sizeof(struct declared),
                                   submission->note_count * sizeof(struct note)},
                  5);
    struct packer packer = {
        .names = arena_array(arena, needs.names, 1),
        .rows = arena_array(arena, needs.rows, sizeof(struct waiting_row)),
    };
    packed->entries = pack_entries(&packer, submission, arena);
    packed->entry_count = submission->entry_count;
    packed->declared = pack_declared(&packer, submission, arena);
    packed->declared_count = submission->declared_count;
    packed->notes = pack_notes(&packer, submission, arena);
    packed->note_count = submission->note_count;
    return packed;
}
