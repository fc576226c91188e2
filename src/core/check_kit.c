/*
 * What every part of the check needs: where a finding stands, how numbers and days are said in
 * Dutch, and how an unknown name is reported. Texts live in the findings' arena. Cannot fail.
 */
#include "core/check_kit.h"

#include "base/nearest.h"
#include "core/cite.h"

static struct slice keep(struct checker *checker, struct text *text)
{
    const struct slice kept = arena_copy(checker->findings->arena, text_slice(text));
    text_done(text);
    return kept;
}

struct slice check_place(struct checker *checker, struct slice region, struct slice measure,
                         struct slice part)
{
    struct text text = {0};
    text_puts(&text, region.len > 0 ? "/regios" : "/cijfers");
    if (region.len > 0) cite_pointer_put(&text, region);
    if (measure.len > 0) cite_pointer_put(&text, measure);
    if (part.len > 0) cite_pointer_put(&text, part);
    return keep(checker, &text);
}

struct slice check_place_under(struct checker *checker, const char *section, struct slice name)
{
    struct text text = {0};
    text_puts(&text, section);
    cite_pointer_put(&text, name);
    return keep(checker, &text);
}

struct finding check_at_entry(struct checker *checker, const struct entry *entry,
                              enum severity severity, enum finding_code code)
{
    return (struct finding){
        .code = finding_code_id(code),
        .severity = severity,
        .place = check_place(checker, entry->region, entry->measure, entry->part),
        .line = entry->line,
        .column = entry->column,
    };
}

struct finding check_at_column(struct checker *checker, const struct column *column, bool whole,
                               enum severity severity, struct slice code)
{
    const struct slice total = {.len = 0};
    const struct slice part = whole ? total : column->part->id;
    const struct entry *entry =
        submission_find(checker->submission, column->measure->id, column->part->id, total);
    return (struct finding){
        .code = code,
        .severity = severity,
        .place = check_place(checker, total, column->measure->id, part),
        .line = entry != NULL ? entry->line : 0,
        .column = entry != NULL ? entry->column : 0,
    };
}

bool check_has_error(const struct checker *checker, struct slice place)
{
    for (size_t i = 0; i < checker->findings->count; i++) {
        const struct finding *finding = &checker->findings->items[i];
        if (finding->severity != SEVERITY_ERROR || finding->place.len < place.len) continue;
        if (!slice_equal(slice_from(finding->place.ptr, place.len), place)) continue;
        if (finding->place.len == place.len || finding->place.ptr[place.len] == '/') return true;
    }
    return false;
}

struct slice check_number_found(struct checker *checker, struct decimal value)
{
    struct text text = {0};
    decimal_put(&text, value);
    return keep(checker, &text);
}

struct slice check_number(struct checker *checker, struct decimal value)
{
    struct slice whole, fraction;
    const struct slice plain = check_number_found(checker, value);
    if (!slice_cut(plain, '.', &whole, &fraction)) return plain;
    return arena_print(checker->findings->arena, "%.*s,%.*s", (int)whole.len, whole.ptr,
                       (int)fraction.len, fraction.ptr);
}

struct slice check_day(struct checker *checker, struct date date)
{
    struct text text = {0};
    date_put_dutch(&text, date);
    return keep(checker, &text);
}

struct slice check_date(struct checker *checker, struct date date)
{
    struct text text = {0};
    date_put(&text, date);
    return keep(checker, &text);
}

static struct slice list_names(struct checker *checker, const struct slice *names, size_t count)
{
    struct text text = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0) text_puts(&text, ", ");
        text_put(&text, names[i]);
    }
    return keep(checker, &text);
}

struct slice check_part_names(struct checker *checker, const struct measure *measure)
{
    struct text text = {0};
    for (size_t i = 0; i < measure->part_count; i++) {
        if (i > 0) text_puts(&text, ", ");
        text_put(&text, measure->parts[i].id);
    }
    return keep(checker, &text);
}

static struct slice unknown_message(struct checker *checker, const struct check_unknown *unknown)
{
    const struct slice *nearest = nearest_word(unknown->name, unknown->known, unknown->known_count);
    if (nearest == NULL) return slice_of(unknown->message);
    return arena_print(checker->findings->arena, "%s Bedoelde u \"%.*s\"?", unknown->message,
                       (int)nearest->len, nearest->ptr);
}

void check_report_unknown(struct checker *checker, const struct check_unknown *unknown)
{
    const struct finding finding = {
        .code = finding_code_id(unknown->code),
        .severity = SEVERITY_ERROR,
        .place = unknown->place,
        .line = unknown->line,
        .column = unknown->column,
        .message = unknown_message(checker, unknown),
        .found = cite_excerpt(checker->findings->arena, unknown->name),
        .allowed = list_names(checker, unknown->known, unknown->known_count),
    };
    findings_add(checker->findings, &finding);
}
