#ifndef GIMON_CORE_CELL_H
#define GIMON_CORE_CELL_H

#include "core/fate.h"
#include "core/row.h"

/*
 * All that happened to one organisation's delivery for one peildatum, in log order. Each event says
 * what it was and how things stood after it, so every question about any moment is answered by one
 * event: the newest then. What concerns a peildatum as a whole (a reopening) is the cell without an
 * organisation.
 */

/** One revision of a delivery. Owned by the state, alive as long as it. */
struct revision {
    unsigned number; /**< 1, 2, ... per cell: deliveries only are counted */
    struct record_id id;
    struct digest head; /**< of the chain, its record included */
    struct slice by;
    struct slice sha256;           /**< hexadecimal, of the canonical delivery */
    struct slice content;          /**< the canonical delivery */
    struct slice findings;         /**< JSON array, as on arrival */
    struct submission *submission; /**< what the content says */
    const struct revision *before; /**< the one it replaced; NULL: nothing stood */
    struct record_id redacted;     /**< the record that took out its free texts; 0-0: none did */
    char *texts;                   /**< where content and findings are kept */
    const struct row *totals;      /**< laid out by `totals_by`, see cell_lay_out; or NULL */
    const struct rulebook *totals_by;
};

/** A record that changed something, and how things stand after it. */
struct event {
    enum record_kind kind; /**< a delivery, withdrawal, setting aside, remark or reopening */
    struct record_id id;
    struct digest head; /**< of the chain, its record included */
    struct slice by;
    struct slice sha256;             /**< hexadecimal, of its canonical content */
    const struct revision *revision; /**< delivered, withdrawn, set aside, put back or remarked on;
                                          NULL: none */
    struct slice text;               /**< the reason or remark; empty without */
    struct date until;               /**< RECORD_REOPENING: the last day */
    const struct revision *standing; /**< after it; NULL: nothing stands */
    bool aside;                      /**< what stands is set aside: it counts in no figure */
    struct record_id redacted;       /**< the record that took out its free texts; 0-0: none did */
    char *words;                     /**< where the text is kept */
};

/** All events of one organisation for one peildatum. */
struct cell {
    struct date peildatum;
    struct slice organisation;   /**< empty: the peildatum as a whole */
    struct revision **revisions; /**< number n at n - 1 */
    size_t revision_count, revision_room;
    struct event *events; /**< in log order */
    size_t event_count, event_room;
    struct revision *laid_out; /**< the one with totals; NULL: none */
    struct arena rows;         /**< they live here */
};

/** What a record asks of its cell. */
struct proposal {
    enum record_kind kind;
    struct slice content;        /**< the canonical delivery, RECORD_SUBMISSION only */
    struct slice sha256;         /**< hexadecimal, of the canonical content */
    struct slice expected;       /**< `verwacht`: the revision that must stand; empty: any */
    const struct notice *notice; /**< for the kinds that carry one */
};

/** An empty cell on the heap; `organisation` must live as long. NULL is fine to free. */
struct cell *cell_new(struct date peildatum, struct slice organisation);
void cell_free(struct cell *cell);

/** The newest event at `known` (inclusive); NULL if there is none, also of no cell (NULL). */
const struct event *cell_at(const struct cell *cell, struct record_id known);

/** The event of that record; NULL if the cell (which may be NULL) has none. */
const struct event *cell_event(const struct cell *cell, struct record_id id);

/** Whether an event can change a figure: remarks and reopenings cannot. */
bool event_changes_figures(const struct event *event);

/** The revision of that number; NULL if there is none. */
const struct revision *cell_revision(const struct cell *cell, uint64_t number);

/**
 * What becomes of a proposal if it is folded next: the one decision, for the fold and for those who
 * want to know beforehand. `cell` may be NULL. Where it is UNCHANGED, `ret_holding` is the event
 * that said so already, NULL if there is none.
 */
enum outcome cell_judge(const struct cell *cell, const struct proposal *proposal,
                        const struct event **ret_holding);

/**
 * Learns a record whose payload is what its kind carries: decides, and adds the event if it changed
 * something. Copies what it keeps into `arena`; takes the submission out of the payload if it is a
 * revision now. `fate->head` is the head of the chain.
 */
void cell_fold(struct cell *cell, struct arena *arena, const struct record *record,
               struct payload *payload, struct fate *fate);

/**
 * Lays out what stands as a row of that rulebook, which must outlive the cell, and forgets the row
 * of what stood before. It changes no answer: figures are asked for more often than delivered.
 */
void cell_lay_out(struct cell *cell, const struct rulebook *rulebook);

/** The totals of a revision as that rulebook has them; NULL where they are not laid out. */
const struct row *revision_totals(const struct revision *revision, const struct rulebook *rulebook);

/** Forgets the free texts of a record, if it is an event of this cell; `by` says that they went. */
void cell_redact(struct cell *cell, struct record_id id, struct record_id by);

#endif
