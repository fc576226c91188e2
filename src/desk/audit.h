#ifndef GIMON_DESK_AUDIT_H
#define GIMON_DESK_AUDIT_H

#include "base/date.h"
#include "desk/message.h"

/** What came of it. */
enum audit_result {
    AUDIT_ACCEPTED,
    AUDIT_REFUSED, /**< nothing has changed */
    AUDIT_UNKNOWN, /**< Redis gave no answer in time: it may have been stored */
};

/** One attempt to change something (BIO2 8.15). What is empty or 0 is left out. */
struct audit {
    struct moment time;
    const char *action;  /**< a literal: `PUT`, `token-new` */
    struct slice object; /**< what it was done to */
    enum audit_result result;
    unsigned status;     /**< of the answer */
    struct slice event;  /**< kind of what it would put on the log: `aanlevering` */
    struct slice record; /**< id of what it put on the log */
    struct slice origin; /**< an address, or `unix` */
    const char *role;
    struct slice actor; /**< free text */
};

/** Whether a request with that method wants to change something. */
bool audit_wanted(enum method method);

/**
 * Appends `audit time=… action=… object="…" result=… … actor="…"`, without an end of line. What is
 * between quotes has no quote, control, format or line-breaking character but as `\u0022`, and is
 * cut where it is very long; nothing in it can look like another fact or another line.
 */
void audit_put(struct text *text, const struct audit *audit);

#endif
