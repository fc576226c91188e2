/*
 * Free texts taken out of what stands on the log. That is canonical JSON of our own making, so a
 * walk over one level of it is enough: members are copied as they stand, or left out, or lose their
 * value. Figures are never touched, whatever a monitor calls them: only the outermost level of a
 * record is looked at.
 *
 * It fails to the safe side: what is no such JSON is taken out as a whole.
 */
#include "core/redaction.h"

#include <string.h>

/* What becomes of a member. */
enum fate_of_member { MEMBER_STAYS, MEMBER_GOES, MEMBER_EMPTIED };

typedef enum fate_of_member judge_function(struct slice key);

/* What is still to be read, and where it goes. */
struct cut {
    struct slice rest;
    struct text *out;
};

bool redaction_is_possible(enum record_kind kind)
{
    return kind != RECORD_DEFINITION && kind != RECORD_KIND_COUNT;
}

static enum fate_of_member judge_delivery(struct slice key)
{
    return slice_is(key, "toelichtingen") ? MEMBER_GOES : MEMBER_STAYS;
}

static enum fate_of_member judge_finding(struct slice key)
{
    return slice_is(key, "toelichting") ? MEMBER_EMPTIED : MEMBER_STAYS;
}

static enum fate_of_member judge_event(struct slice key)
{
    static const char *const words[] = {"omschrijving", "opmerking", "reden", "tekst",
                                        "toelichting"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (slice_is(key, words[i])) return MEMBER_EMPTIED;
    }
    return MEMBER_STAYS;
}

static struct slice take(struct cut *cut, size_t count)
{
    const struct slice taken = slice_from(cut->rest.ptr, count);
    cut->rest = slice_from(cut->rest.ptr + count, cut->rest.len - count);
    return taken;
}

static bool starts(const struct cut *cut, char byte)
{
    return cut->rest.len > 0 && cut->rest.ptr[0] == byte;
}

static bool take_byte(struct cut *cut, char byte)
{
    if (!starts(cut, byte)) return false;
    take(cut, 1);
    return true;
}

/* The length of the text that begins here, quotes included; 0 if it does not end. */
static size_t text_length(struct slice rest)
{
    for (size_t i = 1; i < rest.len; i++) {
        if (rest.ptr[i] == '"') return i + 1;
        if (rest.ptr[i] == '\\') i++;
    }
    return 0;
}

static bool take_text(struct cut *cut, struct slice *ret_text)
{
    const size_t length = starts(cut, '"') ? text_length(cut->rest) : 0;
    if (length == 0) return false;
    const struct slice quoted = take(cut, length);
    *ret_text = slice_from(quoted.ptr + 1, quoted.len - 2);
    return true;
}

/* One value as it is written: up to the comma or bracket that is not its own. */
static bool take_value(struct cut *cut, struct slice *ret_value)
{
    const struct slice rest = cut->rest;
    size_t depth = 0, at = 0;
    while (at < rest.len) {
        const char byte = rest.ptr[at];
        if (depth == 0 && strchr(",]}", byte) != NULL) break;
        if (byte == '"') {
            const size_t length = text_length(slice_from(rest.ptr + at, rest.len - at));
            if (length == 0) return false;
            at += length - 1;
        }
        depth += byte == '{' || byte == '[' ? 1 : 0;
        depth -= byte == '}' || byte == ']' ? 1 : 0;
        at++;
    }
    if (at == 0 || at == rest.len) return false;
    *ret_value = take(cut, at);
    return true;
}

static void put_member(struct cut *cut, bool first, struct slice key, struct slice value)
{
    if (!first) text_putc(cut->out, ',');
    text_putc(cut->out, '"');
    text_put(cut->out, key);
    text_puts(cut->out, "\":");
    text_put(cut->out, value);
}

static bool cut_member(struct cut *cut, judge_function *judge, bool *first)
{
    struct slice key, value;
    if (!take_text(cut, &key) || !take_byte(cut, ':') || !take_value(cut, &value)) return false;
    const enum fate_of_member fate = judge(key);
    if (fate == MEMBER_GOES) return true;
    put_member(cut, *first, key, fate == MEMBER_EMPTIED ? slice_of("\"\"") : value);
    *first = false;
    return true;
}

static bool cut_object(struct cut *cut, judge_function *judge)
{
    bool first = true;
    if (!take_byte(cut, '{')) return false;
    text_putc(cut->out, '{');
    while (!starts(cut, '}')) {
        if (!cut_member(cut, judge, &first)) return false;
        if (!take_byte(cut, ',') && !starts(cut, '}')) return false;
    }
    take(cut, 1);
    text_putc(cut->out, '}');
    return true;
}

static bool cut_array(struct cut *cut, judge_function *judge)
{
    if (!take_byte(cut, '[')) return false;
    text_putc(cut->out, '[');
    while (!starts(cut, ']')) {
        if (!cut_object(cut, judge)) return false;
        if (take_byte(cut, ','))
            text_putc(cut->out, ',');
        else if (!starts(cut, ']'))
            return false;
    }
    take(cut, 1);
    text_putc(cut->out, ']');
    return true;
}

void redaction_put_content(struct text *text, enum record_kind kind, struct slice content)
{
    const size_t before = text->len;
    struct cut cut = {.rest = content, .out = text};
    const bool whole = cut_object(&cut, kind == RECORD_SUBMISSION ? judge_delivery : judge_event) &&
                       cut.rest.len == 0;
    if (!whole) text->len = before;
}

void redaction_put_findings(struct text *text, struct slice findings)
{
    const size_t before = text->len;
    struct cut cut = {.rest = findings, .out = text};
    const bool whole = cut_array(&cut, judge_finding) && cut.rest.len == 0;
    if (!whole) text->len = before;
}

void redaction_each_word(struct slice content, struct slice rest, redaction_word *tell, void *self)
{
    for (size_t at = 0; at < content.len; at++) {
        if (content.ptr[at] != '"') continue;
        const size_t length = text_length(slice_from(content.ptr + at, content.len - at));
        if (length == 0) return;
        const struct slice word = slice_from(content.ptr + at, length);
        at += length - 1;
        const bool key = at + 1 < content.len && content.ptr[at + 1] == ':';
        const bool stays = rest.len > 0 && memmem(rest.ptr, rest.len, word.ptr, word.len) != NULL;
        if (!key && !stays && length > 2) tell(self, word);
    }
}
