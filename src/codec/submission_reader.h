#ifndef GIMON_CODEC_SUBMISSION_READER_H
#define GIMON_CODEC_SUBMISSION_READER_H

#include "codec/json_scan.h"
#include "core/submission.h"

/* What the two halves of the delivery reader share; nobody else needs this. */

/** A delivery that is being read: what is collected, and where we are in the grammar. */
struct reader {
    struct scan scan;
    struct arena *arena; /**< of the submission */
    struct collection found;
    struct slice region;
    struct slice measure;
};

/** A number as it was read. */
struct reader_number {
    struct decimal value;
    struct slice written;
    struct scan_mark mark;
};

/** Reads the number that comes next; false if something else came, which is reported. */
bool reader_read_number(struct reader *reader, struct reader_number *ret_number)
    __attribute__((warn_unused_result));

/** Reads the value of a part into an entry; an empty part is an undivided measure. */
void reader_read_value(struct reader *reader, struct slice part);

/** `aantal` and `dagen`, which together say how many wait and how long. */
enum reader_pair { PAIR_COUNT, PAIR_DAYS, PAIR_NONE };

/** Which of the two a key is, or neither. */
enum reader_pair reader_pair_of(struct slice key);

/** A count and days of which both, one or none have been seen, and both read well or not. */
struct reader_waiting {
    struct decimal values[PAIR_NONE];
    bool seen[PAIR_NONE];
    bool faulty;
};

/** Adds the entry of a count and days, or reports what is missing, at the mark of its object. */
void reader_add_waiting(struct reader *reader, struct slice part, struct scan_mark mark,
                        const struct reader_waiting *waiting);

/** Reads past the value that comes next and reports that it is of the wrong kind. */
void reader_refuse_kind(struct reader *reader, const char *allowed, const char *message);

/** Reports a key that has no meaning here, with the nearest that has, and reads past its value. */
void reader_refuse_key(struct reader *reader, struct slice key, const struct slice *known,
                       size_t count);

/** Opens the object that comes next; false if something else came, which is reported. */
bool reader_open_object(struct reader *reader, const char *allowed, const char *message)
    __attribute__((warn_unused_result));

#endif
