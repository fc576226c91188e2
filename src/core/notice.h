#ifndef GIMON_CORE_NOTICE_H
#define GIMON_CORE_NOTICE_H

#include "base/arena.h"
#include "base/date.h"
#include "core/point.h"
#include "core/record.h"

/**
 * What an analyst says: a delivery is set aside or put back (`terzijde`), a remark is added
 * (`opmerking`), a peildatum takes deliveries again (`heropening`), figures are frozen under a name
 * (`editie`). Every one has a text, an edition only if the analyst gave one.
 */
struct notice {
    struct arena arena;
    enum record_kind kind;
    bool aside;        /**< RECORD_SET_ASIDE: set aside, else put back */
    bool has_revision; /**< RECORD_SET_ASIDE, RECORD_REMARK: always so on the log */
    unsigned revision; /**< which one it is about; 0 for a remark where nothing stands */
    struct date until; /**< RECORD_REOPENING: the last day */
    struct slice text; /**< the reason, the remark itself, or what is said of the edition */

    /* RECORD_EDITION */
    struct slice name;
    enum status status;
    struct slice known;    /**< up to which record, or in a request moment; empty: up to its own */
    struct date *peildata; /**< ascending; none: all there are */
    size_t peildatum_count;
};

/** Whether records of that kind carry a notice. */
bool notice_is_kind(enum record_kind kind);

/** An empty notice on the heap, and the end of it (NULL is fine). */
struct notice *notice_new(enum record_kind kind);
void notice_free(struct notice *notice);

#endif
