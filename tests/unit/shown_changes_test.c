/* Changes as the public may see them: between shown figures, over the same organisations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/shown.h"

/* A change is between what is shown, and of the same organisations. */
static void test_changes(void **state)
{
    static const struct maybe ten = {.present = true, .value = {.units = 10}};
    static const struct maybe fifteen = {.present = true, .value = {.units = 15}};
    static const struct maybe exact = {.present = true, .value = {.units = 3}};
    static const struct indicator count = {.unit = SLICE_LITERAL("kinderen")};
    const struct point points[] = {
        {.id = SLICE_LITERAL("a"), .indicator = &count, .value = ten, .received = 3},
        {.id = SLICE_LITERAL("a"), .indicator = &count, .value = fifteen, .received = 3},
        {.id = SLICE_LITERAL("a"), .indicator = &count, .reason = REASON_SUPPRESSED, .received = 3},
        {.id = SLICE_LITERAL("a"), .indicator = &count, .value = ten, .received = 2},
        {.id = SLICE_LITERAL("a"), .indicator = &count, .value = fifteen, .received = 3},
        {.id = SLICE_LITERAL("b"), .indicator = &count, .value = ten, .received = 3},
        {.id = SLICE_LITERAL("b"), .indicator = &count, .reason = REASON_NOT_DELIVERED},
    };
    enum { COUNT = sizeof points / sizeof points[0] };
    struct change changes[COUNT];
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        changes[i] = (struct change){.absolute = exact, .previous = exact, .organisations = 3};
    changes[4].organisations = 2;
    changes[6].reason = REASON_NOT_DELIVERED;
    shown_changes(points, changes, COUNT);
    assert_int_equal(changes[1].reason, REASON_NONE);
    assert_int_equal(changes[1].absolute.value.units, 5);
    assert_int_equal(changes[1].previous.value.units, 10);
    for (size_t i = 2; i <= 4; i++)
        assert_int_equal(changes[i].reason, REASON_SUPPRESSED);
    assert_int_equal(changes[6].reason, REASON_NOT_DELIVERED);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(i == 1 || !(changes[i].absolute.present || changes[i].previous.present));
}

/* As for who sees the exact figures: a percentage changes in points, never in per cent. */
static void test_a_percentage_changes_in_points(void **state)
{
    static const struct indicator share = {.unit = SLICE_LITERAL("%")};
    static const struct indicator count = {.unit = SLICE_LITERAL("kinderen")};
    static const struct maybe ten = {.present = true, .value = {.units = 10}};
    static const struct maybe fifteen = {.present = true, .value = {.units = 15}};
    const struct point points[] = {
        {.id = SLICE_LITERAL("a"), .indicator = &share, .value = ten},
        {.id = SLICE_LITERAL("a"), .indicator = &share, .value = fifteen},
        {.id = SLICE_LITERAL("b"), .indicator = &count, .value = ten},
        {.id = SLICE_LITERAL("b"), .indicator = &count, .value = fifteen},
    };
    struct change changes[4] = {0};
    (void)state;
    shown_changes(points, changes, 4);
    assert_int_equal(changes[1].absolute.value.units, 5);
    assert_false(changes[1].percent.present);
    assert_int_equal(changes[3].percent.value.units, 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_a_percentage_changes_in_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
