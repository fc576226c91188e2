#ifndef GIMON_CORE_DEFINITION_H
#define GIMON_CORE_DEFINITION_H

#include "base/date.h"
#include "base/decimal.h"
#include "core/calendar.h"
#include "core/finding.h"

/*
 * A monitor is a table schema: its measures are the columns, all of them additive. Everything here
 * is read once from YAML (codec/rulebook_yaml), never changed, and lives in its rulebook's arena.
 */

/** What a measure holds. */
enum measure_kind {
    MEASURE_COUNT,   /**< aantal: whole numbers from 0 */
    MEASURE_NUMBER,  /**< getal: numbers from 0 with a fixed number of decimals */
    MEASURE_WAITING, /**< wachttijd: how many wait and how long, by date or as count and days */
    MEASURE_STATED,  /**< opgave: a published figure without numerator; shown, never added up */
};

/** What the regions of a measure mean for its total. */
enum region_rule {
    REGION_NONE,     /**< geen: not delivered by region */
    REGION_ADDS_UP,  /**< telt-op: regions add up to the total */
    REGION_OVERLAPS, /**< overlapt: a family may count in several regions */
};

/** What a column of numbers counts. */
enum aspect {
    ASPECT_VALUE, /**< the number itself; of a waiting list: how many wait */
    ASPECT_DAYS,  /**< of a waiting list: the calendar days they waited, added up */
};

/** One part of a measure; a measure that is not divided has one part with an empty id. */
struct part {
    struct slice id;
    struct slice name;
    struct slice definition;
    unsigned column; /**< its ASPECT_VALUE column; for a waiting list ASPECT_DAYS is the next one */
};

/** A base figure that may be added up over organisations. */
struct measure {
    struct slice id;
    struct slice name;
    struct slice unit;
    struct slice definition;
    struct slice source; /**< id of a source, or empty */
    enum measure_kind kind;
    enum region_rule regions;
    uint8_t decimals; /**< smallest unit is 10^-decimals */
    int64_t most;     /**< greatest value allowed, in the smallest unit */
    bool required;
    bool divided;                    /**< has named parts */
    const struct calendar *calendar; /**< waiting lists only */
    unsigned threshold;              /**< on the list after more than this many working days */
    unsigned most_years;             /**< waiting since longer ago than this is refused */
    const struct part *parts;
    size_t part_count;
};

/** One additive column: a part of a measure, seen from one side. Values are in smallest units. */
struct column {
    const struct measure *measure;
    const struct part *part;
    enum aspect aspect;
    struct slice id; /**< `clienten.jeugdbescherming`, `wachtlijst.intern.dagen`, `plaatsen` */
    uint8_t decimals;
};

/** Columns that are added up. */
struct term {
    const unsigned *columns;
    size_t count;
};

/** How an indicator is computed. X(constant, id in files). */
#define DEFINITION_FORMULAS(X)                                                                     \
    X(FORMULA_SUM, "som")               /* sum(numerator) */                                       \
    X(FORMULA_RATIO, "verhouding")      /* factor * sum(numerator) / sum(denominator) */           \
    X(FORMULA_MEAN, "gemiddelde")       /* mean over organisations of their own ratio */           \
    X(FORMULA_QUARTILE, "kwartiel")     /* nearest rank over organisations of their own ratio */   \
    X(FORMULA_PERCENTILE, "percentiel") /* nearest rank in the histogram of days waited */         \
    X(FORMULA_NEEDED, "nodig")          /* sum(numerator) / norm */                                \
    X(FORMULA_SHORTAGE, "tekort")       /* sum(numerator) / norm - sum(denominator) */

enum formula {
#define DEFINITION_CONSTANT(constant, id) constant,
    DEFINITION_FORMULAS(DEFINITION_CONSTANT)
#undef DEFINITION_CONSTANT
        FORMULA_COUNT
};

