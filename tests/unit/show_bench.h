#ifndef GIMON_TESTS_SHOW_BENCH_H
#define GIMON_TESTS_SHOW_BENCH_H

#include "core/showing.h"
#include "unit/log_fixture.h"

/*
 * What the public sees of a log in memory: a fixture and the decisions about its editions. The
 * peildatum is 2024-06-01 unless said otherwise.
 */
struct show_bench {
    struct log_fixture log;
    struct showings *showings;
};

/* Opens a bench on the definition of two YAML texts; and ends it. */
void show_bench_init(struct show_bench *bench, const char *monitor_yaml,
                     const char *organisations_yaml);
void show_bench_done(struct show_bench *bench);

/* Puts a delivery for 2024-06-01 on the log; it must be one. */
void show_bench_deliver(struct show_bench *bench, const char *organisation, const char *delivery);

/* Puts an edition of everything on the log, and decides what it shows. */
void show_bench_publish(struct show_bench *bench, const char *name);

/* All points of an edition at a level for subjects (`a,b`; NULL: all indicators and columns). */
struct series show_bench_series(struct show_bench *bench, const char *edition, const char *subjects,
                                enum level level);

/* The same as they are, not as they may be shown. */
struct series show_bench_exact(struct show_bench *bench, const char *edition, const char *subjects,
                               enum level level);

/* `10`, or `10 (20/2)` with numerator and denominator, or the reason; member "" is the country. */
const char *show_bench_shown(struct show_bench *bench, const char *edition, const char *subject,
                             const char *member);

#endif
