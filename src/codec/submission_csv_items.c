/*
 * Lines that belong together. Items are sorted, so that all that is said of one part of a measure
 * in one region stands side by side; each such group becomes one entry. What is said twice, or in
 * two ways that exclude each other, is reported at the line that came last.
 */
#include "codec/submission_csv_reader.h"

#include "core/cite.h"

#include <stdlib.h>

/* All items of one part in one region, by kind, date and line. */
struct group {
    const struct csv_item *items;
    size_t count;
    const struct csv_item *first[CSV_ITEM_DAYS + 1]; /* of each kind; NULL: none */
};

static int compare_parts(const struct csv_item *a, const struct csv_item *b)
{
    int order = submission_compare_names(a->region, b->region);
    if (order == 0) order = submission_compare_names(a->measure, b->measure);
    if (order == 0) order = submission_compare_names(a->part, b->part);
    return order;
}

static int compare_items(const void *left, const void *right)
{
    const struct csv_item *a = left;
    const struct csv_item *b = right;
    int order = compare_parts(a, b);
    if (order == 0) order = (a->kind > b->kind) - (a->kind < b->kind);
    if (order == 0) order = date_compare(a->since, b->since);
    if (order == 0) order = (a->order > b->order) - (a->order < b->order);
    return order;
}

/* ---- findings ---- */

static void report_item(struct csv_reader *reader, const struct csv_item *item,
                        struct form_report report)
{
    struct text pointer = {0};
    text_puts(&pointer, item->region.len > 0 ? "/regios" : "/cijfers");
    if (item->region.len > 0) cite_pointer_put(&pointer, item->region);
    cite_pointer_put(&pointer, item->measure);
    if (item->part.len > 0) cite_pointer_put(&pointer, item->part);
    report.pointer = text_slice(&pointer);
    csv_report(reader, &item->cell, report);
    text_done(&pointer);
}

static struct slice also_on(struct csv_reader *reader, unsigned line)
{
    if (form_finding_full(reader->findings)) return slice_of("");
    return arena_print(reader->findings->arena,
                       "Deze waarde staat ook op regel %u. Laat er één staan.", line);
}

static bool is_twin(const struct csv_item *a, const struct csv_item *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind != CSV_ITEM_SINCE) return true;
    return !a->faulty && !b->faulty && date_compare(a->since, b->since) == 0;
}

static void report_item_twins(struct csv_reader *reader, const struct group *group)
{
    const struct csv_item *first = group->items;
    for (size_t i = 1; i < group->count; i++) {
        const struct csv_item *item = &group->items[i];
        if (is_twin(first, item)) {
            report_item(reader, item,
                        (struct form_report){.problem = FORM_DUPLICATE_LINE,
                                             .message = also_on(reader, first->cell.line).ptr});
        } else {
            first = item;
        }
    }
}

/* ---- what excludes what ---- */

/* Whether the sum was said to be a number and not applicable at once. */
static bool is_torn(const struct group *group)
{
    const struct csv_item *count = group->first[CSV_ITEM_COUNT];
    const struct csv_item *days = group->first[CSV_ITEM_DAYS];
    return count != NULL && days != NULL && count->not_applicable != days->not_applicable;
}

static const struct csv_item *later(const struct csv_item *a, const struct csv_item *b)
{
    if (a == NULL || b == NULL) return a == NULL ? b : a;
    return a->order > b->order ? a : b;
}

/* Reports a group that says the same in more ways than one. */
static void report_mixed(struct csv_reader *reader, const struct group *group)
{
    const struct csv_item *const sum =
        later(group->first[CSV_ITEM_COUNT], group->first[CSV_ITEM_DAYS]);
    const struct csv_item *const value = group->first[CSV_ITEM_VALUE];
    const struct csv_item *const since = group->first[CSV_ITEM_SINCE];
    const int ways = (sum != NULL) + (value != NULL) + (since != NULL);
    if (ways < 2 && !is_torn(group)) return;
    report_item(reader, later(later(sum, value), since),
                (struct form_report){.problem = FORM_MIXED_WAITING});
}

/* ---- entries ---- */

static struct entry *add_entry(struct csv_reader *reader, const struct csv_item *item,
                               enum value_kind kind)
{
    struct collection *const found = &reader->found;
    found->entries =
        arena_room(reader->arena, found->entries, found->entry_count, sizeof *found->entries);
    struct entry *entry = &found->entries[found->entry_count++];
    *entry = (struct entry){
        .measure = item->measure,
        .part = item->part,
        .region = item->region,
        .kind = item->not_applicable ? VALUE_NOT_APPLICABLE : kind,
        .line = item->cell.line,
        .column = item->cell.column,
    };
    return entry;
}

static void make_number(struct csv_reader *reader, const struct csv_item *item)
{
    if (item->faulty) return;
    struct entry *entry = add_entry(reader, item, VALUE_NUMBER);
    entry->number = item->number.value;
    entry->written = item->number.plain;
}

