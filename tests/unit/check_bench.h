#ifndef GIMON_TESTS_CHECK_BENCH_H
#define GIMON_TESTS_CHECK_BENCH_H

#include "core/check.h"
#include "unit/log_fixture.h"

/* Deliveries to the shipped monitor, from pieces that are right. */
#define CLIENTS "\"clienten\": {\"jeugdbescherming\": 1834, \"jeugdreclassering\": 402}"
#define STAFF                                                                                      \
    "\"fte\": {\"jeugdbeschermer\": 160.25, \"jeugdreclasseerder\": 20.5, \"ondersteunend\": 9, "  \
    "\"gedragswetenschapper\": 14.2, \"jurist\": 3}"
#define WAITING(start)   "\"wachtlijst\": {\"start\": " start ", \"intern\": []}"
#define LEAVING          "\"verloop\": {\"vertrokken\": 28, \"inDienst\": 181}"
#define ILL              "\"verzuim\": {\"ziektedagen\": 4460, \"beschikbaar\": 65600}"
#define REST             WAITING("[]") ", " LEAVING ", " ILL
#define WHOLE            CLIENTS ", " STAFF ", " REST
#define FIGURES(figures) "{\"cijfers\": {" figures "}}"
#define WITH(more)       "{\"cijfers\": {" WHOLE "}, " more "}"
#define START(start)     FIGURES(CLIENTS ", " STAFF ", " WAITING(start) ", " LEAVING ", " ILL)
#define JZ01(clients)    WITH("\"regios\": {\"JZ01\": {\"clienten\": {" clients "}}}")

/* A delivery to the bench's own monitor that is right. */
#define OWN "\"plaatsen\": 300, \"lijst\": [], \"gezinnen\": 100"

/* A log with a definition, and what the last check found. */
struct check_bench {
    struct log_fixture log;
    struct findings findings;
    const char *organisation;
    const char *peildatum;
    const char *today;
};

/* A log with the shipped monitor `gi`, seen by jb-noord two weeks after 1 October 2024. */
void check_bench_open_shipped(struct check_bench *bench);

/*
 * A log with a monitor that has what `gi` has not: a window, undivided measures, regions that
 * overlap, a maximum of nine digits; seen on its first day.
 */
void check_bench_open_own(struct check_bench *bench);

/* Ends either. */
void check_bench_close(struct check_bench *bench);

/* Reads and checks a delivery; the findings of both stay on the bench. */
void check_bench_run(struct check_bench *bench, const char *body);

/* Puts a delivery of the bench's organisation on the log. */
void check_bench_deliver(struct check_bench *bench, const char *peildatum, const char *body);

/* Runs a delivery that must give no finding; or exactly one, of that code, which is returned. */
void check_bench_expect_none(struct check_bench *bench, const char *body);
const struct finding *check_bench_expect_one(struct check_bench *bench, const char *body,
                                             const char *code);

/* Fails where the text is another, and shows it. */
void check_bench_expect_text(struct slice slice, const char *expected);

/* Shows all findings, for a test that is about to fail. */
void check_bench_print(const struct check_bench *bench);

#endif
