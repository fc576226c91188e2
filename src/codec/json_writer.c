/*
 * The one writer of JSON. It goes straight into a text, byte runs at a time and without printf:
 * answers to reads are the hot path. The only state is whether a comma is due, because an opened
 * object or array starts without one and a closed one is itself a value. It cannot fail; a caller
 * that does not close what it opened gets what it wrote.
 */
#include "codec/json_writer.h"

void json_init(struct json *json, struct text *text)
{
    json->text = text;
    json->comma = false;
}

/** The comma that is due and the key, if any: what stands before every value. */
static void begin_value(struct json *json, const char *key)
{
    if (json->comma) text_putc(json->text, ',');
    json->comma = true;
    if (!key) return;
    text_putc(json->text, '"');
    text_puts(json->text, key);
    text_put(json->text, slice_from("\":", 2));
}

static void open_with(struct json *json, const char *key, char bracket)
{
    begin_value(json, key);
    text_putc(json->text, bracket);
    json->comma = false;
}

static void close_with(struct json *json, char bracket)
{
    text_putc(json->text, bracket);
    json->comma = true;
}

void json_open_object(struct json *json, const char *key)
{
    open_with(json, key, '{');
}

void json_close_object(struct json *json)
{
    close_with(json, '}');
}

void json_open_array(struct json *json, const char *key)
{
    open_with(json, key, '[');
}

void json_close_array(struct json *json)
{
    close_with(json, ']');
}

/** RFC 8785, section 3.2.2.2: the two-character escapes where there are any, else \u00xx. */
static void put_escape(struct text *text, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";
    text_putc(text, '\\');
    switch (byte) {
    case '\b': text_putc(text, 'b'); return;
    case '\t': text_putc(text, 't'); return;
    case '\n': text_putc(text, 'n'); return;
    case '\f': text_putc(text, 'f'); return;
    case '\r': text_putc(text, 'r'); return;
    case '"':
    case '\\': text_putc(text, (char)byte); return;
    default: break;
    }
    const char unicode[5] = {'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
    text_put(text, slice_from(unicode, sizeof unicode));
}

/* A string literal, quotes included. */
static void put_string(struct text *text, struct slice value)
{
    size_t written = 0;
    text_putc(text, '"');
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char byte = (unsigned char)value.ptr[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        text_put(text, slice_from(value.ptr + written, i - written));
        put_escape(text, byte);
        written = i + 1;
    }
    if (written < value.len) text_put(text, slice_from(value.ptr + written, value.len - written));
    text_putc(text, '"');
}

void json_key(struct json *json, struct slice key)
{
    begin_value(json, NULL);
    put_string(json->text, key);
    text_putc(json->text, ':');
    json->comma = false; /* the value that follows brings no comma of its own */
}

void json_text(struct json *json, const char *key, struct slice value)
{
    begin_value(json, key);
    put_string(json->text, value);
}

void json_puts(struct json *json, const char *key, const char *value)
{
    json_text(json, key, slice_of(value));
}

void json_int(struct json *json, const char *key, int64_t value)
{
    begin_value(json, key);
    text_put_int(json->text, value);
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin_value(json, key);
    text_puts(json->text, value ? "true" : "false");
}

void json_null(struct json *json, const char *key)
{
    begin_value(json, key);
    text_puts(json->text, "null");
}

void json_raw(struct json *json, const char *key, struct slice value)
{
    begin_value(json, key);
    text_put(json->text, value);
}

void json_decimal(struct json *json, const char *key, struct decimal value)
{
    begin_value(json, key);
    decimal_put(json->text, value);
}

void json_date(struct json *json, const char *key, struct date value)
{
    begin_value(json, key);
    text_putc(json->text, '"');
    date_put(json->text, value);
    text_putc(json->text, '"');
}

void json_moment(struct json *json, const char *key, struct moment value)
{
    begin_value(json, key);
    text_putc(json->text, '"');
    moment_put(json->text, value);
    text_putc(json->text, '"');
}

void json_text_if(struct json *json, const char *key, struct slice value)
{
    if (value.len > 0) json_text(json, key, value);
}
