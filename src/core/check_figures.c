/*
 * What the definition asks of the totals as a whole: nothing required is missing, regions add up,
 * and its own checks hold. Figures are taken from rows, as published figures are, so that a
 * delivery is judged by what it will be counted as. A column that was refused is left alone.
 */
#include "core/check_kit.h"

#include "core/point.h"

static const struct slice TOTAL = {.len = 0};

/* ---- completeness ---- */

static bool has_totals(const struct submission *submission)
{
    return submission->entry_count > 0 && submission->entries[0].region.len == 0;
}

static void report_missing(struct checker *checker, const struct measure *measure,
                           const struct part *part)
{
    const bool whole = part == NULL;
    const bool fatal = whole && measure->required;
    const struct slice name = whole ? measure->name : part->name;
    const struct blank *blank =
        submission_find_blank(checker->submission, measure->id, whole ? NULL : &part->id);
    const struct finding finding = {
        .code = finding_code_id(whole ? CODE_MISSING_MEASURE : CODE_MISSING_PART),
        .severity = fatal ? SEVERITY_ERROR : SEVERITY_WARNING,
        .place = check_place(checker, TOTAL, measure->id, whole ? TOTAL : part->id),
        .line = blank != NULL ? blank->line : 0,
        .column = blank != NULL ? blank->column : 0,
        .message = arena_print(checker->findings->arena,
                               "%s \"%.*s\" ontbreekt%s. Vul het in, of schrijf %s als het niet "
                               "van toepassing is.",
                               whole ? "Het cijfer" : "Het deel", (int)name.len, name.ptr,
                               fatal ? " en is verplicht" : "",
                               checker->submission->is_sheet ? "n.v.t." : "null"),
        .allowed = whole && measure->divided ? check_part_names(checker, measure) : TOTAL,
    };
    if (!check_has_error(checker, finding.place)) findings_add(checker->findings, &finding);
}

static void check_measure_complete(struct checker *checker, const struct measure *measure)
{
    size_t delivered = 0;
    for (size_t i = 0; i < measure->part_count; i++) {
        const struct slice part = measure->parts[i].id;
        delivered += submission_find(checker->submission, measure->id, part, TOTAL) != NULL;
    }
    if (delivered == 0) {
        report_missing(checker, measure, NULL);
        return;
    }
    for (size_t i = 0; i < measure->part_count; i++) {
        const struct part *part = &measure->parts[i];
        if (submission_find(checker->submission, measure->id, part->id, TOTAL) == NULL)
            report_missing(checker, measure, part);
    }
}

static void report_nothing(struct checker *checker)
{
    const bool is_sheet = checker->submission->is_sheet;
    const struct finding nothing = {
        .code = finding_code_id(CODE_NO_FIGURES),
        .severity = SEVERITY_ERROR,
        .place = slice_of("/cijfers"),
        .message = slice_of(is_sheet ? "Er staan geen cijfers in deze aanlevering. Vul ze in bij "
                                       "waarde."
                                     : "Er staan geen cijfers in deze aanlevering. Zet ze onder "
                                       "\"cijfers\"."),
        .allowed = slice_of(is_sheet ? "" : "{\"cijfers\": {...}}"),
    };
    if (!check_has_error(checker, nothing.place)) findings_add(checker->findings, &nothing);
}

/* A template that came back empty is told line by line what to fill in; JSON has no such lines. */
void check_completeness(struct checker *checker)
{
    const bool nothing = !has_totals(checker->submission);
    if (nothing && !checker->submission->is_sheet) {
        report_nothing(checker);
        return;
    }
    for (size_t i = 0; i < checker->monitor->measure_count; i++)
        check_measure_complete(checker, &checker->monitor->measures[i]);
    if (nothing) report_nothing(checker);
}

/* ---- regions ---- */

/* What the regions of a column add up to; absent where none were given or it does not fit. */
static void add_region(struct checker *checker, struct slice region, struct maybe *sums)
{
    const struct row row = row_of(checker->rulebook, checker->submission, region,
                                  checker->peildatum->date, checker->findings->arena);
    for (size_t i = 0; i < checker->monitor->column_count; i++) {
        if (row.values[i].presence == PRESENCE_MISSING) continue;
        struct maybe *sum = &sums[i];
        sum->present = true;
        sum->value.decimals = checker->monitor->columns[i].decimals;
        if (__builtin_add_overflow(sum->value.units, row.values[i].units, &sum->value.units))
            checker->refused[i] = true;
    }
}

static void compare_regions(struct checker *checker, const struct column *column,
                            struct decimal regions, struct decimal total)
{
    const bool above = decimal_compare(regions, total) > 0;
    const struct decimal rest = {
        .units = above ? regions.units - total.units : total.units - regions.units,
        .decimals = total.decimals,
    };
    if (rest.units == 0) return;
    if (!above && check_has_error(checker, slice_of("/regios"))) return; /* some are not known */
    struct finding finding =
        check_at_column(checker, column, false, above ? SEVERITY_ERROR : SEVERITY_WARNING,
                        finding_code_id(above ? CODE_REGIONS_ABOVE : CODE_REGIONS_INCOMPLETE));
    const struct slice sum = check_number(checker, regions);
    const struct slice all = check_number(checker, total);
    const struct slice left = check_number(checker, rest);
    finding.found = check_number_found(checker, regions);
    finding.allowed = all;
    finding.message = arena_print(
        checker->findings->arena,
        above ? "De regio's zijn samen %.*s%s en dat is %.*s meer dan het totaal. Verbeter de "
                "regio's of het totaal."
              : "De regio's zijn samen %.*s%s; %.*s van het totaal is niet over regio's verdeeld. "
                "Vul de regio's aan als u ze kent.",
        (int)sum.len, sum.ptr, column->aspect == ASPECT_DAYS ? " dagen" : "", (int)left.len,
        left.ptr);
    findings_add(checker->findings, &finding);
}

static void compare_totals(struct checker *checker, const struct maybe *sums)
{
    const struct monitor *monitor = checker->monitor;
    const struct row row = row_of(checker->rulebook, checker->submission, TOTAL,
                                  checker->peildatum->date, checker->findings->arena);
    for (size_t i = 0; i < monitor->column_count; i++) {
        const struct column *column = &monitor->columns[i];
        if (column->measure->regions != REGION_ADDS_UP || !sums[i].present) continue;
        if (checker->refused[i] || row.values[i].presence == PRESENCE_MISSING) continue;
        compare_regions(checker, column, sums[i].value,
                        (struct decimal){row.values[i].units, column->decimals});
    }
}

void check_regions(struct checker *checker)
{
    const struct submission *submission = checker->submission;
    struct maybe *sums =
        arena_array(checker->findings->arena, checker->monitor->column_count, sizeof *sums);
    struct slice region = TOTAL;
    for (size_t i = 0; i < submission->entry_count; i++) {
        if (slice_equal(submission->entries[i].region, region)) continue;
        region = submission->entries[i].region;
        add_region(checker, region, sums);
    }
    if (region.len > 0) compare_totals(checker, sums);
}