/** One definition of an indicator, in force from a peildatum until the next version's. */
struct version {
    unsigned number; /**< 1, 2, ... in order of `from` */
    bool has_from;   /**< the first version needs none */
    struct date from;
    enum formula formula;
    int64_t factor;      /**< 1, or 100 for a percentage */
    unsigned percentile; /**< 1 to 99, FORMULA_PERCENTILE only */
    unsigned quartile;   /**< 1 to 3, FORMULA_QUARTILE only */
    struct term numerator;
    struct term denominator;
    const struct indicator *norm; /**< whose norm FORMULA_NEEDED and FORMULA_SHORTAGE use */
    struct slice reason;          /**< why the definition changed */
    struct slice source;
    struct slice description;
};

/** What is computed and published. */
struct indicator {
    struct slice id;
    struct slice name;
    struct slice unit;
    struct slice description;
    uint8_t decimals;
    const struct version *versions; /**< ascending by `from` */
    size_t version_count;
};

/** A value to compare an indicator with, from a day on. */
struct norm {
    const struct indicator *indicator;
    struct decimal value;
    struct date from;
    struct slice source;
    struct slice description;
};

/** How long the figures of a peildatum look back. X(constant, word in files, months). */
#define DEFINITION_PERIODS(X)                                                                      \
    X(PERIOD_NONE, "", 0)                                                                          \
    X(PERIOD_MONTH, "maand", 1)                                                                    \
    X(PERIOD_TWO_MONTHS, "twee maanden", 2)                                                        \
    X(PERIOD_QUARTER, "kwartaal", 3)                                                               \
    X(PERIOD_HALF_YEAR, "half jaar", 6)                                                            \
    X(PERIOD_YEAR, "jaar", 12)

enum period {
#define DEFINITION_CONSTANT(constant, word, months) constant,
    DEFINITION_PERIODS(DEFINITION_CONSTANT)
#undef DEFINITION_CONSTANT
        PERIOD_COUNT
};

/** A reference date with its window. A date that was never published is absent. */
struct peildatum {
    struct date date;
    enum period
        period;       /**< of the figures, the peildatum its last day; PERIOD_NONE: no such word */
    bool has_from;    /**< the figures are about a period, in a word or without one */
    struct date from; /**< its first day */
    bool has_opening, has_due, has_closing;
    struct date opening; /**< first day on which deliveries are taken */
    struct date due;     /**< last day in time; later is accepted and marked */
    struct date closing; /**< last day without a reason */
};

/** Relations between columns that a delivery is held against. X(constant, id in files). */
#define DEFINITION_CHECKS(X)                                                                       \
    X(CHECK_AT_MOST, "hoogstens")    /* sum(left) <= sum(right) */                                 \
    X(CHECK_EQUAL, "gelijk")         /* sum(left) == sum(right) */                                 \
    X(CHECK_ABOVE_ZERO, "boven-nul") /* sum(left) > 0 */                                           \
    X(CHECK_JUMP, "sprong")          /* each of left against the directly preceding peildatum */

enum check_kind {
#define DEFINITION_CONSTANT(constant, id) constant,
    DEFINITION_CHECKS(DEFINITION_CONSTANT)
#undef DEFINITION_CONSTANT
        CHECK_KIND_COUNT
};

/** One check that the definition itself asks for. */
struct check {
    struct slice code;
    enum check_kind kind;
    enum severity severity;
    struct term left;
    struct term right;
    unsigned percent;        /**< CHECK_JUMP: more than this many per cent ... */
    struct decimal absolute; /**< ... and more than this */
    struct slice what;       /**< Dutch: what is wrong */
    struct slice todo;       /**< Dutch: what to do */
};

/** Over whom a figure is taken. X(constant, id in questions and answers). */
#define DEFINITION_LEVELS(X)                                                                       \
    X(LEVEL_NATIONAL, "landelijk")                                                                 \
    X(LEVEL_ORGANISATION, "organisatie")                                                           \
    X(LEVEL_REGION, "regio")

enum level {
#define DEFINITION_CONSTANT(constant, id) constant,
    DEFINITION_LEVELS(DEFINITION_CONSTANT)
#undef DEFINITION_CONSTANT
        LEVEL_COUNT
};

/** A row of a published table. */
struct table_row {
    const struct indicator *indicator;
    struct slice name;
    uint8_t decimals; /**< as shown; never more than the indicator has */
};