static void make_dates(struct csv_reader *reader, const struct group *group)
{
    struct waiting_row *rows = arena_array(reader->arena, group->count, sizeof *rows);
    size_t count = 0;
    bool overflow = false;
    for (size_t i = 0; i < group->count; i++) {
        const struct csv_item *item = &group->items[i];
        if (item->faulty || item->kind != CSV_ITEM_SINCE) continue;
        rows[count++] = (struct waiting_row){
            .since = item->since,
            .count = item->count,
            .line = item->cell.line,
            .column = item->cell.column,
        };
    }
    struct entry *entry = add_entry(reader, group->first[CSV_ITEM_SINCE], VALUE_DATES);
    entry->kind = VALUE_DATES;
    entry->rows = rows;
    entry->row_count = waiting_rows_settle(rows, count, &overflow);
    if (overflow)
        report_item(reader, group->first[CSV_ITEM_SINCE],
                    (struct form_report){.problem = FORM_TOO_LARGE});
}

static void report_half(struct csv_reader *reader, const struct csv_item *item)
{
    const bool has_count = item->kind == CSV_ITEM_COUNT;
    report_item(reader, item,
                (struct form_report){
                    .problem = FORM_EMPTY_FIELD,
                    .allowed = has_count ? "ook een regel met .dagen" : "ook een regel met .aantal",
                    .message = has_count
                                   ? "Bij dit aantal wachtenden horen ook hun dagen: de som van "
                                     "hun wachtdagen. Vul die in op de regel met .dagen."
                                   : "Bij deze wachtdagen hoort ook het aantal wachtenden. Vul dat "
                                     "in op de regel met .aantal.",
                });
}

static bool is_zero(const struct csv_item *item)
{
    return item != NULL && item->number.value.units == 0;
}

static void make_sum(struct csv_reader *reader, const struct group *group)
{
    const struct csv_item *count = group->first[CSV_ITEM_COUNT];
    const struct csv_item *days = group->first[CSV_ITEM_DAYS];
    const struct csv_item *any = count != NULL ? count : days;
    if ((count != NULL && count->faulty) || (days != NULL && days->faulty)) return;
    if (any->not_applicable) {
        add_entry(reader, any, VALUE_NOT_APPLICABLE);
    } else if (is_zero(count) && (days == NULL || is_zero(days))) {
        add_entry(reader, any, VALUE_DATES); /* nobody waits, which is the empty list */
    } else if (count == NULL || days == NULL) {
        report_half(reader, any);
    } else {
        struct entry *entry = add_entry(reader, any, VALUE_COUNT_DAYS);
        entry->count = count->number.value;
        entry->days = days->number.value;
    }
}

/* What is said in more ways than one is refused, and one of them checked all the same. */
static void make_entry(struct csv_reader *reader, const struct group *group)
{
    report_item_twins(reader, group);
    report_mixed(reader, group);
    if (group->first[CSV_ITEM_SINCE] != NULL) {
        make_dates(reader, group);
    } else if (group->first[CSV_ITEM_VALUE] != NULL) {
        make_number(reader, group->first[CSV_ITEM_VALUE]);
    } else if (!is_torn(group)) {
        make_sum(reader, group);
    }
}

/* The items from `first` on that are about the same part. */
static struct group group_of(const struct csv_reader *reader, size_t first)
{
    struct group group = {.items = &reader->items[first]};
    while (first + group.count < reader->item_count) {
        const struct csv_item *item = &group.items[group.count];
        if (compare_parts(item, group.items) != 0) break;
        if (group.first[item->kind] == NULL) group.first[item->kind] = item;
        group.count++;
    }
    return group;
}

void csv_settle_items(struct csv_reader *reader)
{
    if (reader->item_count > 1)
        qsort(reader->items, reader->item_count, sizeof *reader->items, compare_items);
    for (size_t next = 0; next < reader->item_count;) {
        const struct group group = group_of(reader, next);
        make_entry(reader, &group);
        next += group.count;
    }
}

/* ---- notes and declared indicators ---- */

/* Where a name stands that may stand only once. */
struct named {
    struct slice name;
    unsigned line, column;
};

static void report_twin(struct csv_reader *reader, const char *section, struct named a,
                        struct named b)
{
    struct text pointer = {0};
    const struct named last = a.line > b.line ? a : b;
    const struct csv_cell cell = {.text = last.name, .line = last.line, .column = last.column};
    text_puts(&pointer, section);
    cite_pointer_put(&pointer, last.name);
    csv_report(reader, &cell,
               (struct form_report){
                   .problem = FORM_DUPLICATE_LINE,
                   .pointer = text_slice(&pointer),
                   .message = also_on(reader, a.line > b.line ? b.line : a.line).ptr,
               });
    text_done(&pointer);
}

void csv_report_twins(struct csv_reader *reader, const struct submission *submission)
{
    for (size_t i = 1; i < submission->note_count; i++) {
        const struct note *a = &submission->notes[i - 1], *b = &submission->notes[i];
        if (slice_equal(a->code, b->code))
            report_twin(reader, "/toelichtingen", (struct named){a->code, a->line, a->column},
                        (struct named){b->code, b->line, b->column});
    }
    for (size_t i = 1; i < submission->declared_count; i++) {
        const struct declared *a = &submission->declared[i - 1], *b = &submission->declared[i];
        if (slice_equal(a->indicator, b->indicator))
            report_twin(reader, "/opgegeven", (struct named){a->indicator, a->line, a->column},
                        (struct named){b->indicator, b->line, b->column});
    }
}
