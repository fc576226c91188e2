#ifndef GIMON_DESK_NEGOTIATE_H
#define GIMON_DESK_NEGOTIATE_H

#include "codec/render_book.h"

/**
 * Forms an answer can have, the preferred first where a client does not mind.
 * X(constant, word of `formaat=` or NULL, media type, version the media type must have or NULL).
 */
#define NEGOTIATE_FORMATS(X)                                                                       \
    X(FORMAT_JSON, "json", "application/json", NULL)                                               \
    X(FORMAT_CSV, "csv", "text/csv", NULL)                                                         \
    X(FORMAT_MARKDOWN, "md", "text/markdown", NULL)                                                \
    X(FORMAT_HTML, "html", "text/html", NULL)                                                      \
    X(FORMAT_XLSX, "xlsx", RENDER_BOOK_TYPE, NULL)                                                 \
    X(FORMAT_PROMETHEUS, NULL, "text/plain", "0.0.4")                                              \
    X(FORMAT_OPENMETRICS, NULL, "application/openmetrics-text", "1.0.0")

enum format {
#define NEGOTIATE_CONSTANT(constant, word, media_type, version) constant,
    NEGOTIATE_FORMATS(NEGOTIATE_CONSTANT)
#undef NEGOTIATE_CONSTANT
        FORMAT_COUNT
};

/** A set of formats: bit (1u << enum format). */
#define FORMAT_BIT(format) (1u << (format))

/** The word of `formaat=`; NULL for a form that only `Accept` can ask for. */
const char *format_word(enum format format);

/** The media type, without parameters. */
const char *format_media_type(enum format format);

/** The format of a word, if it is among `formats`. */
bool format_parse(struct slice word, unsigned formats, enum format *ret_format)
    __attribute__((warn_unused_result));

/**
 * The format among `formats` that an `Accept` header likes best (RFC 9110, section 12.5.1: the most
 * specific range decides, then the weight, then our order); an empty header likes all. False where
 * it takes none of them.
 */
bool negotiate_accept(struct slice accept, unsigned formats, enum format *ret_format)
    __attribute__((warn_unused_result));

/** Whether a Content-Type header names that media type, parameters aside. */
bool negotiate_is(struct slice content_type, const char *media_type);

#endif
