#ifndef GIMON_CLI_PROGRESS_H
#define GIMON_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/** One line on standard error that says how far a long run is; only where that is a terminal. */
struct progress {
    size_t total;
    bool shown;
};

/** Nothing is shown yet; and nothing will be where there is one to do or no terminal. */
struct progress progress_of(size_t total);

/** Shows `3/65 what`, with `note` behind it where there is one. */
void progress_show(struct progress *progress, size_t number, const char *what, const char *note);

/** Takes the line away, so that something else can be written. */
void progress_clear(struct progress *progress);

#endif
