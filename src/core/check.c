/*
 * Holds a delivery against its definition. The parts run one after another and each adds what it
 * finds; none stops at the first, so a deliverer hears everything at once. This file has the parts
 * that look at the delivery as a whole: the window, the sender, declared indicators, and persons
 * where only counts belong. At the end every finding gets the reason given under its code.
 */
#include "core/check.h"

#include "core/bsn.h"
#include "core/check_kit.h"
#include "core/rounding.h"
#include "core/series.h"

/* ---- when and by whom ---- */

/* A finding about a day, which is said between the two halves of its sentence. */
struct day_report {
    enum finding_code code;
    enum severity severity;
    struct date day;
    const char *before, *after;
};

static void report_day(struct checker *checker, const struct day_report *report)
{
    const struct slice said = check_day(checker, report->day);
    const struct finding finding = {
        .code = finding_code_id(report->code),
        .severity = report->severity,
        .message = arena_print(checker->findings->arena, "%s %.*s%s", report->before, (int)said.len,
                               said.ptr, report->after),
    };
    findings_add(checker->findings, &finding);
}

static void check_window(struct checker *checker)
{
    const struct peildatum window = state_window(checker->state, checker->peildatum, state_now());
    const struct peildatum *peildatum = &window;
    if (peildatum->has_opening && date_compare(checker->today, peildatum->opening) < 0)
        report_day(checker, &(struct day_report){
                                .code = CODE_NOT_YET_OPEN,
                                .severity = SEVERITY_ERROR,
                                .day = peildatum->opening,
                                .before = "Aanleveren voor deze peildatum kan nog niet. Stuur de "
                                          "aanlevering opnieuw vanaf",
                                .after = ".",
                            });
    if (peildatum->has_closing && date_compare(checker->today, peildatum->closing) > 0)
        report_day(checker, &(struct day_report){
                                .code = CODE_CLOSED,
                                .severity = SEVERITY_EXPLAIN,
                                .day = peildatum->closing,
                                .before = "Deze peildatum is gesloten: aanleveren zonder reden kon "
                                          "t/m",
                                .after = ". Leg onder \"toelichtingen\" bij \"gesloten\" uit "
                                         "waarom dit later komt.",
                            });
    if (peildatum->has_due && date_compare(checker->today, peildatum->due) > 0)
        report_day(checker, &(struct day_report){
                                .code = CODE_LATE,
                                .severity = SEVERITY_WARNING,
                                .day = peildatum->due,
                                .before = "Deze aanlevering wordt als te laat gemerkt: op tijd was "
                                          "t/m",
                                .after = ". U hoeft niets te doen.",
                            });
}

static void check_sender(struct checker *checker)
{
    if (checker->on_behalf)
        findings_add(checker->findings,
                     &(struct finding){
                         .code = finding_code_id(CODE_ON_BEHALF),
                         .severity = SEVERITY_EXPLAIN,
                         .message = slice_of("Hier levert een analist aan voor de organisatie. Leg "
                                             "onder \"toelichtingen\" bij \"namens\" uit waarom."),
                     });
    if (organisation_expected(checker->organisation, checker->monitor->id,
                              checker->peildatum->date))
        return;
    report_day(checker, &(struct day_report){
                            .code = CODE_NOT_EXPECTED,
                            .severity = SEVERITY_ERROR,
                            .day = checker->peildatum->date,
                            .before = "Volgens het register wordt van deze organisatie niets "
                                      "verwacht voor",
                            .after = ". Controleer de organisatie en de peildatum, of laat het "
                                     "register aanpassen.",
                        });
}

/* ---- declared indicators ---- */

/* What is taken over organisations follows from the figures of all; none of them can declare it. */
static bool is_declarable(const struct monitor *monitor, struct slice id)
{
    const struct indicator *indicator = monitor_find_indicator(monitor, id);
    return indicator != NULL && !indicator_is_spread(indicator);
}

static void report_indicator(struct checker *checker, const struct declared *declared,
                             struct slice place)
{
    const struct monitor *monitor = checker->monitor;
    struct slice *names =
        arena_array(checker->findings->arena, monitor->indicator_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < monitor->indicator_count; i++) {
        if (!indicator_is_spread(&monitor->indicators[i]))
            names[count++] = monitor->indicators[i].id;
    }
    check_report_unknown(checker, &(struct check_unknown){
                                      .code = CODE_UNKNOWN_INDICATOR,
                                      .message = "Deze indicator hoort niet bij deze monitor. "
                                                 "Verbeter de naam of haal die weg.",
                                      .name = declared->indicator,
                                      .known = names,
                                      .known_count = count,
                                      .place = place,
                                      .line = declared->line,
                                      .column = declared->column,
                                  });
}

