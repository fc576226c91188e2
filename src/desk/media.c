/*
 * A charset is taken only where the body can be read by it; any other is refused rather than read
 * as something else. ISO-8859-1 is read as Windows-1252, which has all its letters, as browsers do
 * (encoding.spec.whatwg.org).
 */
#include "desk/media.h"

static const struct {
    const char *label;
    enum csv_charset charset;
    bool text_only; /* not for JSON */
} CHARSETS[] = {
    {"utf-8", CSV_UTF8, false},         {"utf8", CSV_UTF8, false},
    {"us-ascii", CSV_UTF8, false},      {"windows-1252", CSV_WINDOWS_1252, true},
    {"cp1252", CSV_WINDOWS_1252, true}, {"iso-8859-1", CSV_WINDOWS_1252, true},
    {"latin1", CSV_WINDOWS_1252, true},
};

static struct slice unquote(struct slice value)
{
    const bool quoted = value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"';
    return quoted ? slice_from(value.ptr + 1, value.len - 2) : value;
}

/* The value of `charset`; false where it is not given. */
static bool find_charset(struct slice content_type, struct slice *ret_label)
{
    struct slice rest, parameter, key, value;
    slice_cut(content_type, ';', &parameter, &rest);
    while (rest.len > 0) {
        slice_cut(rest, ';', &parameter, &rest);
        slice_cut(parameter, '=', &key, &value);
        if (!slice_is_nocase(slice_trim(key), "charset")) continue;
        *ret_label = unquote(slice_trim(value));
        return true;
    }
    return false;
}

static bool read_charset(struct slice label, enum format format, enum csv_charset *ret_charset)
{
    for (size_t i = 0; i < sizeof CHARSETS / sizeof CHARSETS[0]; i++) {
        if (!slice_is_nocase(label, CHARSETS[i].label)) continue;
        if (CHARSETS[i].text_only && format == FORMAT_JSON) return false;
        *ret_charset = CHARSETS[i].charset;
        return true;
    }
    return false;
}

enum media_answer media_parse(struct slice content_type, unsigned formats, struct media *ret_media)
{
    struct media media = {.charset = CSV_UTF8};
    struct slice label;
    unsigned format = 0;
    while (format < FORMAT_COUNT &&
           (!(formats & FORMAT_BIT(format)) ||
            !negotiate_is(content_type, format_media_type((enum format)format))))
        format++;
    if (format == FORMAT_COUNT) return MEDIA_UNKNOWN;
    media.format = (enum format)format;
    if (find_charset(content_type, &label) && !read_charset(label, media.format, &media.charset))
        return MEDIA_BAD_CHARSET;
    *ret_media = media;
    return MEDIA_OK;
}
