#ifndef GIMON_DESK_MEDIA_H
#define GIMON_DESK_MEDIA_H

#include "codec/csv_scan.h"
#include "desk/negotiate.h"

/** What a body is, as its Content-Type says it. */
struct media {
    enum format format;
    enum csv_charset charset;
};

/** What reading a Content-Type came to. */
enum media_answer {
    MEDIA_OK,
    MEDIA_UNKNOWN,     /**< a type that is not taken, or none at all */
    MEDIA_BAD_CHARSET, /**< the type is taken, its `charset` is not */
};

/**
 * Reads a Content-Type header that must name one of `formats` (a set of format bits). JSON is UTF-8
 * (RFC 8259, section 8.1); CSV may be UTF-8 or, by the name of Windows or of Latin-1,
 * Windows-1252. Writes ret_media only on MEDIA_OK.
 */
enum media_answer media_parse(struct slice content_type, unsigned formats, struct media *ret_media)
    __attribute__((warn_unused_result));

#endif
