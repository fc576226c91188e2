/*
 * Reading the hand-written part of the OpenAPI document. The build puts the files into the program
 * as they are (embed.cmake), and a test holds that they are sound; so nothing can fail here.
 */
#include "desk/openapi_words.h"

#define OPENAPI_EXTERN(constant, name)                                                             \
    extern const unsigned char openapi_##name[];                                                   \
    extern const size_t openapi_##name##_size;
OPENAPI_FILES(OPENAPI_EXTERN)
#undef OPENAPI_EXTERN

static const struct {
    const unsigned char *bytes;
    const size_t *size;
} FILES[OPENAPI_FILE_COUNT] = {
#define OPENAPI_ROW(constant, name) [constant] = {openapi_##name, &openapi_##name##_size},
    OPENAPI_FILES(OPENAPI_ROW)
#undef OPENAPI_ROW
};

struct slice openapi_words(enum openapi_file file)
{
    return slice_from((const char *)FILES[file].bytes, *FILES[file].size);
}

void openapi_walk_begin(struct openapi_walk *walk, struct slice object, struct arena *arena)
{
    findings_init(&walk->faults, arena);
    scan_init(&walk->scan, object.len > 0 ? object : slice_of("{}"), arena, &walk->faults);
    if (scan_peek(&walk->scan) != SCAN_OBJECT || !scan_open(&walk->scan)) walk->scan.broken = true;
}

bool openapi_walk_next(struct openapi_walk *walk, struct slice *ret_key, struct slice *ret_value)
{
    if (!scan_member(&walk->scan, ret_key)) {
        scan_done(&walk->scan);
        return false;
    }
    *ret_value = scan_skip(&walk->scan);
    return true;
}

struct slice openapi_member(struct slice object, const char *key, struct arena *arena)
{
    struct openapi_walk walk;
    struct slice name, value, found = {0};
    openapi_walk_begin(&walk, object, arena);
    while (openapi_walk_next(&walk, &name, &value)) {
        if (slice_is(name, key)) found = value;
    }
    return found;
}

struct slice openapi_text(struct slice object, const char *key, struct arena *arena)
{
    const struct slice value = openapi_member(object, key, arena);
    struct findings faults;
    struct slice text = {0};
    struct scan scan;
    findings_init(&faults, arena);
    scan_init(&scan, value, arena, &faults);
    if (value.len == 0 || scan_peek(&scan) != SCAN_TEXT || !scan_text(&scan, &text))
        text = (struct slice){0};
    scan_done(&scan);
    return text;
}

/* Appends JSON without blanks between its tokens. */
static void put_compact(struct text *text, struct slice value)
{
    bool quoted = false;
    for (size_t i = 0; i < value.len; i++) {
        const char c = value.ptr[i];
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (quoted || !blank) text_putc(text, c);
        if (c == '"') quoted = !quoted;
        if (quoted && c == '\\') text_putc(text, value.ptr[++i]);
    }
}

void openapi_put(struct json *json, const char *key, struct slice value)
{
    struct text compact = {0};
    if (value.len == 0) return;
    put_compact(&compact, value);
    json_raw(json, key, text_slice(&compact));
    text_done(&compact);
}

void openapi_put_members(struct json *json, struct slice object, struct arena *arena)
{
    struct openapi_walk walk;
    struct slice key, value;
    openapi_walk_begin(&walk, object, arena);
    while (openapi_walk_next(&walk, &key, &value)) {
        json_key(json, key);
        openapi_put(json, NULL, value);
    }
}