static const struct point *find_point(const struct series *series, struct slice id)
{
    for (size_t i = 0; i < series->count; i++) {
        if (slice_equal(series->points[i].id, id)) return &series->points[i];
    }
    return NULL;
}

/* Rounded as the indicator is, what was declared must be what follows from the figures. */
static void compare_declared(struct checker *checker, const struct declared *declared,
                             const struct point *point, struct slice place)
{
    struct decimal rounded;
    if (point == NULL || !point->value.present) return;
    const struct decimal derived = point->value.value;
    if (!rounding_ratio(1, declared->value, decimal_of(1), derived.decimals, &rounded)) return;
    if (decimal_compare(rounded, derived) == 0) return;
    const struct slice own = check_number(checker, declared->value);
    const struct slice ours = check_number(checker, derived);
    const struct finding finding = {
        .code = finding_code_id(CODE_DECLARED_DIFFERS),
        .severity = SEVERITY_WARNING,
        .place = place,
        .line = declared->line,
        .column = declared->column,
        .message = arena_print(checker->findings->arena,
                               "Opgegeven is %.*s; uit de cijfers volgt %.*s. Controleer welk van "
                               "de twee klopt.",
                               (int)own.len, own.ptr, (int)ours.len, ours.ptr),
        .found = check_number_found(checker, declared->value),
        .allowed = ours,
    };
    findings_add(checker->findings, &finding);
}

static bool any_refused(const struct checker *checker)
{
    for (size_t i = 0; i < checker->monitor->column_count; i++) {
        if (checker->refused[i]) return true;
    }
    return false;
}

static void check_declared(struct checker *checker)
{
    const struct submission *submission = checker->submission;
    struct series series = {.count = 0};
    if (submission->declared_count > 0 && !any_refused(checker))
        series = series_of_submission(checker->rulebook, checker->organisation, submission,
                                      checker->peildatum->date, checker->findings->arena);
    for (size_t i = 0; i < submission->declared_count && !checker->findings->truncated; i++) {
        const struct declared *declared = &submission->declared[i];
        const struct slice place = check_place_under(checker, "/opgegeven", declared->indicator);
        if (!is_declarable(checker->monitor, declared->indicator)) {
            report_indicator(checker, declared, place);
        } else {
            compare_declared(checker, declared, find_point(&series, declared->indicator), place);
        }
    }
}

/* ---- persons ---- */

static bool names_person(const struct note *note)
{
    return bsn_in(note->text) || bsn_in(note->code);
}

static void check_persons(struct checker *checker)
{
    for (size_t i = 0; i < checker->submission->note_count; i++) {
        const struct note *note = &checker->submission->notes[i];
        if (!names_person(note)) continue;
        const struct finding finding = {
            .code = finding_code_id(CODE_PERSON),
            .severity = SEVERITY_ERROR,
            .place = check_place_under(checker, "/toelichtingen", note->code),
            .line = note->line,
            .column = note->column,
            .message = slice_of("In deze toelichting staat iets wat op een burgerservicenummer "
                                "lijkt. Haal het weg: een aanlevering bevat nooit gegevens van "
                                "personen."),
        };
        findings_add(checker->findings, &finding);
    }
}

/* ---- reasons ---- */

/* One reason under a code is for all its findings; a text about a person is not repeated. */
static void explain(const struct submission *submission, struct findings *findings)
{
    const struct finding *last = NULL; /* the one that was explained before this */
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        const struct slice text = submission_note(submission, finding->code);
        if (text.len == 0 || bsn_in(text)) continue;
        const bool same = last != NULL && slice_equal(last->code, finding->code);
        finding->explanation = same ? last->explanation : arena_copy(findings->arena, text);
        last = finding;
    }
}

static void (*const PARTS[])(struct checker *checker) = {
    check_window,  check_sender,    check_entries,  check_completeness,
    check_regions, check_relations, check_declared, check_persons,
};

void check_submission(const struct check_context *context, const struct submission *submission,
                      struct findings *findings)
{
    struct checker checker = {
        .rulebook = context->rulebook,
        .monitor = &context->rulebook->monitor,
        .state = context->state,
        .peildatum = context->peildatum,
        .organisation = context->organisation,
        .today = context->today,
        .on_behalf = context->on_behalf,
        .submission = submission,
        .findings = findings,
    };
    checker.refused =
        arena_array(findings->arena, checker.monitor->column_count, sizeof *checker.refused);
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++)
        PARTS[i](&checker);
    explain(submission, findings);
}
