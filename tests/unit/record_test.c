/*
 * Records: the chain over two entries whose bytes are written out here by hand, with digests taken
 * by another program; each byte counts; ids and `vorige` are read in one spelling only.
 */
#include "core/record.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char zeros[] = "0-0 0000000000000000000000000000000000000000000000000000000000000000";

static struct record submission(void)
{
    struct record record = {.id = {.ms = 1732262400123, .seq = 0}};
    record.fields[FIELD_FORMAT] = slice_of("1");
    record.fields[FIELD_KIND] = slice_of("aanlevering");
    record.fields[FIELD_PEILDATUM] = slice_of("2024-10-01");
    record.fields[FIELD_ORGANISATION] = slice_of("jb-noord");
    record.fields[FIELD_BY] = slice_of("Noord \xC3\xAB");
    record.fields[FIELD_ATTEMPT] = slice_of("p1");
    record.fields[FIELD_PREVIOUS] = slice_of(zeros);
    record.fields[FIELD_DIGEST] =
        slice_of("ceb5e2ebf89b32b12572970f1adb66f78e6977dba54ca4cac972203e5bea8a91");
    record.fields[FIELD_CONTENT] = slice_of("{\"cijfers\":{}}");
    return record;
}

static struct record withdrawal(void)
{
    struct record record = {.id = {.ms = 1732262400123, .seq = 1}};
    record.fields[FIELD_FORMAT] = slice_of("1");
    record.fields[FIELD_KIND] = slice_of("intrekking");
    return record;
}

static void check_digest(const struct digest *digest, const char *hex)
{
    struct text text;
    text_init(&text);
    digest_put(&text, digest);
    assert_true(slice_is(text_slice(&text), hex));
    text_done(&text);
}

static void a_record_is_digested_field_by_field_in_order(void **state)
{
    (void)state;
    static const char by_hand[] =
        "v=1:1soort=11:aanleveringpeildatum=10:2024-10-01organisatie=8:jb-noorddoor=8:Noord "
        "\xC3\xAB"
        "poging=2:p1verwacht=0:vorige=68:0-0 "
        "0000000000000000000000000000000000000000000000000000000000000000"
        "sha256=64:ceb5e2ebf89b32b12572970f1adb66f78e6977dba54ca4cac972203e5bea8a91"
        "inhoud=14:{\"cijfers\":{}}bevindingen=0:";
    const struct record record = submission();
    const struct digest digest = record_digest(&record);
    const struct digest expected = digest_of(slice_of(by_hand));
    assert_true(digest_equal(&digest, &expected));
    check_digest(&digest, "67ad7a49993de3cd2ac0092293acf3f746c76f55b10e7f40a4a6b6e24a0e2931");
    const struct record empty = {.id = {.ms = 1}};
    const struct digest nothing = record_digest(&empty);
    check_digest(&nothing, "590b7b044eccdbe80680f703710cd3bac09f29a9937b69ba6a66489bfd698a73");
}

static void the_chain_runs_over_head_id_and_digest(void **state)
{
    (void)state;
    const struct record records[] = {submission(), withdrawal()};
    const struct digest start = {.bytes = {0}};
    const struct digest first = record_chain(&start, &records[0]);
    check_digest(&first, "775b70526435f55af46f501b184f1b6fc55aef28751b459f3a9f294f0d70f414");
    const struct digest second = record_chain(&first, &records[1]);
    check_digest(&second, "86e7d26084c0ddee76be9742e6e16e876d31689a25a702a5c54c8ac9a708afd9");
}

