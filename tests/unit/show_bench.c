#include "unit/show_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

void show_bench_init(struct show_bench *bench, const char *monitor_yaml,
                     const char *organisations_yaml)
{
    log_fixture_init(&bench->log);
    log_fixture_define(&bench->log, "proef", monitor_yaml, organisations_yaml);
    bench->showings = showings_new();
}

void show_bench_done(struct show_bench *bench)
{
    showings_free(bench->showings);
    log_fixture_done(&bench->log);
}

void show_bench_deliver(struct show_bench *bench, const char *organisation, const char *delivery)
{
    const struct fate fate =
        log_fixture_deliver(&bench->log, "2024-06-01", organisation, "", slice_of(delivery));
    assert_true(fate.outcome == OUTCOME_NEW || fate.outcome == OUTCOME_CHANGED ||
                fate.outcome == OUTCOME_UNCHANGED);
}

static const struct edition *find_edition(const struct show_bench *bench, const char *name)
{
    const struct edition *edition =
        editions_find(state_editions(bench->log.state), slice_of(name), state_now());
    assert_non_null(edition);
    return edition;
}

void show_bench_publish(struct show_bench *bench, const char *name)
{
    const struct slice content =
        arena_print(&bench->log.arena, "{\"naam\":\"%s\",\"status\":\"voorlopig\"}", name);
    const struct fate fate = log_fixture_say(&bench->log, RECORD_EDITION, "", "", content.ptr);
    assert_int_equal(fate.outcome, OUTCOME_NOTED);
    log_fixture_decide(&bench->log, bench->showings, find_edition(bench, name));
}

/* ---- asking ---- */

static const struct subject *every_subject(const struct rulebook *rulebook, struct arena *arena,
                                           size_t *ret_count)
{
    const size_t indicators = rulebook->monitor.indicator_count;
    const size_t columns = rulebook->monitor.column_count;
    struct subject *subjects = arena_array(arena, indicators + columns, sizeof *subjects);
    const struct subject *first = subjects_all(rulebook, arena);
    const struct subject *second = subjects_of_columns(rulebook, arena);
    for (size_t i = 0; i < indicators; i++)
        subjects[i] = first[i];
    for (size_t i = 0; i < columns; i++)
        subjects[indicators + i] = second[i];
    *ret_count = indicators + columns;
    return subjects;
}

static const struct subject *find_subjects(const struct rulebook *rulebook, struct slice words,
                                           struct arena *arena, size_t *ret_count)
{
    struct subject *subjects = NULL;
    bool more = true;
    if (words.len == 0) return every_subject(rulebook, arena, ret_count);
    *ret_count = 0;
    while (more) {
        struct slice word;
        more = slice_cut(words, ',', &word, &words);
        subjects = arena_room(arena, subjects, *ret_count, sizeof *subjects);
        assert_true(subject_find(rulebook, word, arena, &subjects[(*ret_count)++]));
    }
    return subjects;
}

static struct series ask(struct show_bench *bench, const struct edition *edition,
                         const char *subjects, struct question question)
{
    const struct rulebook *rulebook = state_rulebook(bench->log.state, edition->known, NULL);
    question.subjects =
        find_subjects(rulebook, slice_of(subjects), &bench->log.arena, &question.subject_count);
    question.known = edition->known;
    question.edition = edition;
    return series_answer(bench->log.state, &question, &bench->log.arena);
}

struct series show_bench_series(struct show_bench *bench, const char *edition, const char *subjects,
                                enum level level)
{
    return ask(bench, find_edition(bench, edition), subjects,
               (struct question){.level = level, .shown = bench->showings});
}

struct series show_bench_exact(struct show_bench *bench, const char *edition, const char *subjects,
                               enum level level)
{
    return ask(bench, find_edition(bench, edition), subjects, (struct question){.level = level});
}

static const char *print_point(struct log_fixture *log, const struct point *point)
{
    struct text text = {0};
    if (!point->value.present) {
        assert_false(point->numerator.present || point->denominator.present);
        return reason_id(point->reason);
    }
    decimal_put(&text, point->value.value);
    if (point->numerator.present && point->denominator.present) {
        text_puts(&text, " (");
        decimal_put(&text, point->numerator.value);
        text_putc(&text, '/');
        decimal_put(&text, point->denominator.value);
        text_putc(&text, ')');
    }
    return text_keep(&text, &log->arena).ptr;
}

const char *show_bench_shown(struct show_bench *bench, const char *edition, const char *subject,
                             const char *member)
{
    static const enum level levels[] = {LEVEL_NATIONAL, LEVEL_ORGANISATION, LEVEL_REGION};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        const struct series series = show_bench_series(bench, edition, subject, levels[i]);
        for (size_t j = 0; j < series.count; j++) {
            const struct point *point = &series.points[j];
            const struct slice id = levels[i] == LEVEL_REGION ? point->region : point->organisation;
            if (slice_is(id, member)) return print_point(&bench->log, point);
        }
    }
    fail_msg("nobody is called %s", member);
    return "";
}