/** A published table: indicators down, of a level each over its members, peildata across. */
struct table {
    struct slice id;
    struct slice name;
    struct slice source;
    enum level level;
    bool descending; /**< members by their newest figure, the highest first; else as in register */
    bool absolute;   /**< after each peildatum but the first: the change since the one before */
    bool percent;    /**< ... and that in per cent */
    const struct table_row *rows;
    size_t row_count;
};

/** A public document that definitions point at. */
struct source {
    struct slice id;
    struct slice title;
    struct slice reference;
    bool has_date;
    struct date date;
};

/** How figures are shown to the public; see core/disclosure. */
struct disclosure_terms {
    int64_t threshold; /**< counts below this are hidden */
    int64_t base;      /**< counts are rounded to a multiple of this */
};

/** One periodic questionnaire. All arrays are in the order of the file unless said otherwise. */
struct monitor {
    struct slice id;
    struct slice name;
    struct slice owner;
    struct slice description;
    const struct source *sources;
    size_t source_count;
    const struct measure *measures;
    size_t measure_count;
    const struct column *columns;
    size_t column_count;
    const struct indicator *indicators;
    size_t indicator_count;
    const struct norm *norms; /**< ascending by `from` */
    size_t norm_count;
    const struct peildatum *peildata; /**< ascending */
    size_t peildatum_count;
    const struct check *checks;
    size_t check_count;
    const struct table *tables;
    size_t table_count;
    struct disclosure_terms disclosure;
};

/** The id of a formula, a kind of check or a level as files write it. */
const char *formula_id(enum formula formula);
const char *check_kind_id(enum check_kind kind);
const char *level_id(enum level level);

/** The word for a period as files write it; empty for PERIOD_NONE. */
const char *period_word(enum period period);

/**
 * The first day of a period that ends with `last`: `kwartaal` and 30 April give 1 February. Of
 * PERIOD_NONE it is the day after.
 */
struct date period_first_day(enum period period, struct date last);

/** Looks up by id; NULL if there is none. */
const struct measure *monitor_find_measure(const struct monitor *monitor, struct slice id);
const struct indicator *monitor_find_indicator(const struct monitor *monitor, struct slice id);
const struct table *monitor_find_table(const struct monitor *monitor, struct slice id);
const struct peildatum *monitor_find_peildatum(const struct monitor *monitor, struct date date);

/** The part of that id; NULL if there is none. An undivided measure's part has the empty id. */
const struct part *measure_find_part(const struct measure *measure, struct slice id);

/** The peildatum directly before `peildatum`; NULL for the first. */
const struct peildatum *monitor_preceding(const struct monitor *monitor,
                                          const struct peildatum *peildatum);

/** The version of an indicator in force on a peildatum; NULL before the first version's `from`. */
const struct version *indicator_version_on(const struct indicator *indicator, struct date date);

/** The version of that number; NULL if the indicator has none. */
const struct version *indicator_find_version(const struct indicator *indicator, unsigned number);

/** By which version a figure is computed: the one asked for, or for 0 the one in force; or NULL. */
const struct version *indicator_version_for(const struct indicator *indicator, unsigned asked,
                                            struct date date);

/** Whether a figure is taken over organisations, each on its own: a mean or a quartile. */
bool formula_is_spread(enum formula formula);
bool indicator_is_spread(const struct indicator *indicator);

/**
 * Whether a value of the indicator is the figure of some organisation: a quartile over them. Such
 * an indicator is for who may see everybody's figures, and one organisation alone has none.
 */
bool indicator_is_bound(const struct indicator *indicator);

/** The norm of an indicator in force on a day; NULL where there is none. */
const struct norm *monitor_norm_on(const struct monitor *monitor, const struct indicator *indicator,
                                   struct date date);

/**
 * Reads a reference to columns as formulas write it: `clienten` (all parts),
 * `clienten.jeugdbescherming`, `wachtlijst.start` (how many), `wachtlijst.start.dagen`,
 * `wachtlijst.dagen` (all parts). Writes at most `room` column numbers to
 * `ret_columns` and returns how many there are, 0 if the reference means nothing.
 */
size_t monitor_resolve(const struct monitor *monitor, struct slice reference, unsigned *ret_columns,
                       size_t room);

#endif