/* The second head again, from 32 + 15 + 1 + 32 bytes laid down one after the other. */
static void the_chain_is_of_eighty_bytes_by_hand(void **state)
{
    (void)state;
    const struct record records[] = {submission(), withdrawal()};
    const struct digest start = {.bytes = {0}};
    const struct digest first = record_chain(&start, &records[0]);
    const struct digest content = digest_of(
        slice_of("v=1:1soort=10:intrekkingpeildatum=0:organisatie=0:door=0:poging=0:verwacht=0:"
                 "vorige=0:sha256=0:inhoud=0:bevindingen=0:"));
    char bytes[80];
    memcpy(bytes, first.bytes, 32);
    memcpy(bytes + 32, "1732262400123-1\n", 16);
    memcpy(bytes + 48, content.bytes, 32);
    const struct digest expected = digest_of(slice_from(bytes, sizeof(bytes)));
    const struct digest second = record_chain(&first, &records[1]);
    assert_true(digest_equal(&second, &expected));
}

static void any_change_gives_another_head(void **state)
{
    (void)state;
    const struct digest start = {.bytes = {0}};
    const struct record record = submission();
    const struct digest head = record_chain(&start, &record);
    for (size_t field = 0; field < FIELD_COUNT; field++) {
        struct record altered = record;
        altered.fields[field] = slice_of("x");
        const struct digest other = record_chain(&start, &altered);
        assert_false(digest_equal(&head, &other));
    }
    struct record later = record;
    later.id.seq++;
    const struct digest moved = record_chain(&start, &later);
    assert_false(digest_equal(&head, &moved));
    /* Lengths keep the fields apart: bytes cannot wander from one to the next. */
    struct record wandered = record;
    wandered.fields[FIELD_ATTEMPT] = slice_of("p");
    wandered.fields[FIELD_EXPECTED] = slice_of("1");
    const struct digest other = record_chain(&start, &wandered);
    assert_false(digest_equal(&head, &other));
}

/* An entry without its texts stands in the chain by the digest that it had with them. */
static void a_redacted_record_keeps_its_place_in_the_chain(void **state)
{
    (void)state;
    const struct digest start = {.bytes = {0}};
    const struct record record = submission();
    const struct digest head = record_chain(&start, &record);
    struct record redacted = record;
    redacted.fields[FIELD_CONTENT] = slice_of("{}");
    redacted.stand_in =
        slice_of("67ad7a49993de3cd2ac0092293acf3f746c76f55b10e7f40a4a6b6e24a0e2931");
    const struct digest again = record_chain(&start, &redacted);
    assert_true(digest_equal(&head, &again));
    assert_true(record_is_redacted(&redacted));
    assert_false(record_is_redacted(&record));
    const struct digest left = record_fields_digest(&redacted);
    assert_false(digest_equal(&left, &head));
    redacted.stand_in = slice_of("geen digest");
    const struct digest own = record_digest(&redacted);
    assert_false(record_is_redacted(&redacted));
    assert_true(digest_equal(&own, &left));
}

static void fields_and_kinds_have_their_names(void **state)
{
    (void)state;
    static const char *const names[] = {"v",      "soort",  "peildatum",  "organisatie",
                                        "door",   "poging", "verwacht",   "vorige",
                                        "sha256", "inhoud", "bevindingen"};
    static const char *const kinds[] = {"definitie",  "aanlevering", "intrekking", "editie",
                                        "heropening", "terzijde",    "opmerking",  "geredigeerd"};
    assert_int_equal(FIELD_COUNT, sizeof(names) / sizeof(names[0]));
    assert_int_equal(RECORD_KIND_COUNT, sizeof(kinds) / sizeof(kinds[0]));
    for (unsigned i = 0; i < FIELD_COUNT; i++)
        assert_string_equal(record_field_name((enum record_field)i), names[i]);
    for (unsigned i = 0; i < RECORD_KIND_COUNT; i++) {
        struct record record = {.id = {.ms = 1}};
        record.fields[FIELD_KIND] = slice_of(kinds[i]);
        assert_string_equal(record_kind_text((enum record_kind)i), kinds[i]);
        assert_int_equal(record_kind_of(&record), i);
    }
    const struct record none = {.id = {.ms = 1}};
    assert_int_equal(record_kind_of(&none), RECORD_KIND_COUNT);
}

