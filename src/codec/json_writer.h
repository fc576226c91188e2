#ifndef GIMON_CODEC_JSON_WRITER_H
#define GIMON_CODEC_JSON_WRITER_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

/**
 * Writes JSON straight into a text, commas by itself. A key is given with each member of an object
 * and is NULL in an array; the caller opens and closes in pairs. UTF-8 passes as it is.
 */
struct json {
    struct text *text;
    bool comma; /**< something stands before at this depth */
};

/** A writer that appends to `text`. */
void json_init(struct json *json, struct text *text);

/** `{` and `}`, `[` and `]`. */
void json_open_object(struct json *json, const char *key);
void json_close_object(struct json *json);
void json_open_array(struct json *json, const char *key);
void json_close_array(struct json *json);

/** A member with a key that is not a literal. */
void json_key(struct json *json, struct slice key);

/** Values. json_raw puts text that is JSON already. */
void json_text(struct json *json, const char *key, struct slice value);
void json_puts(struct json *json, const char *key, const char *value);
void json_int(struct json *json, const char *key, int64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
void json_raw(struct json *json, const char *key, struct slice value);

/** A number in shortest exact form. */
void json_decimal(struct json *json, const char *key, struct decimal value);

/** `"2024-10-01"` and `"2024-11-22T08:00:00.123Z"`. */
void json_date(struct json *json, const char *key, struct date value);
void json_moment(struct json *json, const char *key, struct moment value);

/** A text that is only written where it is not empty. */
void json_text_if(struct json *json, const char *key, struct slice value);

#endif
