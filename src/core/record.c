/*
 * An entry of the log: the names of its fields, its id, and the chain that runs over all entries.
 * Names, order and digests are for ever; a reader that meets a kind it does not know still chains
 * over it. Reading an id or `vorige` accepts only what the writer here would write.
 */
#include "core/record.h"

const char RECORD_STAND_IN[] = "geredigeerd";

const char *record_field_name(enum record_field field)
{
    static const char *const names[] = {
#define RECORD_NAME(constant, name) [constant] = (name),
        RECORD_FIELDS(RECORD_NAME)
#undef RECORD_NAME
    };
    return field < FIELD_COUNT ? names[field] : "";
}

const char *record_kind_text(enum record_kind kind)
{
    static const char *const names[] = {
#define RECORD_NAME(constant, name) [constant] = (name),
        RECORD_KINDS(RECORD_NAME)
#undef RECORD_NAME
    };
    return kind < RECORD_KIND_COUNT ? names[kind] : "";
}

enum record_kind record_kind_of(const struct record *record)
{
    unsigned kind = 0;
    while (kind < RECORD_KIND_COUNT &&
           !slice_is(record->fields[FIELD_KIND], record_kind_text((enum record_kind)kind)))
        kind++;
    return (enum record_kind)kind;
}

/* A number as Redis writes it: no zero in front, so that an id has one spelling. */
static bool parse_part(struct slice text, uint64_t *ret_value)
{
    if (text.len > 1 && text.ptr[0] == '0') return false;
    return slice_to_u64(text, ret_value);
}

bool record_id_parse(struct slice text, struct record_id *ret_id)
{
    struct slice ms;
    struct slice seq;
    struct record_id id;
    if (!slice_cut(text, '-', &ms, &seq)) return false;
    if (!parse_part(ms, &id.ms) || !parse_part(seq, &id.seq)) return false;
    *ret_id = id;
    return true;
}

void record_id_put(struct text *text, struct record_id id)
{
    text_put_u64(text, id.ms);
    text_putc(text, '-');
    text_put_u64(text, id.seq);
}

int record_id_compare(struct record_id a, struct record_id b)
{
    if (a.ms != b.ms) return a.ms < b.ms ? -1 : 1;
    return (a.seq > b.seq) - (a.seq < b.seq);
}

struct moment record_id_moment(struct record_id id)
{
    return (struct moment){.ms = id.ms < INT64_MAX ? (int64_t)id.ms : INT64_MAX};
}

/* A name, `=`, a length and `:` are no longer than this. */
enum { FIELD_FRAME_MOST = 48 };

struct digest record_fields_digest(const struct record *record)
{
    struct text text;
    size_t length = 0;
    for (unsigned field = 0; field < FIELD_COUNT; field++)
        length += record->fields[field].len + FIELD_FRAME_MOST;
    text_init(&text);
    text_reserve(&text, length);
    for (unsigned field = 0; field < FIELD_COUNT; field++) {
        const struct slice value = record->fields[field];
        text_puts(&text, record_field_name((enum record_field)field));
        text_putc(&text, '=');
        text_put_u64(&text, value.len);
        text_putc(&text, ':');
        text_put(&text, value);
    }
    const struct digest digest = digest_of(text_slice(&text));
    text_done(&text);
    return digest;
}

bool record_is_redacted(const struct record *record)
{
    struct digest ignored;
    return digest_parse(record->stand_in, &ignored);
}

struct digest record_digest(const struct record *record)
{
    struct digest stand_in;
    return digest_parse(record->stand_in, &stand_in) ? stand_in : record_fields_digest(record);
}

static void put_bytes(struct text *text, const struct digest *digest)
{
    text_put(text, slice_from((const char *)digest->bytes, sizeof(digest->bytes)));
}

struct digest record_chain_step(const struct digest *before, struct record_id id,
                                const struct digest *digest)
{
    struct text text;
    text_init(&text);
    put_bytes(&text, before);
    record_id_put(&text, id);
    text_putc(&text, '\n');
    put_bytes(&text, digest);
    const struct digest head = digest_of(text_slice(&text));
    text_done(&text);
    return head;
}

struct digest record_chain(const struct digest *before, const struct record *record)
{
    const struct digest digest = record_digest(record);
    return record_chain_step(before, record->id, &digest);
}

void record_previous_put(struct text *text, struct record_id id, const struct digest *head)
{
    record_id_put(text, id);
    text_putc(text, ' ');
    digest_put(text, head);
}

bool record_previous_parse(struct slice text, struct record_id *ret_id, struct digest *ret_head)
{
    struct slice id_text;
    struct slice head_text;
    struct record_id id;
    if (!slice_cut(text, ' ', &id_text, &head_text)) return false;
    if (!record_id_parse(id_text, &id) || !digest_parse(head_text, ret_head)) return false;
    *ret_id = id;
    return true;
}
