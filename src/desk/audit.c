/*
 * The audit line: who tried to change what, from where, and what came of it. Only facts that the
 * daemon knows stand in it: never a token, never what was sent. The names of tokens are free text,
 * so they are quoted in a way that needs no trust in them; the actor stands last.
 */
#include "desk/audit.h"

#include "base/utf8.h"

/* Of a quoted text: a line of the log has room for about 2000 bytes. */
enum { QUOTED_MOST = 600 };

bool audit_wanted(enum method method)
{
    return method == METHOD_PUT || method == METHOD_POST || method == METHOD_DELETE;
}

/* One code point of well-formed UTF-8, taken off the front. */
static uint32_t take_code_point(struct slice *text)
{
    const uint8_t first = (uint8_t)text->ptr[0];
    const size_t len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    uint32_t point = len == 1 ? first : first & (0xffU >> (len + 1));
    for (size_t i = 1; i < len; i++)
        point = point << 6 | ((uint8_t)text->ptr[i] & 0x3f);
    *text = slice_from(text->ptr + len, text->len - len);
    return point;
}

/*
 * What a terminal or a reader of lines might act upon: C0, DEL and C1 controls; marks that turn the
 * direction of writing or are not seen at all; the separators of lines and paragraphs.
 */
static bool is_plain(uint32_t point)
{
    if (point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0xad) return false;
    if (point == '"' || point == '\\') return false;
    if (point == 0x61c || (point >= 0x200b && point <= 0x200f)) return false;
    if ((point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f)) return false;
    return point != 0xfeff && (point < 0xfff0 || point > 0xffff) && point < 0xe0000;
}

static void put_quoted(struct text *text, struct slice value)
{
    const size_t begin = text->len;
    text_putc(text, '"');
    while (value.len > 0 && text->len - begin < QUOTED_MOST) {
        const char *from = value.ptr;
        const uint32_t point = take_code_point(&value);
        if (is_plain(point))
            text_put(text, slice_from(from, (size_t)(value.ptr - from)));
        else
            text_printf(text, "\\u%04x", (unsigned)point);
    }
    text_puts(text, value.len > 0 ? "...\"" : "\"");
}

static void put_fact(struct text *text, const char *key, struct slice value)
{
    if (value.len == 0) return;
    text_printf(text, " %s=", key);
    put_quoted(text, utf8_valid(value) ? value : slice_of("?"));
}

/* A word that the program chose or has read as an address, an id, a moment. */
static void put_word(struct text *text, const char *key, struct slice word)
{
    if (word.len == 0) return;
    text_printf(text, " %s=", key);
    text_put(text, word);
}

static const char *result_text(enum audit_result result)
{
    switch (result) {
    case AUDIT_ACCEPTED: return "accepted";
    case AUDIT_REFUSED: return "refused";
    case AUDIT_UNKNOWN: break;
    }
    return "unknown";
}

void audit_put(struct text *text, const struct audit *audit)
{
    text_puts(text, "audit time=");
    moment_put(text, audit->time);
    put_word(text, "action", slice_of(audit->action));
    put_fact(text, "object", audit->object);
    put_word(text, "result", slice_of(result_text(audit->result)));
    if (audit->status > 0) text_printf(text, " status=%u", audit->status);
    put_word(text, "event", audit->event);
    put_word(text, "record", audit->record);
    put_word(text, "origin", audit->origin);
    put_word(text, "role", slice_of(audit->role));
    put_fact(text, "actor", audit->actor);
}
