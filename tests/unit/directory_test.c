/* The register: looking up, and who is expected when, the first and the last day included. */
#include "core/directory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct slice both[] = {SLICE_LITERAL("gi"), SLICE_LITERAL("ot")};

static struct date day(const char *text)
{
    struct date date = {.day = 0};
    assert_true(date_parse(slice_of(text), &date));
    return date;
}

static struct organisation organisation(const char *id, size_t monitors)
{
    return (struct organisation){
        .id = slice_of(id),
        .monitors = both,
        .monitor_count = monitors,
        .from = day("2022-12-01"),
    };
}

static void organisations_and_regions_are_found_by_id(void **state)
{
    (void)state;
    const struct organisation organisations[] = {organisation("jb-noord", 1),
                                                 organisation("jb-west", 1)};
    static const struct region regions[] = {{.id = SLICE_LITERAL("JZ01")},
                                            {.id = SLICE_LITERAL("JZ43")}};
    const struct directory directory = {.organisations = organisations,
                                        .organisation_count = 2,
                                        .regions = regions,
                                        .region_count = 2};
    assert_ptr_equal(directory_find_organisation(&directory, slice_of("jb-west")),
                     &organisations[1]);
    assert_null(directory_find_organisation(&directory, slice_of("jb")));
    assert_null(directory_find_organisation(&directory, slice_of("jb-west2")));
    assert_ptr_equal(directory_find_region(&directory, slice_of("JZ43")), &regions[1]);
    assert_null(directory_find_region(&directory, slice_of("JZ40")));
    assert_null(directory_find_region(&directory, slice_of("jz01")));
    const struct directory empty = {.organisation_count = 0};
    assert_null(directory_find_organisation(&empty, slice_of("jb-west")));
    assert_null(directory_find_region(&empty, slice_of("JZ01")));
}

static void validity_includes_its_first_and_last_day(void **state)
{
    (void)state;
    const struct slice gi = slice_of("gi");
    struct organisation noord = organisation("jb-noord", 1);
    assert_false(organisation_expected(&noord, gi, day("2022-11-30")));
    assert_true(organisation_expected(&noord, gi, day("2022-12-01")));
    assert_true(organisation_expected(&noord, gi, day("2999-12-31")));
    noord.has_until = true;
    noord.until = day("2024-12-18");
    assert_true(organisation_expected(&noord, gi, day("2024-12-18")));
    assert_false(organisation_expected(&noord, gi, day("2024-12-19")));
}

static void only_the_monitors_it_takes_part_in_expect_it(void **state)
{
    (void)state;
    const struct organisation one = organisation("jb-noord", 1);
    const struct organisation two = organisation("jb-west", 2);
    const struct organisation none = organisation("jb-oost", 0);
    assert_false(organisation_expected(&one, slice_of("ot"), day("2024-10-01")));
    assert_true(organisation_expected(&two, slice_of("ot"), day("2024-10-01")));
    assert_true(organisation_expected(&two, slice_of("gi"), day("2024-10-01")));
    assert_false(organisation_expected(&none, slice_of("gi"), day("2024-10-01")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(organisations_and_regions_are_found_by_id),
        cmocka_unit_test(validity_includes_its_first_and_last_day),
        cmocka_unit_test(only_the_monitors_it_takes_part_in_expect_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
