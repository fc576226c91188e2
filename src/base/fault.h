#ifndef GIMON_BASE_FAULT_H
#define GIMON_BASE_FAULT_H

#include "base/arena.h"

/** One thing that is wrong in a file: where, and what to do about it. Line and column from 1. */
struct fault {
    struct slice file;
    unsigned line;
    unsigned column;
    struct slice message;
};

/** All that is wrong, in the order it was found; everything in it lives in its arena. */
struct faults {
    struct arena *arena;
    struct fault *items;
    size_t count;
};

/** A place in a file that a fault can point at. Line 0 means the file as a whole. */
struct place {
    struct slice file;
    unsigned line;
    unsigned column;
};

/** An empty list that allocates from `arena`. */
void faults_init(struct faults *faults, struct arena *arena);

/** Adds a fault at `place`; the message is printed into the arena. */
void faults_add(struct faults *faults, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
