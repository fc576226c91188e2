/*
 * From Redis' answer to a record. A field we do not know is not ours to read; which fields stand
 * there and in which order is a question of form that only an inquest asks.
 */
#include "edge/entry.h"

static struct slice text_of(const redisReply *reply)
{
    return slice_from(reply->str, reply->len);
}

static bool is_pair_of_texts(const redisReply *fields, size_t at)
{
    return fields->element[at]->type == REDIS_REPLY_STRING &&
           fields->element[at + 1]->type == REDIS_REPLY_STRING;
}

/* The place of a name in format 1, FIELD_COUNT for `geredigeerd` and one more for all others. */
static unsigned field_of(struct slice name)
{
    unsigned field = 0;
    while (field < FIELD_COUNT && !slice_is(name, record_field_name((enum record_field)field)))
        field++;
    return field < FIELD_COUNT || slice_is(name, RECORD_STAND_IN) ? field : FIELD_COUNT + 1;
}

bool entry_read(const redisReply *entry, struct record *ret_record, bool *ret_well_formed)
{
    struct record record = {0};
    if (!entry_read_id(entry, &record.id)) return false;
    const redisReply *fields = entry->element[1];
    if (fields->type != REDIS_REPLY_ARRAY || fields->elements % 2 != 0) return false;
    const size_t pairs = fields->elements / 2;
    bool well_formed = pairs == FIELD_COUNT || pairs == FIELD_COUNT + 1;
    for (size_t i = 0; i < pairs; i++) {
        if (!is_pair_of_texts(fields, 2 * i)) return false;
        const unsigned field = field_of(text_of(fields->element[2 * i]));
        const struct slice value = text_of(fields->element[2 * i + 1]);
        if (field < FIELD_COUNT)
            record.fields[field] = value;
        else if (field == FIELD_COUNT)
            record.stand_in = value;
        well_formed = well_formed && field == i;
    }
    well_formed = well_formed && (record.stand_in.len == 0 || record_is_redacted(&record));
    *ret_record = record;
    if (ret_well_formed != NULL) *ret_well_formed = well_formed;
    return true;
}

bool entry_read_id(const redisReply *entry, struct record_id *ret_id)
{
    return entry->type == REDIS_REPLY_ARRAY && entry->elements == 2 &&
           entry->element[0]->type == REDIS_REPLY_STRING &&
           record_id_parse(text_of(entry->element[0]), ret_id);
}

bool entries_read_last(const redisReply *reply, struct record_id *ret_id)
{
    if (reply->type != REDIS_REPLY_ARRAY || reply->elements > 1) return false;
    if (reply->elements == 1) return entry_read_id(reply->element[0], ret_id);
    *ret_id = (struct record_id){0};
    return true;
}
