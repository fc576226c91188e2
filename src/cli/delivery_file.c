/*
 * A file on its way to the daemon. Happy path: its place is in its path, its form in its name. More
 * than any daemon would take is not read: then the daemon says so.
 */
#include "cli/delivery_file.h"

#include "base/date.h"
#include "cli/http_client.h"

#include <stdio.h>
#include <string.h>

enum { BYTES_MOST = 64 << 20, CHUNK = 65536 };

static bool is_standard_input(const struct delivery_file *file)
{
    return strcmp(file->name, "-") == 0;
}

/** Cuts the last part off a path: `a/b/c` gives `c` and leaves `a/b`. */
static struct slice cut_last(struct slice *path)
{
    size_t at = path->len;
    while (at > 0 && path->ptr[at - 1] != '/')
        at--;
    struct slice last = slice_from(path->ptr + at, path->len - at);
    path->len = at > 0 ? at - 1 : 0;
    return last;
}

static struct slice without_suffix(struct slice name)
{
    for (size_t at = name.len; at > 1; at--)
        if (name.ptr[at - 1] == '.') return slice_from(name.ptr, at - 1);
    return name;
}

bool delivery_file_locate(struct delivery_file *file)
{
    struct date date;
    struct slice path = is_standard_input(file) ? slice_of("") : slice_of(file->name);
    struct slice organisation = without_suffix(cut_last(&path));
    struct slice peildatum = cut_last(&path), monitor = cut_last(&path);
    if (file->organisation.len == 0) file->organisation = organisation;
    if (file->peildatum.len == 0) file->peildatum = peildatum;
    if (file->monitor.len == 0) file->monitor = monitor;
    return file->organisation.len > 0 && file->monitor.len > 0 &&
           date_parse(file->peildatum, &date);
}

void delivery_file_put_path(struct text *path, const struct delivery_file *file, const char *below)
{
    text_puts(path, "/v1/monitors/");
    http_put_part(path, file->monitor);
    text_puts(path, "/peildata/");
    http_put_part(path, file->peildatum);
    text_puts(path, "/aanleveringen/");
    http_put_part(path, file->organisation);
    if (below) text_printf(path, "/%s", below);
}

static bool ends_in_csv(struct slice name)
{
    return name.len > 4 && slice_is_nocase(slice_from(name.ptr + name.len - 4, 4), ".csv");
}

const char *delivery_file_type(const struct delivery_file *file)
{
    bool csv = file->format ? strcmp(file->format, "csv") == 0 : ends_in_csv(slice_of(file->name));
    return csv ? "text/csv; charset=utf-8" : "application/json";
}

static bool read_stream(FILE *stream, struct text *ret_body)
{
    char chunk[CHUNK];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, stream)) > 0 && ret_body->len < BYTES_MOST)
        text_put(ret_body, slice_from(chunk, got));
    return !ferror(stream);
}

bool delivery_file_read(const struct delivery_file *file, struct text *ret_body)
{
    if (is_standard_input(file)) return read_stream(stdin, ret_body);
    FILE *stream = fopen(file->name, "re");
    if (!stream) return false;
    bool ok = read_stream(stream, ret_body);
    fclose(stream);
    return ok;
}
