/*
 * kalender.yaml: which days are no working days. Holidays that follow a rule are named, days by
 * decree are dates with their source. Faults: an unknown holiday, a day twice.
 */
#include "codec/rulebook_parts.h"

#include <stdlib.h>

enum { FILE_CALENDARS, FILE_KEYS };

static const struct schema_key FILE_TABLE[] = {
    [FILE_CALENDARS] = {.name = SLICE_LITERAL("kalenders"), .type = SCHEMA_MAP, .required = true},
};
static const struct schema FILE_SCHEMA = {.keys = FILE_TABLE, .count = FILE_KEYS};

enum { CALENDAR_NAME, CALENDAR_SOURCE, CALENDAR_HOLIDAY_LIST, CALENDAR_DAYS, CALENDAR_KEYS };

static const struct schema_key CALENDAR_TABLE[] = {
    [CALENDAR_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [CALENDAR_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT, .required = true},
    [CALENDAR_HOLIDAY_LIST] = {.name = SLICE_LITERAL("feestdagen"),
                               .type = SCHEMA_TEXTS,
                               .required = true},
    [CALENDAR_DAYS] = {.name = SLICE_LITERAL("dagen"), .type = SCHEMA_LIST},
};
static const struct schema CALENDAR_SCHEMA = {.keys = CALENDAR_TABLE, .count = CALENDAR_KEYS};

enum { DAY_DATE, DAY_SOURCE, DAY_KEYS };

static const struct schema_key DAY_TABLE[] = {
    [DAY_DATE] = {.name = SLICE_LITERAL("datum"), .type = SCHEMA_DATE, .required = true},
    [DAY_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT, .required = true},
};
static const struct schema DAY_SCHEMA = {.keys = DAY_TABLE, .count = DAY_KEYS};

static const struct slice HOLIDAYS[] = {
#define CALENDAR_ID(constant, id) [constant] = SLICE_LITERAL(id),
    CALENDAR_HOLIDAYS(CALENDAR_ID)
#undef CALENDAR_ID
};

static unsigned read_holidays(const struct making *making, const struct schema_value *list)
{
    unsigned holidays = 0;
    for (size_t i = 0; i < schema_count(list); i++) {
        const struct node *item = &list->node->children[i];
        unsigned holiday = 0;
        while (holiday < HOLIDAY_COUNT && !slice_equal(HOLIDAYS[holiday], item->text))
            holiday++;
        if (holiday < HOLIDAY_COUNT)
            holidays |= 1U << holiday;
        else
            fault_unknown(making->faults, item->place, "holiday", item->text,
                          (struct words){.items = HOLIDAYS, .count = HOLIDAY_COUNT});
    }
    return holidays;
}

static bool has_day(const struct date *days, size_t count, struct date date)
{
    for (size_t i = 0; i < count; i++) {
        if (date_compare(days[i], date) == 0) return true;
    }
    return false;
}

static int compare_days(const void *left, const void *right)
{
    const struct date *a = left;
    const struct date *b = right;
    return date_compare(*a, *b);
}

static void read_days(const struct making *making, const struct schema_value *list,
                      struct calendar *calendar)
{
    struct date *days = arena_array(&making->rulebook->arena, schema_count(list), sizeof *days);
    size_t count = 0;
    for (size_t i = 0; i < schema_count(list); i++) {
        struct schema_value values[DAY_KEYS];
        if (!schema_read(&DAY_SCHEMA, &list->node->children[i], "a day", making->faults, values) ||
            !values[DAY_DATE].present)
            continue;
        if (has_day(days, count, values[DAY_DATE].date))
            faults_add(making->faults, values[DAY_DATE].place, "this day stands here already");
        days[count++] = values[DAY_DATE].date;
    }
    if (count > 1) qsort(days, count, sizeof *days, compare_days);
    calendar->days = days;
    calendar->day_count = count;
}

static void read_calendar(const struct making *making, const struct node *map, size_t index,
                          struct calendar *calendar)
{
    struct schema_value values[CALENDAR_KEYS];
    calendar->id = map->keys[index];
    schema_check_id(calendar->id, ID_KEBAB, map->key_places[index], making->faults);
    if (!schema_read(&CALENDAR_SCHEMA, &map->children[index], "a calendar", making->faults, values))
        return;
    calendar->name = values[CALENDAR_NAME].text;
    calendar->source = values[CALENDAR_SOURCE].text;
    calendar->holidays = read_holidays(making, &values[CALENDAR_HOLIDAY_LIST]);
    read_days(making, &values[CALENDAR_DAYS], calendar);
}

void calendars_read(const struct making *making, const struct node *file)
{
    struct schema_value values[FILE_KEYS];
    if (!schema_read(&FILE_SCHEMA, file, "this file", making->faults, values)) return;
    const struct schema_value *map = &values[FILE_CALENDARS];
    size_t count = schema_count(map);
    struct calendar *calendars = arena_array(&making->rulebook->arena, count, sizeof *calendars);
    for (size_t i = 0; i < count; i++)
        read_calendar(making, map->node, i, &calendars[i]);
    making->rulebook->calendars = calendars;
    making->rulebook->calendar_count = count;
}
