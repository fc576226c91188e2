#ifndef GIMON_CORE_DISCLOSURE_PRIVATE_H
#define GIMON_CORE_DISCLOSURE_PRIVATE_H

#include "core/disclosure.h"

/** What is known of a sum: whole numbers from low to high, both included. */
struct bounds {
    int64_t low, high; /**< high is INT64_MAX where there is no upper bound */
};

/** All cells over the same atoms: they are one number, and one decision. */
struct cell_sum {
    const unsigned *atoms;
    size_t atom_count;
    int64_t value, rounded;
    struct bounds if_shown;  /**< what a reader knows of it if it is shown */
    struct bounds if_hidden; /**< and what a careful reader knows if it is not */
    unsigned rank;
    size_t place;     /**< of its first cell in the list */
    size_t component; /**< the same for sums that hang together through shared atoms */
    bool open;        /**< there is a choice: neither settled nor necessarily hidden */
    bool shown;
    bool plain;   /**< protected only against a reader who does not know why cells are hidden */
    int64_t need; /**< so many values it must be able to take */
    const struct cell_sum *ward; /**< the sum it was hidden for */
};

/** The sums of a problem. */
struct sums {
    struct cell_sum *items;
    size_t count;
    struct cell_sum **of_cell; /**< for each cell its sum */
    struct cell_sum *
        *together; /**< all, those that hang together beside each other, then by place */
};

/** Sums that hang together. */
struct component {
    const struct disclosure_rule *rule;
    struct cell_sum *const *sums;
    size_t count;
};

/** Makes the sums of the cells, each shown unless it must be hidden. Lives in the arena. */
struct sums disclosure_sums(const struct disclosure_rule *rule, size_t atom_count,
                            struct disclosure_cell *cells, size_t cell_count, struct arena *arena);

/** Before `a` < 0 `b`: the order in which sums are shown where not all can be. */
int disclosure_more_important(const struct cell_sum *a, const struct cell_sum *b);

/** Computes how many values hidden sums can take; sees the sums' `shown` as it is when asked. */
struct leeway;

/** Begins with a component; leeway_close gives back what it holds outside the arena. */
struct leeway *leeway_open(const struct component *component, size_t atom_count,
                           struct arena *arena);
void leeway_close(struct leeway *leeway);

/**
 * How many values a hidden sum can take, or what it needs if more. If it is `plain`, the reader
 * does not know which hidden sums are below the threshold. A value counts only where a table proves
 * it.
 */
int64_t leeway_of(struct leeway *leeway, size_t sum);

/** Whether that is what it needs. */
bool leeway_enough(struct leeway *leeway, size_t sum);

/** Whether for any value there may be a table that was not found. */
bool leeway_failed(const struct leeway *leeway);

#endif
