/*
 * Which form an answer takes: the word of `formaat=` where a link says it, else what `Accept`
 * weighs highest. A weight that cannot be read counts as 1, as a range without one does: better an
 * answer in a form that may be liked than none.
 */
#include "desk/negotiate.h"

static const struct {
    const char *word, *media_type, *version;
} formats_known[FORMAT_COUNT] = {
#define NEGOTIATE_ROW(constant, word, media_type, version) [constant] = {word, media_type, version},
    NEGOTIATE_FORMATS(NEGOTIATE_ROW)
#undef NEGOTIATE_ROW
};

enum { WEIGHT_MOST = 1000 };

/* How closely a range names a format. */
enum closeness { CLOSE_NOT, CLOSE_ANY, CLOSE_TYPE, CLOSE_SUBTYPE, CLOSE_VERSION };

/* One element of an Accept header. */
struct range {
    struct slice media;
    struct slice version; /* empty: none asked */
    int weight;           /* in thousandths */
};

const char *format_word(enum format format)
{
    return formats_known[format].word;
}

const char *format_media_type(enum format format)
{
    return formats_known[format].media_type;
}

bool format_parse(struct slice word, unsigned formats, enum format *ret_format)
{
    for (unsigned i = 0; i < FORMAT_COUNT; i++) {
        const char *known = formats_known[i].word;
        if ((formats & FORMAT_BIT(i)) && known != NULL && slice_is(word, known)) {
            *ret_format = (enum format)i;
            return true;
        }
    }
    return false;
}

/* A weight `0` to `1` with at most three decimals, in thousandths. */
static int read_weight(struct slice text)
{
    struct slice whole, decimals;
    slice_cut(text, '.', &whole, &decimals);
    uint64_t ones = 0;
    if (decimals.len > 3 || !slice_to_u64(whole, &ones) || ones > 1) return WEIGHT_MOST;
    int weight = (int)ones * WEIGHT_MOST;
    int unit = WEIGHT_MOST / 10;
    for (size_t i = 0; i < decimals.len; i++, unit /= 10) {
        if (decimals.ptr[i] < '0' || decimals.ptr[i] > '9') return WEIGHT_MOST;
        weight += (decimals.ptr[i] - '0') * unit;
    }
    return weight < WEIGHT_MOST ? weight : WEIGHT_MOST;
}

static struct range read_range(struct slice element)
{
    struct slice media, parameters;
    slice_cut(element, ';', &media, &parameters);
    struct range range = {.media = slice_trim(media), .weight = WEIGHT_MOST};
    while (parameters.len > 0) {
        struct slice parameter, key, value;
        slice_cut(parameters, ';', &parameter, &parameters);
        slice_cut(parameter, '=', &key, &value);
        key = slice_trim(key);
        value = slice_trim(value);
        if (slice_is_nocase(key, "q")) range.weight = read_weight(value);
        if (slice_is_nocase(key, "version")) range.version = value;
    }
    return range;
}

/* `text/` of `text/plain`. */
static bool type_is(struct slice media, const char *media_type)
{
    struct slice type, subtype, our_type, our_subtype;
    slice_cut(media, '/', &type, &subtype);
    slice_cut(slice_of(media_type), '/', &our_type, &our_subtype);
    return slice_is(subtype, "*") && slice_equal(type, our_type);
}

static enum closeness closeness_of(const struct range *range, enum format format)
{
    const char *version = formats_known[format].version;
    if (slice_is(range->media, "*/*")) return CLOSE_ANY;
    if (type_is(range->media, formats_known[format].media_type)) return CLOSE_TYPE;
    if (!slice_is_nocase(range->media, formats_known[format].media_type)) return CLOSE_NOT;
    if (version == NULL || range->version.len == 0) return CLOSE_SUBTYPE;
    return slice_is(range->version, version) ? CLOSE_VERSION : CLOSE_NOT;
}

/* The weight of a format: that of the range that names it most closely; 0 if none does. */
static int weigh(struct slice accept, enum format format)
{
    enum closeness closest = CLOSE_NOT;
    int weight = 0;
    while (accept.len > 0) {
        struct slice element;
        slice_cut(accept, ',', &element, &accept);
        const struct range range = read_range(element);
        const enum closeness closeness = closeness_of(&range, format);
        if (closeness > closest) {
            closest = closeness;
            weight = range.weight;
        }
    }
    return weight;
}

bool negotiate_accept(struct slice accept, unsigned formats, enum format *ret_format)
{
    const bool all = slice_trim(accept).len == 0;
    int best = 0;
    for (unsigned i = 0; i < FORMAT_COUNT; i++) {
        if (!(formats & FORMAT_BIT(i))) continue;
        const int weight = all ? WEIGHT_MOST : weigh(accept, (enum format)i);
        if (weight > best) {
            best = weight;
            *ret_format = (enum format)i;
        }
    }
    return best > 0;
}

bool negotiate_is(struct slice content_type, const char *media_type)
{
    struct slice media, parameters;
    slice_cut(content_type, ';', &media, &parameters);
    return slice_is_nocase(slice_trim(media), media_type);
}
