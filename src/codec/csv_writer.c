/*
 * CSV by RFC 4180: CRLF, quotes where a field needs them, also where blanks stand around it, since
 * readers take those off a field that has none. The Dutch way has `;` between fields and a decimal
 * comma, as a Dutch spreadsheet wants it, and never a thousands point. It cannot fail.
 */
#include "codec/csv_writer.h"

#include <string.h>

struct csv csv_over(struct text *text, enum language language)
{
    const bool dutch = language == LANGUAGE_DUTCH;
    return (struct csv){.text = text, .separator = dutch ? ';' : ',', .dutch = dutch};
}

void csv_skip(struct csv *csv)
{
    if (csv->started) text_putc(csv->text, csv->separator);
    csv->started = true;
}

void csv_end_row(struct csv *csv)
{
    text_puts(csv->text, "\r\n");
    csv->started = false;
}

/* Blanks that are no ASCII count as well: every byte beyond it may begin or end one. */
static bool is_edge(char byte)
{
    return byte == ' ' || byte == '\t' || (unsigned char)byte >= 0x80;
}

static bool needs_quotes(const struct csv *csv, struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        const char byte = value.ptr[i];
        if (byte == csv->separator || byte == '"' || byte == '\r' || byte == '\n') return true;
    }
    return value.len > 0 && (is_edge(value.ptr[0]) || is_edge(value.ptr[value.len - 1]));
}

void csv_put(struct csv *csv, struct slice value)
{
    csv_skip(csv);
    if (!needs_quotes(csv, value)) {
        text_put(csv->text, value);
        return;
    }
    text_putc(csv->text, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '"') text_putc(csv->text, '"');
        text_putc(csv->text, value.ptr[i]);
    }
    text_putc(csv->text, '"');
}

void csv_puts(struct csv *csv, const char *value)
{
    csv_put(csv, slice_of(value));
}

void csv_put_int(struct csv *csv, uint64_t value)
{
    csv_skip(csv);
    text_put_u64(csv->text, value);
}

void csv_put_date(struct csv *csv, struct date date)
{
    csv_skip(csv);
    date_put(csv->text, date);
}

void csv_put_fixed(struct csv *csv, struct decimal number)
{
    csv_skip(csv);
    const size_t start = csv->text->len;
    decimal_put_fixed(csv->text, number);
    if (!csv->dutch) return;
    char *point = memchr(csv->text->ptr + start, '.', csv->text->len - start);
    if (point) *point = ',';
}

void csv_put_header(struct csv *csv, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_puts(csv, names[i]);
}