static void ids_go_there_and_back(void **state)
{
    (void)state;
    static const char *const ids[] = {"0-0", "1732262400123-0", "1732262400123-17",
                                      "18446744073709551615-18446744073709551615"};
    struct text text;
    text_init(&text);
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct record_id id;
        assert_true(record_id_parse(slice_of(ids[i]), &id));
        text_clear(&text);
        record_id_put(&text, id);
        assert_true(slice_is(text_slice(&text), ids[i]));
        assert_true(text_slice(&text).len < RECORD_ID_ROOM);
    }
    text_done(&text);
}

static void anything_else_is_no_id(void **state)
{
    (void)state;
    static const char *const refused[] = {"",     "1",   "1-",   "-1",   "1-2-3",
                                          "a-1",  "1-a", "01-0", "1-00", "1 -0",
                                          "+1-0", "*",   "-",    "1_0",  "18446744073709551616-0"};
    struct record_id id = {.ms = 7, .seq = 8};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        assert_false(record_id_parse(slice_of(refused[i]), &id));
    assert_int_equal(id.ms, 7);
    assert_int_equal(id.seq, 8);
}

static void order_is_by_time_and_then_by_number(void **state)
{
    (void)state;
    const struct record_id first = {.ms = 1, .seq = 9};
    const struct record_id second = {.ms = 2, .seq = 0};
    const struct record_id third = {.ms = 2, .seq = 1};
    assert_true(record_id_compare(first, second) < 0);
    assert_true(record_id_compare(third, second) > 0);
    assert_int_equal(record_id_compare(third, third), 0);
    assert_int_equal(record_id_moment(second).ms, 2);
    const struct record_id last = {.ms = UINT64_MAX};
    assert_true(record_id_moment(last).ms == INT64_MAX);
}

static void previous_goes_there_and_back(void **state)
{
    (void)state;
    const struct record_id id = {.ms = 1732262400123, .seq = 4};
    const struct digest head = digest_of(slice_of("abc"));
    struct text text;
    text_init(&text);
    record_previous_put(&text, id, &head);
    assert_true(slice_is(
        text_slice(&text),
        "1732262400123-4 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    struct record_id id_again;
    struct digest head_again;
    assert_true(record_previous_parse(text_slice(&text), &id_again, &head_again));
    assert_int_equal(record_id_compare(id, id_again), 0);
    assert_true(digest_equal(&head, &head_again));
    text_done(&text);
}

static void the_previous_of_the_first_record_is_zeros(void **state)
{
    (void)state;
    const struct digest start = {.bytes = {0}};
    struct text text;
    text_init(&text);
    record_previous_put(&text, (struct record_id){.ms = 0}, &start);
    assert_true(slice_is(text_slice(&text), zeros));
    text_done(&text);
    struct record_id id = {.ms = 7};
    struct digest head = {.bytes = {7}};
    assert_false(record_previous_parse(slice_of(""), &id, &head));
    assert_false(record_previous_parse(slice_of("0-0"), &id, &head));
    assert_false(record_previous_parse(slice_of("0-0 00"), &id, &head));
    assert_false(record_previous_parse(slice_of(zeros + 1), &id, &head));
    assert_false(record_previous_parse(slice_from(zeros, sizeof(zeros)), &id, &head));
    assert_int_equal(id.ms, 7);
    assert_int_equal(head.bytes[0], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_digested_field_by_field_in_order),
        cmocka_unit_test(the_chain_runs_over_head_id_and_digest),
        cmocka_unit_test(the_chain_is_of_eighty_bytes_by_hand),
        cmocka_unit_test(any_change_gives_another_head),
        cmocka_unit_test(a_redacted_record_keeps_its_place_in_the_chain),
        cmocka_unit_test(fields_and_kinds_have_their_names),
        cmocka_unit_test(ids_go_there_and_back),
        cmocka_unit_test(anything_else_is_no_id),
        cmocka_unit_test(order_is_by_time_and_then_by_number),
        cmocka_unit_test(previous_goes_there_and_back),
        cmocka_unit_test(the_previous_of_the_first_record_is_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
