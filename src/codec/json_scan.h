#ifndef GIMON_CODEC_JSON_SCAN_H
#define GIMON_CODEC_JSON_SCAN_H

#include "base/arena.h"
#include "base/decimal.h"
#include "codec/form_finding.h"

/*
 * A one-pass reader of JSON text (RFC 8259) that the caller pulls along: it peeks what kind of
 * value comes, opens objects and arrays and walks their members, always knowing line, column and
 * pointer. What is wrong but can be read past (duplicate keys, bad characters in texts) becomes a
 * finding at once. What is no JSON becomes one finding too, and everything then ends: walks answer
 * false, peeks answer SCAN_BROKEN, and `broken` stays set.
 */

/** Nesting deeper than this is refused. */
enum { SCAN_DEPTH = 16 };

/** What comes next. */
enum scan_kind {
    SCAN_BROKEN, /**< nothing any more: the text is no JSON */
    SCAN_OBJECT,
    SCAN_ARRAY,
    SCAN_TEXT,
    SCAN_WORD, /**< a number, true, false, null or something that is none of these */
};

/** A place in the text. Line and column (in bytes) from 1. */
struct scan_mark {
    const char *at;
    unsigned line;
    unsigned column;
};

/** A key of an object that is open, for finding duplicates. */
struct scan_key {
    struct slice name;
    struct scan_mark mark;
};

/** An object or array that is open, and where in it we are. */
struct scan_level {
    struct slice key;      /**< of the member; NULL pointer where none has begun or in an array */
    struct scan_mark mark; /**< of that key */
    size_t index;          /**< of the item */
    size_t first_key;      /**< where its keys begin in the stack */
    bool is_array;
    bool begun;  /**< a member or item has been given out */
    bool inside; /**< a member or item is being read */
};

struct scan {
    const char *at;
    const char *end; /**< a NUL stands there */
    const char *line_start;
    unsigned line;
    bool broken;
    struct scan_level levels[SCAN_DEPTH];
    unsigned depth;
    struct scan_key *keys; /**< of all open objects, a stack */
    size_t key_count;
    size_t key_room;
    struct arena *arena; /**< for unescaped texts */
    struct findings *findings;
};

/**
 * Starts at the first value of `text`, which must be followed by a NUL byte and live as long as
 * anything read from it. Unescaped texts live in `arena`.
 */
void scan_init(struct scan *scan, struct slice text, struct arena *arena,
               struct findings *findings);

/** Gives back what the scan itself holds. */
void scan_done(struct scan *scan);

/** The kind of the value that comes next. */
enum scan_kind scan_peek(struct scan *scan);

/** Where we are, and where the key of the member being read stands. */
struct scan_mark scan_here(const struct scan *scan);
struct scan_mark scan_key_mark(const struct scan *scan);

/** Enters the object or array that comes next; false (broken) if it is too deep. */
bool scan_open(struct scan *scan) __attribute__((warn_unused_result));

/**
 * Goes to the next member of the object that is open and stands before its value. False at its
 * end, when it has been closed and its duplicate keys have been reported. Members whose key is
 * empty or not sound are reported and passed over.
 */
bool scan_member(struct scan *scan, struct slice *ret_key) __attribute__((warn_unused_result));

/** Goes to the next item of the array that is open; false at its end. */
bool scan_item(struct scan *scan) __attribute__((warn_unused_result));

/** Reads the text that comes next; false if it was reported as not sound. */
bool scan_text(struct scan *scan, struct slice *ret_text) __attribute__((warn_unused_result));

/** The word that comes next, as it is written: looked at, and read. */
struct slice scan_peek_word(const struct scan *scan);
struct slice scan_word(struct scan *scan);

/** Reads a whole value of any kind and returns it as it is written. */
struct slice scan_skip(struct scan *scan);

/** After the outermost value: reports anything but blanks. */
void scan_finish(struct scan *scan);

/** Adds a finding at a mark, with the pointer of where we are. */
void scan_report(struct scan *scan, struct scan_mark mark, struct form_report report);

/** Reports that the text is no JSON from `at` on; everything ends. */
void scan_break(struct scan *scan, const char *at, const char *message);

#endif
