/*
 * Every value that was delivered finds its measure and part. A name that the definition or the
 * register does not have is an error that names the nearest one it does have, an unknown region or
 * measure once; what has found its place is for core/check_values.
 */
#include "core/check_values.h"

static void report_part(struct checker *checker, const struct measure *measure,
                        const struct entry *entry)
{
    if (!measure->divided) {
        check_refuse(checker, entry, VALUE_NO_PARTS, (struct finding){.found = entry->written});
        return;
    }
    if (entry->part.len == 0) {
        check_refuse(checker, entry, VALUE_PARTS_NEEDED,
                     (struct finding){
                         .found = entry->written,
                         .allowed = check_part_names(checker, measure),
                     });
        return;
    }
    struct slice *names = arena_array(checker->findings->arena, measure->part_count, sizeof *names);
    for (size_t i = 0; i < measure->part_count; i++)
        names[i] = measure->parts[i].id;
    const struct finding at = check_at_entry(checker, entry, SEVERITY_ERROR, CODE_UNKNOWN_PART);
    check_report_unknown(checker, &(struct check_unknown){
                                      .code = CODE_UNKNOWN_PART,
                                      .message = "Dit deel hoort niet bij dit cijfer. Verbeter de "
                                                 "naam of haal het weg.",
                                      .name = entry->part,
                                      .known = names,
                                      .known_count = measure->part_count,
                                      .place = at.place,
                                      .line = at.line,
                                      .column = at.column,
                                  });
}

static void report_measure(struct checker *checker, const struct entry *entry)
{
    const struct monitor *monitor = checker->monitor;
    struct slice *names =
        arena_array(checker->findings->arena, monitor->measure_count, sizeof *names);
    for (size_t i = 0; i < monitor->measure_count; i++)
        names[i] = monitor->measures[i].id;
    const struct slice whole = {.len = 0};
    check_report_unknown(
        checker, &(struct check_unknown){
                     .code = CODE_UNKNOWN_MEASURE,
                     .message = "Dit cijfer hoort niet bij deze monitor. Verbeter de naam of "
                                "haal het weg.",
                     .name = entry->measure,
                     .known = names,
                     .known_count = monitor->measure_count,
                     .place = check_place(checker, entry->region, entry->measure, whole),
                     .line = entry->line,
                     .column = entry->column,
                 });
}

static void check_region(struct checker *checker, const struct entry *entry)
{
    const struct directory *directory = &checker->rulebook->directory;
    if (directory_find_region(directory, entry->region) != NULL) return;
    struct slice *names =
        arena_array(checker->findings->arena, directory->region_count, sizeof *names);
    for (size_t i = 0; i < directory->region_count; i++)
        names[i] = directory->regions[i].id;
    const struct slice whole = {.len = 0};
    check_report_unknown(checker,
                         &(struct check_unknown){
                             .code = CODE_UNKNOWN_REGION,
                             .message = "Deze regio staat niet in het register. Verbeter de "
                                        "code of haal de regio weg.",
                             .name = entry->region,
                             .known = names,
                             .known_count = directory->region_count,
                             .place = check_place(checker, entry->region, whole, whole),
                             .line = entry->line,
                             .column = entry->column,
                         });
}

/* `first` says that nothing has been said yet about this measure in this region. */
static void check_entry(struct checker *checker, const struct entry *entry, bool first)
{
    const struct measure *measure = monitor_find_measure(checker->monitor, entry->measure);
    if (measure == NULL) {
        if (first) report_measure(checker, entry);
        return;
    }
    if (entry->region.len > 0 && measure->regions == REGION_NONE) {
        struct entry whole = *entry;
        whole.part = slice_of(NULL);
        if (first) check_refuse(checker, &whole, VALUE_NO_REGIONS, (struct finding){.line = 0});
        return;
    }
    const struct part *part = measure_find_part(measure, entry->part);
    if (part == NULL) {
        report_part(checker, measure, entry);
        return;
    }
    check_value(checker, &(struct value){.entry = entry, .measure = measure, .part = part});
}

void check_entries(struct checker *checker)
{
    const struct entry *entries = checker->submission->entries;
    for (size_t i = 0; i < checker->submission->entry_count; i++) {
        if (checker->findings->truncated) return;
        const struct entry *entry = &entries[i];
        const bool same_region = i > 0 && slice_equal(entries[i - 1].region, entry->region);
        const bool same_measure =
            same_region && slice_equal(entries[i - 1].measure, entry->measure);
        if (entry->region.len > 0 && !same_region) check_region(checker, entry);
        check_entry(checker, entry, !same_measure);
    }
}
